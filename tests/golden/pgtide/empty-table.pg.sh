# needs: sqlite3
# One empty table among others is nothing special.
sqlite3 "$T/db" 'create table a (x integer); create table b (y text); insert into a values (1)'
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" 2>&1 | sed 's/run directory is.*/run directory is …/'
psql -XAtc 'select (select count(*) from a), (select count(*) from b)'
