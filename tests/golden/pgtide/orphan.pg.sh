# needs: sqlite3
# A foreign key that the data breaks: the rows are there, the key is not validated, and the run is no success.
sqlite3 "$T/db" 'create table p (id integer primary key); create table c (p integer references p, q integer references p);
	insert into p values (1); insert into c values (1, 1), (7, 1)'
pgtide -q -j 2 -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" 2>"$T/err" || echo "status $?"
sed 's/psql:[^ ]* //' "$T/err"
grep 'not ok' "$T/run/verdict"
