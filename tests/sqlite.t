#!/bin/sh
# SQLite as a source, where it takes time, other processes or a real database to see it.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
[ -x "$PGTIDE_BIN/sqlite-rows" ] || skip_all 'built without SQLite'

# A process that has a database open, which goes on as we write to it.
# other DATABASE: starts it; then SQL goes to descriptor 9. It has done all once `SELECT 'ready'` is answered.
mkfifo "$T/to_other"
other()
{
	rm -f "$T/from_other"
	sqlite3 "$1" <"$T/to_other" >"$T/from_other" &
	exec 9>"$T/to_other"
}

other_ready()
{
	echo "SELECT 'ready';" >&9
	until grep -q ready "$T/from_other" 2>/dev/null; do sleep 0.1; done
}

other_end()
{
	exec 9>&-
	wait
}

# hot DATABASE: with one row, and the journal of a change that was interrupted.
hot()
{
	rm -f "$T/hot.db"
	sqlite3 "$T/hot.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
	other "$T/hot.db"
	printf '%s\n' 'PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;' \
		'WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)' \
		"INSERT INTO t SELECT printf('%0100d', n) FROM n;" >&9
	other_ready
	cp "$T/hot.db" "$1"
	cp "$T/hot.db-journal" "$1-journal"
	other_end
}

# --- locked

sqlite3 "$T/locked.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
other "$T/locked.db"
echo 'BEGIN EXCLUSIVE;' >&9
other_ready
exits 75 'a locked database: try again' sqlite-rows -t t "$T/locked.db"
like "$(cat "$T/.output")" '^sqlite-rows: .*/locked.db: locked by another program$' 'the message says so'
exits 75 'no copy of it either' sqlite-snapshot -k -o "$T/copy" "$T/locked.db"
ok 'nor anything of one' test ! -e "$T/copy"
other_end
ok 'and when the lock is gone, it is read' sqlite-rows -t t "$T/locked.db"

# --- write-ahead log: read while a writer has it open, and without the files beside it

sqlite3 "$T/wal.db" 'PRAGMA journal_mode = wal; CREATE TABLE t (a); INSERT INTO t VALUES (1)' >/dev/null
other "$T/wal.db"
echo 'BEGIN; INSERT INTO t VALUES (2); COMMIT; BEGIN; INSERT INTO t VALUES (3);' >&9
other_ready
is "$(sqlite-rows -t t "$T/wal.db" | tail -n 1)" '#end	2	0' 'what is committed in the log is read, and no more'
other_end
is "$(sqlite-rows -t t "$T/wal.db" | tail -n 1)" '#end	2	0' 'without a writer too'
before=$(cksum <"$T/wal.db")
sqlite-schema -o "$T/schema" "$T/wal.db"
is "$(cksum <"$T/wal.db")" "$before" 'the file is not written'

