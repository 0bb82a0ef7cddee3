# needs: sqlite3
# Wrong input: a message that names it, and the status that says whose fault it is.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/good.db" 'CREATE TABLE t (a); CREATE VIEW v AS SELECT 1'
mkdir "$T/folder"
mkfifo "$T/fifo"
echo 'this is not a database, and long enough to see it: SQLite looks at a header of one hundred bytes' >"$T/text"
{ cat "$T/text"; head -c 4000 /dev/zero; } >"$T/garbage"
sqlite3 "$T/long.db" 'CREATE TABLE t (a); CREATE TABLE u (a); INSERT INTO u VALUES (1)'
head -c 6000 "$T/long.db" >"$T/cut.db"
try sqlite-schema "$T/missing.db"
try sqlite-schema "$T/good.db/below"
try sqlite-schema "$T/folder"
try sqlite-schema "$T/fifo"
try sqlite-schema "$T/text"
try sqlite-schema "$T/garbage"
try sqlite-schema -t nowhere "$T/good.db"
try sqlite-schema -t T "$T/good.db"
try sqlite-schema -t v "$T/good.db"
try sqlite-schema -x "$T/good.db"
try sqlite-schema -t
try sqlite-schema "$T/good.db" "$T/good.db"
try sqlite-schema -o "$T/folder" "$T/good.db"
try sqlite-schema -o /dev/full "$T/good.db"
try sqlite-schema "$T/cut.db"
sqlite3 "$T/hostile.db" 'CREATE TABLE t (a)' 'PRAGMA writable_schema = on' \
	"UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a CHECK (a > ''x)'"
try sqlite-schema "$T/hostile.db"
sqlite3 "$T/bytes.db" "CREATE TABLE t (a DEFAULT '$(printf '\351')')"
try sqlite-schema "$T/bytes.db"
