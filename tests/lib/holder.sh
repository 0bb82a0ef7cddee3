# For tests of mysql-snapshot: source it after mysql.sh. Its socket is $T/s, what it says of itself $T/held and $T/err, its statistics
# $T/stats.
#
#	hold [OPTION…]      holds a snapshot; $status is how that ended
#	gone                waits for its end
#	figure NAME         of its statistics
#	count               rows of table a, as a reader of the snapshot has them
#	holders             processes of the snapshot, the holder first; no_holders: there are none
#	sessions CONDITION  what the server calls those sessions of the database d
# shellcheck shell=sh

s=$T/s
on_exit 'mysql-snapshot -e -o "$T/s" 2>/dev/null || :'

# The messages of the one in the background must not keep a pipe open.
hold()
{
	status=0
	# shellcheck disable=SC2034	# for the test
	mysql-snapshot -o "$s" -S "$T/stats" "$@" >"$T/held" 2>"$T/err" || status=$?
}

gone()
{
	wait_for 100 test ! -e "$s" || :
	# It is written behind that.
	sleep 0.1
}

figure()
{
	sed -n "s/^$1	//p" "$T/stats"
}

count()
{
	PGTIDE_SNAPSHOT=$s mysql-rows -t c -q 'select count(*) from a' | sed -n '/^#/!p'
}

holders()
{
	ps -eo pid=,args= | awk -v socket="$s" '$2 ~ /mysql-snapshot$/ && index($0 " ", " -o " socket " ") { print $1 }'
}

no_holders()
{
	[ -z "$(holders)" ]
}

sessions()
{
	mariadb -N -e "select id from information_schema.processlist where db = 'd' and command <> 'Killed' and ($1) order by id"
}