# A folder that cannot be written, for a user whom permissions stop.
mkdir "$T/readonly"
cp "$T/wal.db" "$T/readonly/a?b#c%41.db"
sqlite3 "$T/readonly/rollback.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
hot "$T/readonly/hot.db"
other "$T/wal.db"
echo 'INSERT INTO t VALUES (4);' >&9
other_ready
cp "$T/wal.db" "$T/readonly/log.db"
cp "$T/wal.db-wal" "$T/readonly/log.db-wal"
other_end
chmod a+rx "$T" "$T/readonly"
chmod a-w "$T/readonly" "$T/readonly"/*
as_user=
if [ "$(id -u)" = 0 ]; then
	as_user='setpriv --reuid=nobody --clear-groups'
	$as_user true 2>/dev/null || as_user=none
fi
if [ "$as_user" = none ] || ! $as_user test -x "$PGTIDE_BIN/sqlite-rows"; then
	skip 'databases in a folder that cannot be written' 'no user who could try'
else
	rm -rf "$T/copy"
	mkdir -m 777 "$T/copy"
	# shellcheck disable=SC2086
	is "$($as_user "$PGTIDE_BIN/sqlite-snapshot" -k -o "$T/copy" "$T/readonly/a?b#c%41.db" | cut -f 1-3)" 'copied	wal	8192' \
		'a copy of one with a log in a folder that cannot be written'
	is "$(sqlite-rows -t t "$T/copy/a?b#c%41.db" | tail -n 1)" '#end	2	0' 'it is whole'
	# shellcheck disable=SC2086
	is "$($as_user "$PGTIDE_BIN/sqlite-rows" -t t "$T/readonly/rollback.db" | tail -n 1)" '#end	1	0' \
		'a database with a rollback journal there'
	# shellcheck disable=SC2086
	exits 1 'an interrupted change there is seen' $as_user "$PGTIDE_BIN/sqlite-rows" -t t "$T/readonly/hot.db"
	like "$(cat "$T/.output")" 'rolled back first: open it once with a program that may write$' 'and the message says what to do'
	# shellcheck disable=SC2086
	exits 1 'a log there cannot be read' $as_user "$PGTIDE_BIN/sqlite-rows" -t t "$T/readonly/log.db"
	like "$(cat "$T/.output")" 'write-ahead log cannot be read here.*: read a copy of both$' 'the message says what to do'
	# shellcheck disable=SC2086
	is "$($as_user "$PGTIDE_BIN/sqlite-rows" -t t "$T/readonly/a?b#c%41.db" | tail -n 1)" '#end	2	0' \
		'a database with a log in a folder that cannot be written'
	chmod a-r "$T/readonly"/*
	# shellcheck disable=SC2086
	exits 2 'an unreadable file' $as_user "$PGTIDE_BIN/sqlite-rows" -t t "$T/readonly/a?b#c%41.db"
fi

# --- a journal that has to be rolled back, which a reader cannot do

hot "$T/crashed.db"
exits 1 'an interrupted change is no database to read' sqlite-rows -t t "$T/crashed.db"
like "$(cat "$T/.output")" 'rolled back first: open it once with a program that may write$' 'the message says what to do'
sqlite3 "$T/crashed.db" 'SELECT count(*) FROM t' >/dev/null
is "$(sqlite-rows -t t "$T/crashed.db" | tail -n 1)" '#end	1	0' 'and then it is'

# --- a page that is broken in the middle of a table

sqlite3 "$T/broken.db" "CREATE TABLE t (a TEXT);
	WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
	INSERT INTO t SELECT printf('%0100d', n) FROM n"
dd if=/dev/zero of="$T/broken.db" bs=4096 seek=60 count=2 conv=notrunc 2>/dev/null
exits 1 'a broken page' sqlite-rows -o "$T/rows" -t t "$T/broken.db"
like "$(cat "$T/.output")" '/broken.db: main.t: corrupt: ' 'the message names the table'
exits 3 'the rows before it are a cut stream' rows-fmt -q "$T/rows"

# --- many rows

sqlite3 "$T/many.db" "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b REAL);
	WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 300000)
	INSERT INTO t SELECT n, 'row number ' || n, n / 7.0 FROM n"
sqlite-rows -t t "$T/many.db" | rows-fmt -q
pass '300,000 rows are valid rows(5)'
is "$(sqlite-rows -t t "$T/many.db" | tail -n 1)" '#end	300000	0' 'and all there'

# --- a real database

chinook=${PGTIDE_DATA-}/chinook.sqlite
if [ ! -f "$chinook" ]; then
	skip 'chinook' 'no chinook.sqlite in PGTIDE_DATA'
else
	sqlite-schema -o "$T/chinook" "$chinook"
	is "$(schema-fmt "$T/chinook" | cksum)" "$(cksum <"$T/chinook")" 'chinook: the schema is canonical'
	is "$(cut -f 1 "$T/chinook" | sort | uniq -c | awk '{ printf "%s %s ", $2, $1 }')" \
		'#end 1 #schema 1 column 64 foreign 11 index 10 key 34 next 10 pair 11 primary 11 table 11 unique 11 ' \
		'chinook: tables, keys and indexes'
	total=0
	# shellcheck disable=SC2013	# its names have no blanks
	for table in $(sed -n 's/^table	main	//p' "$T/chinook"); do
		rows=$(sqlite-rows -s "$T/chinook" -t "$table" "$chinook" | rows-fmt | sed -n 's/^#end	\([0-9]*\)	0$/\1/p')
		is "$rows" "$(sqlite3 -readonly "$chinook" "SELECT count(*) FROM \"$table\"")" "chinook: rows of $table"
		total=$((total + rows))
	done
	is "$total" 15607 'chinook: rows in all'
fi

done_testing
