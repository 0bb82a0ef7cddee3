#!/bin/sh
# What a loader must do where a golden case cannot look: cut streams, signals, lost connections,
# memory, passwords.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
export PGOPTIONS='-c client_min_messages=warning'
pg_fresh pg_copy

head_of()
{
	printf '#rows\t1\tpublic\t%s\n#fields\ta\n#types\t%s\n' "$1" "$2"
}

# Sessions of ours that are there now, or SQL of them.
sessions()
{
	sql "select ${1:-count(*)} from pg_stat_activity
		where application_name like 'pgtide pg-copy%' and datname = current_database()"
}

# wait_until COMMAND…: until it prints 1, ten seconds at most.
wait_until()
{
	wait_for 100 gives 1 "$@"
}

status_of()
{
	got=0
	wait "$1" 2>/dev/null || got=$?
}

# --- a stream that is cut anywhere

sql 'create table t (a text)'
{ head_of t text; printf 'one\n\\N\n\n\\#x\\ty\n😀\n# a comment\nlast\n#end\t6\t0\n'; } >"$T/whole"
size=$(wc -c <"$T/whole")
n=0 wrong=
while [ "$n" -lt "$size" ]; do
	status=0
	head -c "$n" "$T/whole" | pg-copy postgresql:// >/dev/null 2>&1 || status=$?
	[ "$status" -eq 3 ] || wrong="$wrong $n:$status"
	n=$((n + 1))
done
is "$wrong" '' "status 3 wherever the $size bytes are cut"
is "$(sql 'select count(*) from t')" 0 'nothing of them is there'
ok 'the whole is loaded' pg-copy postgresql:// <"$T/whole"
is "$(sql 'select count(*) from t')" 6 'all of it is there'

# The writer dies while the pipe is open.
mkfifo "$T/pipe"
# shellcheck disable=SC2094,SC2016	# two ends of a pipe
sh -c 'head -c 60 "$1/whole"; kill -9 $$' sh "$T" >"$T/pipe" 2>/dev/null &
writer=$!
exits 3 'a writer that is killed' pg-copy postgresql:// <"$T/pipe"
status_of "$writer"
is "$got" 137 'it was killed'

# --- errors come before the end of the input

sql 'create table n (a int)'
# Without an end: only an error that is seen at once ends this.
{ head_of n int; printf '1\nx\n'; yes 7; } 2>/dev/null |
	timeout 20 pg-copy postgresql:// 2>"$T/err" || status=$?
is "$status" 1 'an error ends an input without end'
like "$(cat "$T/err")" '^pg-copy: public.n: row 2, column a: .*\(22P02\)$' 'it is told with its row'

{ head_of n int; printf '1\nx\n'; exec sleep 30; } >"$T/pipe" &
writer=$!
exits 1 'an error ends an input that stalls' timeout 20 pg-copy postgresql:// <"$T/pipe"
kill "$writer"
status_of "$writer"

# --- signals and lost connections

for signal in INT TERM HUP; do
	# A shell without job control starts what is in the background with SIGINT ignored.
	{ head_of n int; printf '1\n2\n'; exec sleep 30; } >"$T/pipe" &
	writer=$!
	env --default-signal pg-copy postgresql:// <"$T/pipe" 2>"$T/err" &
	loader=$!
	ok "SIG$signal: COPY has begun" wait_until sessions "count(*) filter (where query like 'COPY%')"
	kill -s "$signal" "$loader"
	status_of "$loader"
	is "$(kill -l "$got")" "$signal" "a COPY that stalls dies of SIG$signal"
	kill "$writer"
	status_of "$writer"
	ok "SIG$signal: no session is left" wait_until sessions 'case when count(*) = 0 then 1 end'
done
is "$(sql 'select count(*) from n')" 0 'nothing was committed'

# The server is busy: without a cancel it would go on for a minute.
sql "create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end'"
sql 'create table s (a int)'
sql 'create trigger s before insert on s for each row execute function slow()'
{ head_of s int; printf '1\n#end\t1\t0\n'; } >"$T/slow"
env --default-signal pg-copy postgresql:// <"$T/slow" 2>"$T/err" &
loader=$!
ok 'the trigger runs' wait_until sessions "count(*) filter (where wait_event = 'PgSleep')"
kill -s INT "$loader"
status_of "$loader"
is "$got" 130 'SIGINT while the server works'
ok 'the query was cancelled' wait_until sessions 'case when count(*) = 0 then 1 end'

# COMMIT is what takes long: it is cancelled, and the status says that nothing is there.
sql 'create table d (a int)'
sql 'create constraint trigger d after insert on d deferrable initially deferred
	for each row execute function slow()'
