# needs: sqlite3
# A report that cannot be written is no success.
sqlite3 "$T/db" 'create table t (x integer); insert into t values (1)'
pgtide -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" >/dev/full 2>/dev/null || echo "status $?"
