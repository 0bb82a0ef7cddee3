# needs: sqlite3
# A value that does not fit fails its table, is named, and leaves nothing of the table behind.
sqlite3 "$T/db" 'create table t (id integer primary key, n integer); insert into t values (1, 5), (2, "many");
	create table u (x integer); insert into u values (1)'
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" || echo "status $?"
psql -XAtc 'select (select count(*) from t), (select count(*) from u)'
cat "$T/run/verdict"
