#!/bin/sh
# Who takes part in a run of pgtide from MariaDB dies in the middle of it: it ends in time, and when it has gone on each row is there once,
# and all are of one instant.
#
#	tests/deaths-run.t [WORDS]	only cases that have these, such as "reading: child"
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/deaths.sh
. "$TOP/tests/lib/deaths.sh"

words=${1-}
set --
# shellcheck disable=SC2119	# without tcp
pg_need
kind=mariadb
mysql_need mariadb
mysql_fresh d
mariadb d -e "
	create table a (id int primary key, turn int not null, v varchar(300)) engine = innodb;
	insert into a select seq, 0, repeat('v', 300) from seq_1_to_16000;
	create table b as select * from a;
	create table c as select * from a limit 100;
	create table w (id int) engine = innodb"
pg_fresh deaths

# Rows that stop on their way until $T/go is there, so that both readers are in the middle of their tables.
own_programs "$T/bin"
# shellcheck disable=SC2016	# for the script
printf '#!/bin/sh\n"%s/cast-rows" "$@" | { dd bs=65536 count=1 2>/dev/null; until [ -e "%s/go" ]; do sleep 0.05; done; cat; }\n' \
	"$PGTIDE_BIN" "$T" | stand_in "$T/bin" cast-rows

begin_run()
{
	background pgtide "$T/out" "$T/bin/pgtide" -q -j 2 --snapshot-idle "$idle" -d "$run" -n deaths \
		mysql:///d "dbname=$PGDATABASE"
}

# Both readers are in the middle of their tables.
at_reading()
{
	begin_run
	wait_for 150 gives 2 counted serving
}

# The holder waits for its lock.
at_taking()
{
	block
	begin_run
	wait_for 100 waits_for_lock
}

counted()
{
	find_victims "$1"
	grep -c . "$T/victims"
}

# The programs mysql-rows of the run.
readers()
{
	ps -eo pid=,comm= | while read -r reader_pid reader_name; do
		[ "$reader_name" = mysql-rows ] && [ "$(readlink "/proc/$reader_pid/cwd")" = "$run" ] && echo "$reader_pid"
	done
}

# What is in the target: rows and different ones of each table, and of how many instants.
loaded()
{
	sql 'select a.n, a.d, b.n, b.d, c.n, c.d, (select count(*) from
			(select turn from deaths.a union select turn from deaths.b union select turn from deaths.c) as t) from
		(select count(*) as n, count(distinct id) as d from deaths.a) as a,
		(select count(*) as n, count(distinct id) as d from deaths.b) as b,
		(select count(*) as n, count(distinct id) as d from deaths.c) as c' 2>&1
}

died=0
# die_at POINT WHO HOW STATUS WANT: at this point so-and-so dies; the run ends with that status, and goes on, when it has to, in the same
# instant or begins anew.
die_at()
{
	point=$1 who=$2 how=$3 want=$4
	wanted "$point: $who $how" ${words:+"$words"} || return 0
	died=$((died + 1))
	begin=$(date +%s)
	run=$T/run$died s=$T/run$died/job/socket
	: >"$T/lock-session"
	rm -f "$T/go" "$T/out2"
	sql 'drop schema if exists deaths cascade' 2>/dev/null
	if "at_$point"; then
		case $who in
		readers) readers | head -n 1 >"$T/victims" ;;
		serving | serving-session) find_victims "$who" && sed -i 1q "$T/victims" ;;
		pgtide+holder)
			find_victims pgtide
			process holder >>"$T/victims"
			;;
		*) find_victims "$who" ;;
		esac
		strike "$who" "$how"
		[ "$point" != taking ] || unblock
	fi
	mariadb d -e 'begin; update a set turn = turn + 1; update b set turn = turn + 1; update c set turn = turn + 1; commit' 2>/dev/null || :
	: >"$T/go"
	got=$(status_of pgtide)
	if [ "$who" = server ]; then
		server_is_back
	fi
	[ "$idle" -gt 1 ] || wait_for 50 no_holders || got="$got, it does not end"
	if [ "$got" != 0 ]; then
		resume_status=0
		timeout 60 pgtide run -q -d "$run" >"$T/out2" 2>&1 || resume_status=$?
		got="$got $resume_status $(sed -n 's/^snapshot	source	ok	.*this run went on in it$/same/p; s/^snapshot	source	ok	the instant of an earlier.*/anew/p' "$run/verdict")"
	fi
	wait_for 50 no_holders || got="$got, processes are left"
	wait_for 50 no_sessions || got="$got, sessions are left"
	lock_is_free >/dev/null 2>&1 || got="$got, the lock is left"
	is "$got $(loaded)" "$want 16000|16000|16000|16000|100|100|1" "$point: $who $how, in $(($(date +%s) - begin)) s"
	[ "$got" = "$want" ] || diag "$(cat "$T/pgtide.err" "$T/out2" 2>/dev/null)"
}

idle=60
die_at taking pgtide KILL '137 0 '
die_at taking caller KILL '1 0 '
die_at taking holder KILL '1 0 '
die_at reading pgtide KILL '137 0 same'
die_at reading pgtide TERM '143 0 same'
die_at reading holder KILL '1 0 anew'
die_at reading holder TERM '1 0 anew'
die_at reading pgtide+holder KILL '137 0 anew'
die_at reading serving KILL 0
die_at reading children KILL '1 0 anew'
die_at reading readers KILL '1 0 same'
die_at reading serving-session KILL 0
die_at reading sessions KILL '1 0 anew'
die_at reading server KILL '1 0 anew'
die_at reading socket - '1 0 anew'
idle=1
die_at reading pgtide KILL '137 0 anew'

done_testing
