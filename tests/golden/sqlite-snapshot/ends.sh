# needs: sqlite3
# The copy is there as long as standard input is open, and then nothing of it.
sqlite3 "$T/db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
mkfifo "$T/hold" "$T/ready"
try()
{
	sqlite-snapshot "$@" <"$T/hold" >"$T/ready" &
	exec 3>"$T/hold"
	IFS='	' read -r how mode bytes _ uri <"$T/ready"
	echo "$how $mode $bytes $uri"
	sqlite-rows -t t "$uri" | tail -n 1
	ls -A "$T" "$T/copy" 2>/dev/null || :
}
try -q -o "$T/copy" "$T/db"
exec 3>&-
wait $!
ls -A "$T"
echo '-- a signal'
mkdir "$T/copy"
: >"$T/copy/mine"
try -o "$T/copy" "$T/db"
kill -TERM $!
wait $! || echo "status $?"
exec 3>&-
ls -A "$T/copy"
rm -r "$T/copy"
echo '-- held: who wants to write has to wait'
try -H -q "$T/db"
sqlite3 "$T/db" 'INSERT INTO t VALUES (2)' 2>&1 || echo "status $?"
exec 3>&-
wait $!
sqlite3 "$T/db" 'INSERT INTO t VALUES (2)'
echo '-- in WAL mode it is copied all the same'
sqlite3 "$T/db" 'PRAGMA journal_mode = wal' >/dev/null
try -H -o "$T/copy" "$T/db"
sqlite3 "$T/db" 'INSERT INTO t VALUES (3)'
exec 3>&-
wait $!
