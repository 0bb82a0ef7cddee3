# A table without a schema, as some sources have it.
psql -Xqc 'create table t (a int)'
printf '#rows\t1\t\tt\n#fields\ta\n#types\tint\n7\n#end\t1\t0\n' | pg-copy postgresql://
psql -XAtc 'select * from t'
