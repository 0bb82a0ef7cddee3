# For tests in which who takes part in a snapshot dies: source it after tap.sh, and set $kind to that of the server, mariadb or mysql56.
# It has a database d with a table w, into which can be written.
#
#	background NAME FILE COMMAND…   with its output there; $T/NAME.pid is its process, $T/NAME.err what it says
#	status_of NAME      how it ended, or "hangs"
#	block, unblock      another session has what the lock waits for, and gives it back
#	waits_for_lock      whether a holder does
#	lock_is_free        for whoever wants to write, or to have it
#	no_sessions         the server has none
#	find_victims WHO    they are those in $T/victims, a line each
#	strike WHO HOW      they get this signal, or the server ends them
#	wake                those that were stopped go on
#	server_is_back      starts the one that died again
# shellcheck shell=sh disable=SC2154	# what the test and holder.sh set

# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
# shellcheck source=tests/lib/holder.sh
. "$TOP/tests/lib/holder.sh"
unset PGTIDE_SOURCE PGTIDE_SNAPSHOT

mkfifo "$T/to_blocker"
: >"$T/stopped"
: >"$T/lock-session"

# --- programs in the background ---------------------------------------------------------------------

background()
{
	background_name=$1 background_out=$2
	shift 2
	rm -f "$T/$background_name.status" "$T/$background_name.pid"
	(
		background_status=0
		# shellcheck disable=SC2016	# for the other shell
		sh -c 'echo "$$" >"$0"; exec "$@"' "$T/$background_name.pid" "$@" \
			>"$background_out" 2>"$T/$background_name.err" ||
			background_status=$?
		echo "$background_status" >"$T/$background_name.new"
		mv "$T/$background_name.new" "$T/$background_name.status"
	) 5<&- 7>&- 2>/dev/null &
}

status_of()
{
	if wait_for 100 test -s "$T/$1.status"; then
		cat "$T/$1.status"
	else
		echo hangs
	fi
}

# --- a lock that another has -------------------------------------------------------------------------

block()
{
	: >"$T/blocker"
	mariadb -nN <"$T/to_blocker" >"$T/blocker" 2>&1 &
	blocker=$!
	exec 7>"$T/to_blocker"
	case $kind in
	mariadb) echo "backup stage start; select 'there';" >&7 ;;
	mysql56) echo "lock tables d.w write; select 'there';" >&7 ;;
	esac
	wait_for 50 grep -q there "$T/blocker"
}

unblock()
{
	exec 7>&-
	wait "$blocker" || :
}

waits_for_lock()
{
	sessions "info like 'backup stage%' or info like 'flush tables%'" >"$T/lock-session"
	[ -s "$T/lock-session" ]
}

lock_is_free()
{
	case $kind in
	mariadb) lock_text='backup stage start; backup stage end' ;;
	mysql56) lock_text='flush tables with read lock; unlock tables' ;;
	esac
	timeout 5 mariadb d -e "set lock_wait_timeout = 1; insert into w values (1); $lock_text"
}

no_sessions()
{
	[ -z "$(sessions "1 = 1")" ]
}

# --- who dies ---------------------------------------------------------------------------------------

# process WHO: caller (who waits for the holder), holder, child (the last one), children, serving (the child that does), idle (the other one)
process()
{
	ps -eo pid=,sid=,args= | awk -v who="$1" -v socket="$s" '
		$3 !~ /mysql-snapshot$/ || !index($0 " ", " -o " socket " ") { next }
		{ sid[$1] = $2; order[++n] = $1 }
		END {
			for (i = 1; i <= n; i++) {
				p = order[i]
				is = sid[p] == p ? "holder" : sid[p] in sid ? "child" : "caller"
				if (is == "child")
					last = p
				if (who == is && who != "child" || who == "children" && is == "child")
					print p
			}
			if (who == "child")
				print last
		}
	'
}

# Children that write to a reader, and those that do not.
by_output()
{
	for child in $(process children); do
		case $1.$(readlink "/proc/$child/fd/1") in
		serving./dev/null) ;;
		serving.* | idle./dev/null) echo "$child" ;;
		esac
	done
}

find_victims()
{
	case $1 in
	caller | holder | child | children) process "$1" ;;
	serving | idle) by_output "$1" ;;
	reader | waiter | pgtide) cat "$T/$1.pid" ;;
	server) echo "$MYSQL_PID" ;;
	lock-session) cat "$T/lock-session" ;;
	session) sessions "1 = 1" | grep -vxF -f "$T/lock-session" | head -n 1 ;;
	sessions) sessions "1 = 1" ;;
	serving-session) sessions "info like 'select%'" ;;
	idle-session) sessions "command = 'Sleep'" ;;
	*) ;;
	esac >"$T/victims"
}

strike()
{
	case $1 in
	socket) rm -f "$s" ;;
	end) mysql-snapshot -e -o "$s" ;;
	limit) sleep 2.2 ;;
	# Killed when it has connected, with so much of its call sent.
	asker)
		python3 -c 'import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.sendall(sys.argv[2].encode())' "$s" "$2"
		;;
	*session*)
		while read -r victim; do
			mariadb -e "kill $victim"
		done <"$T/victims"
		;;
	*)
		while read -r victim; do
			kill "-$2" "$victim"
			# The others are seen to go after it, or what comes of it is chance.
			[ "$1" != children ] || sleep 0.1
		done <"$T/victims"
		[ "$2" != STOP ] || cat "$T/victims" >>"$T/stopped"
		;;
	esac
}

wake()
{
	while read -r victim; do
		kill -CONT "$victim" 2>/dev/null || :
	done <"$T/stopped"
	: >"$T/stopped"
}

server_is_back()
{
	wait "$MYSQL_PID" 2>/dev/null || :
	mysql_launch "$kind" ''
}
