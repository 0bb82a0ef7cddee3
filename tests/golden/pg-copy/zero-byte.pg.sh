psql -Xqc 'create table t (a text)'
printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\ttext\nx\na\\000b\n#end\t2\t0\n' | pg-copy postgresql://
