#!/bin/sh
# Who takes part in a snapshot dies at each point of its life: whoever waits is told in time, no lock stays, nothing is left running, and
# no rows look whole that are not.
#
#	tests/deaths.t [WORDS]	only cases that have these, such as "mariadb: held: child"
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/deaths.sh
. "$TOP/tests/lib/deaths.sh"

words=${1-}
set --
PGTIDE_SOURCE=mysql:///d
export PGTIDE_SOURCE
mkfifo "$T/pipe" "$T/full"

server()
{
	# shellcheck disable=SC2119	# without tcp
	mysql_start "$kind"
	mysql_fresh d
	mariadb d -e "
		create table a (id int primary key, v varchar(100)) engine = innodb;
		create table big (id int primary key, v varchar(100)) engine = innodb;
		create table w (id int) engine = innodb;
		insert into a values (1, repeat('v', 100))"
	for n in 1 2 4 8 16 32 64 128 256 512; do
		mariadb d -e "insert into a select id + $n, v from a"
	done
	mariadb d -e "insert into big select a.id * 32 + b.id, a.v from a, a b where b.id <= 32"
}

# whole STATUS FILE ROWS: what the asker was told of what it got; "rows" when these are all, and it says so.
whole()
{
	case $1.$(tail -n 1 "$2") in
	"0.#end	$3	0") echo rows ;;
	0.* | *.'#end'*) echo "$1 lies" ;;
	*) echo "$1" ;;
	esac
}

# How it goes for the next one, when nothing is in motion any more.
ask()
{
	case $want in *gone) wait_for 50 no_holders || : ;; esac
	ask_status=0
	PGTIDE_SNAPSHOT=$s timeout 20 mysql-rows -t a >"$T/rows" 2>"$T/ask.err" || ask_status=$?
	whole "$ask_status" "$T/rows" 1024
}

# --- points -----------------------------------------------------------------------------------------

has_lock()
{
	[ "$(mariadb -N -e 'select count(*) from information_schema.innodb_trx')" -gt 0 ]
}

# It waits for an answer of the server.
at_connecting()
{
	kill -STOP "$MYSQL_PID"
	echo "$MYSQL_PID" >>"$T/stopped"
	background caller "$T/held" mysql-snapshot -o "$s" -S "$T/stats" -j 2
	wait_for 50 gives 2 counted_holders
}

counted_holders()
{
	holders | grep -c .
}

# It waits for its lock.
at_taking()
{
	block
	background caller "$T/held" mysql-snapshot -o "$s" -S "$T/stats" -j 2
	wait_for 50 waits_for_lock
}

# It has its lock, and waits for a session to begin, which does not.
at_locked()
{
	at_taking
	kill -STOP "$(process child)"
	process child >>"$T/stopped"
	find_victims "$who"
	unblock
	wait_for 100 has_lock
}

# It has given its lock back, and nobody reads what it says.
at_told()
{
	exec 5<>"$T/full"
	# As large as it would make it, F_SETPIPE_SZ, and full.
	python3 -c 'import fcntl; fcntl.fcntl(1, 1031, 1 << 20)' >&5
	for n in 4096 1; do
		dd if=/dev/zero bs="$n" oflag=nonblock >&5 2>/dev/null || :
	done
	background caller "$T/full" mysql-snapshot -o "$s" -S "$T/stats" -j 2
	wait_for 50 blocked_in_tell
}

blocked_in_tell()
{
	has_lock && [ -n "$(sessions "info is null and command = 'Sleep' and db = 'd'" | sed -n 3p)" ]
}

# Nobody asks.
at_held()
{
	hold -j 2
}

# A reader is in the middle of its table.
at_reading()
{
	hold -j "${1:-2}" -i "$idle"
	PGTIDE_SNAPSHOT=$s background reader "$T/pipe" mysql-rows -t big
	exec 5<"$T/pipe"
	dd bs=4096 count=1 <&5 >"$T/read" 2>/dev/null
}

# And another one waits for its turn.
at_waiting()
{
	at_reading 1
	for file in rows stats rejects; do
		echo another >"$T/waiter.$file"
	done
	PGTIDE_SNAPSHOT=$s background waiter /dev/null mysql-rows -t a -o "$T/waiter.rows" -S "$T/waiter.stats" -e 1 -E "$T/waiter.rejects"
	wait_for 50 has_called || return
	sleep 0.1
}

# has_called: it has a connection, over which it sends its call at once
has_called()
{
	[ -s "$T/waiter.pid" ] && find "/proc/$(cat "$T/waiter.pid")/fd" -lname 'socket:*' | grep -q .
}

# --- what became of it ------------------------------------------------------------------------------

# One line: what those were told that waited, and what the next one is.
outcome()
{
	case $point in
	connecting)
		[ "$who" = server ] || status_of caller
		;;
	taking | locked | told)
		outcome_status=$(status_of caller)
		echo "$outcome_status"
		[ "$outcome_status" != 0 ] || ask
		;;
	held)
		ask
		;;
	reading | waiting)
		timeout 20 cat <&5 >>"$T/read" || :
		whole "$(status_of reader)" "$T/read" 32768
		[ "$point" = reading ] || whole "$(status_of waiter)" "$T/waiter.rows" 1024
		[ "$who" != waiter ] || [ "$(cat "$T"/waiter.rows "$T/waiter.stats" "$T/waiter.rejects" | sort -u)" = another ] ||
			echo "another one's files were written"
		[ "$who" != end ] || return 0
		ask
		;;
	esac
}

