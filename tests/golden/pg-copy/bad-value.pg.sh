psql -Xqc 'create table t (a int, "b: c" int, b int)'
row() { printf '#rows\t1\tpublic\tt\n#fields\ta\tb: c\tb\n#types\tint\tint\tint\n1\t2\t3\n%b\n#end\t2\t0\n' "$1"; }
row 'x\t2\t3' | pg-copy postgresql:// || echo "status $?"
row '1\tx\t3' | pg-copy postgresql:// || echo "status $?"
row '1\t2\t\\\\n' | pg-copy postgresql:// || echo "status $?"
row '1\t2\t99999999999999999999' | pg-copy postgresql:// || echo "status $?"
