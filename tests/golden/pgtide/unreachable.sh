# needs: sqlite3
sqlite3 "$T/db" 'create table t (a integer)'
pgtide -q -d "$T/run" "$T/db" "postgresql:///x?host=$T"