# point WHO HOW WANT: at this point so-and-so dies, and that is what becomes of it: what each is told who waited or asks, and "held" when it
# goes on, "gone" when nothing is left.
die_at()
{
	point=$1 who=$2 how=$3 want=$4
	wanted "$kind: $point: $who $how" ${words:+"$words"} || return 0
	died=$((died + 1))
	begin=$(date +%s)
	: >"$T/victims"
	: >"$T/lock-session"
	rm -f "$T"/*.err "$T/err"
	idle=60
	[ "$who" != limit ] || idle=1
	if "at_$point"; then
		[ -s "$T/victims" ] || find_victims "$who"
		strike "$who" "$how"
		# It was told to end already.
		[ "$who.$how" != end.TERM ] || kill -TERM "$(process holder)"
		case $point in
		connecting) wake ;;
		taking) unblock ;;
		esac
		[ "$point.$who.$how" != taking.caller.STOP ] || kill_unheard
		[ "$point.$how" = reading.STOP ] && sleep 0.1 && wake
		got=$(outcome 2>&1 | paste -sd ' ')
	else
		got='the point was not reached'
	fi
	wake
	exec 5<&-
	case $want in
	*gone) wait_for 100 no_holders && got="$got gone" ;;
	*) mysql-snapshot -l -o "$s" 2>/dev/null && got="$got held" ;;
	esac
	mysql-snapshot -e -o "$s" >/dev/null 2>&1 || :
	wait_for 50 no_holders || got="$got, processes are left"
	# shellcheck disable=SC2046	# a list
	no_holders || kill -KILL $(holders)
	if [ "$who" = server ]; then
		server_is_back
	fi
	wait_for 50 no_sessions || got="$got, sessions are left"
	lock_is_free >/dev/null 2>&1 || got="$got, the lock is left"
	seconds=$(($(date +%s) - begin))
	[ "$seconds" -le 15 ] || got="$got, after $seconds s"
	is "$got" "$want" "$kind: $point: $who $how"
	[ "$got" = "$want" ] || diag "$(cat "$T"/*.err "$T/err" 2>/dev/null)"
}

# It is stopped, so that it cannot read what it was told, and now it dies.
kill_unheard()
{
	wait_for 50 test -s "$T/held" || :
	sleep 0.2
	kill -KILL "$(cat "$T/victims")"
}

died=0
while_taken()
{
	die_at connecting holder KILL '75 gone'
	die_at connecting caller KILL '137 gone'
	die_at taking holder KILL '75 gone'
	die_at taking holder TERM '75 gone'
	die_at taking caller KILL '137 gone'
	die_at taking caller STOP '137 gone'
	die_at taking caller TERM '143 gone'
	die_at taking child KILL '0 rows held'
	die_at taking children KILL '75 gone'
	die_at taking lock-session KILL '75 gone'
	die_at taking session KILL '0 rows held'
	die_at taking server KILL '75 gone'
	die_at locked holder KILL '75 gone'
	die_at locked holder TERM '75 gone'
	die_at locked caller KILL '137 gone'
	die_at locked child KILL '0 rows held'
	die_at locked child STOP '75 gone'
	die_at locked children KILL '75 gone'
	die_at locked lock-session KILL '75 gone'
	die_at locked server KILL '75 gone'
}

# --- MariaDB ----------------------------------------------------------------------------------------

kind=mariadb
mysql_find mariadb || skip_all "$MYSQL_MISSING"
server
while_taken
if command -v python3 >/dev/null; then
	die_at told holder KILL '75 gone'
	die_at told holder TERM '75 gone'
	die_at told caller KILL '137 gone'
else
	skip 'told' 'no python3'
fi
die_at held holder KILL '1 gone'
die_at held holder TERM '1 gone'
die_at held holder INT 'rows held'
die_at held holder HUP 'rows held'
die_at held holder STOP 'rows held'
die_at held child KILL 'rows held'
die_at held children KILL '1 gone'
die_at held session KILL 'rows held'
die_at held sessions KILL '1 gone'
die_at held server KILL '1 gone'
die_at held server TERM '1 gone'
die_at held socket - '1 gone'
if command -v python3 >/dev/null; then
	die_at held asker '' 'rows held'
	die_at held asker half 'rows held'
else
	skip 'held: asker' 'no python3'
fi
die_at reading holder KILL 'rows 1 gone'
die_at reading holder TERM '75 1 gone'
die_at reading end - 'rows gone'
die_at reading end TERM '75 gone'
die_at reading limit - 'rows 1 gone'
die_at reading serving KILL '75 rows held'
die_at reading serving TERM '75 rows held'
die_at reading idle KILL 'rows rows held'
die_at reading reader KILL '137 rows held'
die_at reading reader TERM '143 rows held'
die_at reading reader STOP 'rows rows held'
die_at reading serving STOP 'rows rows held'
die_at reading serving-session KILL '75 rows held'
die_at reading idle-session KILL 'rows rows held'
die_at reading server KILL '75 1 gone'
die_at reading socket - 'rows 1 gone'
die_at waiting holder KILL 'rows 75 1 gone'
die_at waiting holder TERM '75 75 1 gone'
die_at waiting serving KILL '75 75 1 gone'
die_at waiting waiter KILL 'rows 137 rows held'
die_at waiting serving-session KILL '75 75 1 gone'
mysql_stop

# --- MySQL ------------------------------------------------------------------------------------------

kind=mysql56
if mysql_find mysql56; then
	server
	while_taken
	mysql_stop
else
	skip 'MySQL' "$MYSQL_MISSING"
fi

[ -n "$words" ] || ok "at least 30 deaths ($died)" [ "$died" -ge 30 ]
done_testing
