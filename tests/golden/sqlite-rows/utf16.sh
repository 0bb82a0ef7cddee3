# needs: sqlite3
# Databases in UTF-16 give the same rows; half a surrogate pair is refused.
for encoding in UTF-8 UTF-16le UTF-16be; do
	sqlite3 "$T/$encoding.db" "PRAGMA encoding = '$encoding'" \
		"CREATE TABLE \"tä\" (\"ö\" TEXT DEFAULT 'ü', x BLOB); INSERT INTO \"tä\" VALUES ('é€😀' || char(9), 'é'), ('', ''), (12, NULL)"
	sqlite-rows -t tä -o "$T/$encoding.rows" "$T/$encoding.db"
	sqlite-schema "$T/$encoding.db" | sed 1d >"$T/$encoding.schema"
	cmp "$T/UTF-8.rows" "$T/$encoding.rows"
	cmp "$T/UTF-8.schema" "$T/$encoding.schema"
done
cat "$T/UTF-8.rows"
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/UTF-16le.db" "CREATE TABLE half (a TEXT); INSERT INTO half VALUES (CAST(x'610000d86200' AS TEXT))"
try sqlite-rows -t half "$T/UTF-16le.db"
sqlite3 "$T/UTF-16be.db" "CREATE TABLE half (a TEXT); INSERT INTO half VALUES (CAST(x'0061dc000062' AS TEXT)), (CAST(x'd83d' AS TEXT))"
try sqlite-rows -t half "$T/UTF-16be.db"
