psql -Xqc 'create table t (a int)'
printf '#rows\t1\tpublic\tt\n#fields\n#types\n\n#end\t1\t0\n' | pg-copy postgresql://
