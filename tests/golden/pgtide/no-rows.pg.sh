# needs: sqlite3
# Tables without any row: a source that somebody has emptied looks like this.
sqlite3 "$T/db" 'create table a (x integer); create table b (y text)'
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST"
