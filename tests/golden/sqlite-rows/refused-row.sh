# needs: sqlite3
# How a row is named: by its rowid under a name that no column hides, or by the primary key.
refused()
{
	rm -f "$T/r.db"
	sqlite3 "$T/r.db" "$2"
	status=0
	sqlite-rows -o "$T/rows" -t "$1" "$T/r.db" || status=$?
	echo "status $status" >&2
}
refused t "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), ('x'); DELETE FROM t WHERE a = 1"
refused t "CREATE TABLE t (rowid TEXT, a INTEGER); INSERT INTO t VALUES ('one', 'x')"
refused t "CREATE TABLE t (rowid TEXT, OID TEXT, _rowid_ TEXT PRIMARY KEY, a INTEGER); INSERT INTO t VALUES ('one', 'two', 'three', 'x')"
refused t "CREATE TABLE t (rowid TEXT, OID TEXT, _rowid_ TEXT, a INTEGER); INSERT INTO t VALUES ('one', 'two', 'three', 'x')"
refused t "CREATE TABLE t (a INTEGER, k TEXT, n INT, PRIMARY KEY (n, k)) WITHOUT ROWID; INSERT INTO t VALUES (1, 'a', 1), ('x', 'it''s', -2)"
refused 'odd "t' 'CREATE TABLE "odd ""t" ("odd c" INTEGER); INSERT INTO "odd ""t" VALUES ('"'x'"')'
