psql -Xqc 'create table t (a int); insert into t values (0)'
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n1\n' | pg-copy -T postgresql:// || echo "status $?"
psql -XAtc 'select * from t'
