psql -Xqc 'create table t (a int, b int generated always as (a + 1) stored)'
printf '#rows\t1\tpublic\tt\n#fields\ta\tb\n#types\tint\tint\n#end\t0\t0\n' | pg-copy postgresql://
