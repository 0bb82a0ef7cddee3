# needs: sqlite3
sqlite3 "$T/db" 'create table t (a); drop table t'
pgtide -q -d "$T/run" "$T/db" "postgresql:///x"
