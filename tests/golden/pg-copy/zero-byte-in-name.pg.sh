psql -Xqc 'create table t (a int)'
printf '#rows\t1\tpublic\tt\\000x\n#fields\ta\n#types\tint\n#end\t0\t0\n' | pg-copy postgresql:// || echo "status $?"
printf '#rows\t1\tpublic\tt\n#fields\ta\\000b\n#types\tint\n#end\t0\t0\n' | pg-copy postgresql:// || echo "status $?"
