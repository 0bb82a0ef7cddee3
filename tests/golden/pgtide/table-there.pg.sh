# needs: sqlite3
# What is in the target is never touched.
sqlite3 "$T/db" 'create table "My Table" (x integer); create table b (y text); insert into b values (1)'
psql -Xqc 'create table "My Table" (other text); insert into "My Table" values ($$kept$$)'
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" || echo "status $?"
psql -XAtc 'select * from "My Table"' -c "select to_regclass('b') is null"
