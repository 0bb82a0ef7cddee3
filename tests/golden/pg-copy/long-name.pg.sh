# PostgreSQL would cut the name and find another table.
name=$(printf 'n%063d' 0)
psql -Xqc "create table ${name%?} (a int)"
printf '#rows\t1\tpublic\t%s\n#fields\ta\n#types\tint\n#end\t0\t0\n' "$name" | pg-copy postgresql://
