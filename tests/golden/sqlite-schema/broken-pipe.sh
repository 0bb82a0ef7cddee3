# needs: sqlite3
# A reader that goes away ends the program quietly with 141.
{
	printf "CREATE TABLE t (a); CREATE VIEW v AS SELECT '"
	head -c 5000000 /dev/zero | tr '\0' x
	echo "';"
} | sqlite3 "$T/long.db"
{ status=0; sqlite-schema "$T/long.db" || status=$?; echo "$status" >"$T/status"; } | head -c 10 >/dev/null
cat "$T/status"
