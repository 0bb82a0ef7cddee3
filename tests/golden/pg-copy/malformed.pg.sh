psql -Xqc 'create table t (a int, b text)'
row() { printf '#rows\t1\tpublic\tt\n#fields\ta\tb\n#types\tint\ttext\n1\tx\n%b\n#end\t2\t0\n' "$1"; }
row '2' | pg-copy postgresql:// || echo "status $?"
row '2\tx\t3' | pg-copy postgresql:// || echo "status $?"
row '2\t\\.' | pg-copy postgresql:// || echo "status $?"
row '2\tx\r' | pg-copy postgresql:// || echo "status $?"
row '2\tx\n3\ty' | pg-copy postgresql:// || echo "status $?"
psql -XAtc 'select count(*) from t'
