psql -Xqc 'create view v as select 1 as a'
printf '#rows\t1\tpublic\tv\n#fields\ta\n#types\tint\n1\n#end\t1\t0\n' | pg-copy postgresql://
