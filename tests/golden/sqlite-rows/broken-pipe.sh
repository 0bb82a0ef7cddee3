# needs: sqlite3
# A reader that goes away ends the program quietly with 141, also where SIGPIPE is ignored.
sqlite3 "$T/long.db" "CREATE TABLE t (a TEXT);
	WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 50000)
	INSERT INTO t SELECT printf('%0200d', n) FROM n"
{ status=0; sqlite-rows -t t "$T/long.db" || status=$?; echo "$status" >"$T/status"; } | head -c 10 >/dev/null
cat "$T/status"
trap '' PIPE
{ status=0; sqlite-rows -t t "$T/long.db" || status=$?; echo "$status" >"$T/status"; } | head -c 10 >/dev/null
cat "$T/status"
