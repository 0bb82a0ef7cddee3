# needs: sqlite3
# Wrong calls and wrong input.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/good.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT 1; CREATE VIRTUAL TABLE f USING fts5 (body)'
mkdir "$T/folder"
: >"$T/zero.db"
echo 'this is not a database' >"$T/text"
try sqlite-rows "$T/good.db"
try sqlite-rows -t t "$T/missing.db"
try sqlite-rows -t t "$T/folder"
try sqlite-rows -t t "$T/text"
try sqlite-rows -t t "$T/zero.db"
try sqlite-rows -t nowhere "$T/good.db"
try sqlite-rows -t T "$T/good.db"
try sqlite-rows -t v "$T/good.db"
try sqlite-rows -t f "$T/good.db"
try sqlite-rows -t f_data "$T/good.db"
try sqlite-rows -t sqlite_schema "$T/good.db"
try sqlite-rows -t t -n public "$T/good.db"
try sqlite-rows -t t -o "$T/folder" "$T/good.db"
try sqlite-rows -t t -o /dev/full "$T/good.db"
try sqlite-rows -t t -S "$T/folder" "$T/good.db"
try sqlite-rows -t t "$T/good.db" "$T/good.db"
try sqlite-rows -q -t t "$T/good.db"
try sqlite-rows -t
