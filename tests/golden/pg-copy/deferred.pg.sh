# The first word about it comes with COMMIT.
psql -Xqc 'create table t (a int primary key, b int references t deferrable initially deferred)'
printf '#rows\t1\tpublic\tt\n#fields\ta\tb\n#types\tint\tint\n1\t2\n#end\t1\t0\n' | pg-copy -S "$T/stats" postgresql:// || echo "status $?"
psql -XAtc 'select count(*) from t'
grep -c table "$T/stats" || :