sed 's/	s$/	d/' "$T/slow" >"$T/deferred"
env --default-signal pg-copy postgresql:// <"$T/deferred" 2>"$T/err" &
loader=$!
ok 'COMMIT runs' wait_until sessions "count(*) filter (where query = 'COMMIT' and wait_event = 'PgSleep')"
kill -s TERM "$loader"
status_of "$loader"
is "$got" 143 'SIGTERM during COMMIT'
is "$(sql 'select count(*) from d')" 0 'it was not committed'

env --default-signal pg-copy postgresql:// <"$T/deferred" 2>"$T/err" &
loader=$!
ok 'COMMIT runs' wait_until sessions "count(*) filter (where query = 'COMMIT' and wait_event = 'PgSleep')"
sessions 'pg_terminate_backend(pid)' >/dev/null
status_of "$loader"
is "$got" 75 'a connection lost during COMMIT'
like "$(cat "$T/err")" 'not known whether' 'it is told that nobody knows'

{ head_of n int; printf '1\n2\n'; exec sleep 30; } >"$T/pipe" &
writer=$!
pg-copy postgresql:// <"$T/pipe" 2>"$T/err" &
loader=$!
ok 'COPY has begun' wait_until sessions "count(*) filter (where query like 'COPY%')"
sessions 'pg_terminate_backend(pid)' >/dev/null
status_of "$loader"
is "$got" 75 'a backend that is terminated: try again'
like "$(cat "$T/err")" '^pg-copy: public.n: terminating connection .*\(57P01\)$' 'the reason is told'
kill "$writer"
status_of "$writer"

# pg-copy holds n and wants s; the other session holds s and wants n, and has more patience.
{ head_of n int; printf '1\n#end\t1\t0\n'; } >"$T/first"
{
	cat "$T/first"
	wait_until sql "select count(*) from pg_locks where relation = 'n'::regclass and not granted" >&2
	sed 's/	n$/	s/' "$T/first"
} >"$T/pipe" &
writer=$!
psql -Xq >/dev/null 2>&1 <<-'END' &
	set deadlock_timeout = '1min';
	begin;
	lock table s;
	\! touch "$T/locked"
	\! while [ ! -e "$T/loading" ]; do sleep 0.1; done
	lock table n;
END
other=$!
ok 's is locked' wait_until sh -c '[ ! -e "$T/locked" ] || echo 1'
PGOPTIONS='-c deadlock_timeout=100ms' pg-copy postgresql:// <"$T/pipe" 2>"$T/err" &
loader=$!
ok 'n is loaded' wait_until sql "select count(*) from pg_locks
	where relation = 'n'::regclass and mode = 'RowExclusiveLock' and granted"
touch "$T/loading"
status_of "$loader"
is "$got" 75 'a deadlock: try again'
like "$(cat "$T/err")" '^pg-copy: public.s: deadlock detected \(40P01\)' 'it is named'
status_of "$writer"
status_of "$other"

# --- what else can go wrong at the server

exits 1 'a statement timeout' sh -c 'exec pg-copy -c statement_timeout=300 postgresql:// <"$1"' sh "$T/slow"
like "$(cat "$T/.output")" '^pg-copy: public.s: .*statement timeout \(57014\)' 'is told'

# Between two tables the session is idle.
{ cat "$T/first"; exec sleep 30; } >"$T/pipe" &
writer=$!
exits 75 'an idle session that is ended: try again' timeout 20 \
	pg-copy -c idle_in_transaction_session_timeout=300 postgresql:// <"$T/pipe"
like "$(cat "$T/.output")" '^pg-copy: public.n: .*(idle-in-transaction|closed the connection)' 'is told'
kill "$writer"
status_of "$writer"

# A disk that is full, where root can make one.
mkdir "$T/disk"
chmod a+rx "$T"
if [ "$(id -u)" -eq 0 ] && [ -n "$PG_DIR" ] && mount -t tmpfs -o size=3m none "$T/disk" 2>/dev/null; then
	on_exit 'umount "$T/disk"'
	chown "$PG_OS_USER" "$T/disk"
	sql "create tablespace small location '$T/disk'"
	sql 'create table full_disk (a text) tablespace small'
	{ head_of full_disk text; yes '' | head -n 400000; printf '#end\t400000\t0\n'; } >"$T/in"
	for options in '' "-e 1 -E $T/bad"; do
		status=0
		# shellcheck disable=SC2086	# words
		pg-copy $options postgresql:// <"$T/in" 2>"$T/err" || status=$?
		is "$status" 75 "a disk that is full${options:+, with rejects allowed}: try again"
		like "$(cat "$T/err")" '^pg-copy: public.full_disk: .*No space left on device \(53100\)' 'it is told'
	done
	sql 'drop table full_disk'
	sql 'drop tablespace small'
