# needs: sqlite3
sqlite3 "$T/db" 'create table a (x integer); create table b (y text)'
pgtide -q --allow-empty -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST"
psql -XAtc "select table_name from information_schema.tables where table_schema = 'public' order by 1"
