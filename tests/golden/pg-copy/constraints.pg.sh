psql -Xqc 'create table t (a int primary key, b int not null check (b > 0))'
row() { printf '#rows\t1\tpublic\tt\n#fields\ta\tb\n#types\tint\tint\n1\t1\n%b\n#end\t2\t0\n' "$1"; }
row '1\t2' | pg-copy postgresql:// || echo "status $?"
row '2\t\\N' | pg-copy postgresql:// || echo "status $?"
row '2\t-1' | pg-copy postgresql:// || echo "status $?"
