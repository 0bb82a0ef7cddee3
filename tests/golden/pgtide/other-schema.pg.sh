# needs: sqlite3
sqlite3 "$T/db" 'create table b (y text); insert into b values (1)'
pgtide -q -d "$T/run" --schema='Old Shop' "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" 2>/dev/null
psql -XAtc 'select * from "Old Shop".b'
