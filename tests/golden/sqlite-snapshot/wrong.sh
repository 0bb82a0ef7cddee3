# needs: sqlite3
# What is wrong with the call, the file, or where the copy should go; nothing is left behind.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/db" 'CREATE TABLE t (a); CREATE INDEX t_a ON t (a); INSERT INTO t VALUES (1)'
sqlite3 "$T/wal" 'PRAGMA journal_mode = wal; CREATE TABLE t (a)' >/dev/null
try sqlite-snapshot
try sqlite-snapshot "$T/db"
try sqlite-snapshot -x
try sqlite-snapshot -o
try sqlite-snapshot -H -k "$T/db"
try sqlite-snapshot -k -o "$T/copy" "$T/db" "$T/db"
try sqlite-snapshot -k -o "$T/copy"
try sqlite-snapshot -k -o "$T/copy" "$T/none"
try sqlite-snapshot -k -o "$T/copy" "$T"
try sqlite-snapshot -k -o "$T/copy" /dev/null
try sqlite-snapshot -k -o "$T/copy" wrong.sh
try sqlite-snapshot -k -o "$T/no/copy" "$T/db"
try sqlite-snapshot -k -o "$T/db" "$T/db"
try sqlite-snapshot -k -o "$T" "$T/db"
try sqlite-snapshot -H "$T/wal" </dev/null
try sqlite-snapshot -o "$T/copy" "$T/db" </dev/null
# shellcheck disable=SC2016	# the shell within
try sh -c 'sqlite-snapshot -k -o "$T/full" "$T/db" >/dev/full'
# shellcheck disable=SC2016
try sh -c 'sqlite-snapshot -o "$T/copy" "$T/db" <"$T"'
ls -A "$T"

# Too big: a file with a hole of some terabytes.
sqlite3 "$T/big" 'PRAGMA page_size = 65536; CREATE TABLE t (a)'
printf '\003\377\377\377' | dd of="$T/big" bs=1 seek=28 conv=notrunc 2>/dev/null
truncate -s 4398046445568 "$T/big"
try sqlite-snapshot -k -o "$T/copy" "$T/big" 2>&1 | sed 's/only [0-9]* free/only N free/' >&2
rm "$T/big"
ls -A "$T"

# A page that is none, found only when it is looked for.
sqlite3 "$T/bad" "PRAGMA page_size = 512; CREATE TABLE t (a TEXT);
	WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100)
	INSERT INTO t SELECT printf('%0100d', n) FROM n"
dd if=/dev/zero of="$T/bad" bs=512 seek=8 count=1 conv=notrunc 2>/dev/null
try sqlite-snapshot -k -o "$T/copy" "$T/bad" | cut -f 1-3
try sqlite-snapshot -k -q -o "$T/again" "$T/bad"
try sqlite-snapshot -H -q "$T/bad" </dev/null
ls -A "$T/again" 2>&1 || :
