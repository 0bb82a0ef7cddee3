#!/bin/sh
# A snapshot of a source whose lock is not to be had: it is given up in time and reported, and whoever writes there does not wait behind it
# for longer than one try.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
# shellcheck source=tests/lib/holder.sh
. "$TOP/tests/lib/holder.sh"
unset PGTIDE_SOURCE PGTIDE_SNAPSHOT

PGTIDE_SOURCE=mysql:///d
export PGTIDE_SOURCE
mkfifo "$T/to_other"

server()
{
	mysql_need "$1"
	mysql_fresh d
	mariadb d -e "
		create table a (id int primary key, v varchar(100)) engine = innodb;
		insert into a values (1, 'v');
		create table m (id int) engine = myisam;
		create table n (id int) engine = myisam;
		create table w (id int) engine = innodb"
}

# other SQL: another session, which says it and stays there until other_ends
other()
{
	: >"$T/other"
	mariadb -nN d <"$T/to_other" >"$T/other" 2>&1 &
	other_pid=$!
	exec 7>"$T/to_other"
	echo "select 'there'; $1" >&7
	wait_for 50 grep -q there "$T/other"
	sleep "$2"
}

other_ends()
{
	exec 7>&-
	[ "${1-}" != kill ] || kill -KILL "$other_pid"
	wait "$other_pid" 2>/dev/null || :
}

# Somebody who writes all the time, until $T/writes is gone, and says when each was there.
write_always()
{
	: >"$T/writes"
	while [ -e "$T/writes" ]; do
		echo 'insert into w values (1); insert into n values (1); select unix_timestamp(sysdate(6));'
		sleep 0.02
	done 7>&- | mariadb -nN d >"$T/written" 2>"$T/written.err" 7>&- &
	writer_pid=$!
	wait_for 50 test -s "$T/written"
}

# The longest time between two of its writes, in $longest.
written()
{
	rm -f "$T/writes"
	wait "$writer_pid"
	longest=$(awk 'NR > 1 && $1 - last > most { most = $1 - last } { last = $1 } END { printf "%.2f\n", most }' "$T/written")
}

waits_at_most()
{
	ok "$2: whoever writes waits for $longest s, of $1" awk "BEGIN { exit !($longest <= $1) }"
}

# What runs of pgtide do for a snapshot, without the rest of them.
run=$T/run
mkdir -p "$run/job" "$run/log" "$run/checks"
echo mysql >"$run/job/kind"
echo run >"$run/job/name"

# --- MariaDB ----------------------------------------------------------------------------------------

server mariadb
write_always
other 'begin; insert into a values (2, repeat("x", 100)); select sleep(60);' 0.5
hold -j 2
is "$status $(count)" '0 1' 'a query that runs long, and a transaction that is open: neither is waited for'
mysql-snapshot -e -o "$s"
gone
other_ends kill
written
waits_at_most 0.5 'a long query'

write_always
other 'insert into m select sleep(60);' 0.5
begin=$(date +%s)
exits 75 'a table without transactions is written all the time: it is given up' pgtide-snapshot -j 2 "$run"
seconds=$(($(date +%s) - begin))
written
other_ends kill
like "$(cat "$T/.output")" 'mysql:///d: in 10 short tries no lock was to be had, .*: try again later, or with one session \(-j 1\)' 'and it says why, and what helps'
is "$(cat "$run/checks/snapshot")" 'snapshot	source	not ok	mysql-snapshot ended with 75' 'the verdict has it'
ok "after $seconds s" [ "$seconds" -le 20 ]
waits_at_most 1.0 'a lock that cannot be had'
is "$(holders)" '' 'nothing is left'
mysql_stop

# --- MySQL ------------------------------------------------------------------------------------------

if mysql_find mysql56; then
	server mysql56
	write_always
	other 'select sleep(60) from a;' 1.1
	hold -j 2
	other_ends kill
	written
	is "$status" 75 'MySQL: a query runs long: the lock is not even tried'
	like "$(cat "$T/err")" 'in 10 short tries no lock was to be had' 'and it says so'
	waits_at_most 0.5 'MySQL: a long query'

	# Nothing shows that this one is in the way.
	write_always
	other 'lock tables m write;' 0.2
	(
		sleep 3
		: >"$T/now"
	) &
	mysql-snapshot -o "$s" -S "$T/stats" -j 2 >"$T/held" 2>"$T/err" 7>&- &
	hold_pid=$!
	wait_for 100 test -e "$T/now"
	other_ends
	status=0
	wait "$hold_pid" || status=$?
	written
	is "$status $(cut -f 1-3 "$T/held" | head -n 1)" '0 snapshot	read-lock	2' 'MySQL: a lock that comes after a while is had'
	waits_at_most 2.0 'MySQL: a lock that is waited for'
	mysql-snapshot -e -o "$s"
	gone
else
	skip 'MySQL' "$MYSQL_MISSING"
fi

done_testing
