# needs: sqlite3
# A primary key of SQLite may hold NULL: the rows arrive, the key cannot be built, and that is said.
sqlite3 "$T/db" "create table t (code text primary key, v text); insert into t values (null, 'a'), (null, 'b'), ('x', 'c')"
pgtide -q -d "$T/run" "$T/db" "dbname=$PGDATABASE" || echo "status $?"
grep 'not ok' "$T/run/verdict"
psql -XAtqc 'select count(*) from t'