else
	skip 'a disk that is full' 'only root can make one, for a server of our own'
fi

# --- a value of 64 MB passes through in pieces

if [ -z "${PGTIDE_SANITIZE-}" ]; then
	sql 'create unlogged table big (a text)'
	sql 'alter table big alter a set storage external'
	{
		head_of big text
		head -c 64000000 /dev/zero | tr '\0' x
		printf '\n#end\t1\t0\n'
		# Keeps the pipe open, and so the loader alive, until it was looked at.
		while [ ! -e "$T/seen" ]; do sleep 0.1; done
	} >"$T/pipe" &
	writer=$!
	pg-copy postgresql:// <"$T/pipe" &
	loader=$!
	ok 'the value was sent' wait_until sessions "count(*) filter (where state = 'idle in transaction')"
	peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$loader/status")
	ok "memory stays under 16 MiB: $peak kB" test "$peak" -lt 16384
	touch "$T/seen"
	status_of "$loader"
	is "$got" 0 'and is loaded'
	status_of "$writer"
	is "$(sql 'select length(a) from big')" 64000000 'whole'
fi

# --- a target that is not UTF8

psql -Xqd postgres -c "drop database if exists ${PGDATABASE}_latin1"
createdb -T template0 -E LATIN1 --locale=C "${PGDATABASE}_latin1"
on_exit 'dropdb --if-exists "${PGDATABASE}_latin1" 2>/dev/null || :'
latin1=postgresql:///${PGDATABASE}_latin1
psql -Xqd "$latin1" -c 'create table t (a text)'
status=0
{ head_of t text; printf 'é\n#end\t1\t0\n'; } >"$T/latin"
pg-copy "$latin1" <"$T/latin" 2>"$T/err" || status=$?
is "$status" 0 'what LATIN1 has is loaded'
like "$(cat "$T/err")" "encoding is LATIN1, not UTF8" 'with a warning'
ok 'and comes back as UTF-8' sh -c 'pg-rows -t t "$1" | grep -qx é' sh "$latin1"
pg-copy "$latin1" <"$T/whole" 2>"$T/err" || status=$?
is "$status" 1 'what it lacks is refused'
like "$(cat "$T/err")" '\(22P05\)' 'by the server'

# --- the digest of what was sent is that of what is there

if command -v rows-digest >/dev/null; then
	{
		printf '#rows\t1\tpublic\tx\ttarget=postgresql\n#fields\ta\tb\tc\n'
		printf '#types\tinteger\ttext\tdouble precision\n1\t\\#x\t0.1\n\\N\t\\N\t-0\n#end\t2\t0\n'
	} >"$T/rows"
	sql 'create table x (a int, b text, c double precision)'
	pg-copy -D -S "$T/stats" postgresql:// <"$T/rows"
	is "$(pg-rows -t x postgresql:// | rows-digest)" "$(sed -n 's/^digest	//p' "$T/stats")" \
		'the digest of pg-copy is that of the table'
else
	skip 'the digest of pg-copy is that of the table' 'no rows-digest'
fi

# --- passwords, over TCP: needs a server of our own

unset PGTIDE_TEST_PGHOST
pg_stop
pg_start tcp
sql 'create table t (a text)'
app=app@127.0.0.1:$PGPORT
try()
{
	status=0
	pg-copy "$3" <"$T/whole" >"$T/err" 2>&1 || status=$?
	is "$status" "$1" "$2"
	ok "$2: no secret is shown" sh -c '! grep -Eq "secret|wrong" "$1"' sh "$T/err"
}
try 2 'a wrong password' "postgresql://app:wrong@127.0.0.1:$PGPORT/postgres"
like "$(cat "$T/err")" "^pg-copy: postgresql://app:\*\*\*@127.0.0.1:$PGPORT/postgres: .*\(28P01\)$" \
	'the message names the target'
try 2 'no password' "postgresql://$app/postgres"
try 0 'the right password in the URI' "postgresql://app:secret@127.0.0.1:$PGPORT/postgres"
PGPASSWORD=secret
export PGPASSWORD
try 0 'in PGPASSWORD' "postgresql://$app/postgres"
unset PGPASSWORD
echo "127.0.0.1:*:*:app:secret" >"$T/pgpass"
chmod 600 "$T/pgpass"
PGPASSFILE=$T/pgpass
export PGPASSFILE
try 0 'in the password file' "host=127.0.0.1 port=$PGPORT user=app dbname=postgres"
unset PGPASSFILE
is "$(sql 'select count(*) from t')" 18 'three times it was loaded'

sql 'alter role app superuser connection limit 0' >/dev/null
sql 'alter role app nosuperuser'
try 75 'too many connections' "postgresql://app:secret@127.0.0.1:$PGPORT/postgres"

done_testing
