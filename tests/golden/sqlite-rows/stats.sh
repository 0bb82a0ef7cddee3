# needs: sqlite3
# Statistics of a good run and of one that fails, and progress.
sqlite3 "$T/s.db" "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2);
	CREATE TABLE u (a INTEGER); INSERT INTO u VALUES (1), (2), ('x')"
sqlite-rows -v -S "$T/stats" -o "$T/rows" -t t "$T/s.db"
sed 's/^seconds	.*/seconds/' "$T/stats"
wc -c <"$T/rows"
sqlite-rows -S "$T/stats" -o "$T/rows" -t u "$T/s.db" || echo "status $?"
sed 's/^seconds	.*/seconds/' "$T/stats"
