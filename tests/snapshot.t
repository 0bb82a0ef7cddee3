#!/bin/sh
# mysql-snapshot: all who ask read one instant, whoever of them dies; and what pgtide makes of it.
#
#	tests/snapshot.t
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
# shellcheck source=tests/lib/holder.sh
. "$TOP/tests/lib/holder.sh"
unset PGTIDE_SOURCE PGTIDE_SNAPSHOT

MYSQL_SETTINGS='log-bin = log'
mysql_need mariadb
mysql_fresh d
mariadb d -e "
	create table a (id int primary key, v varchar(100));
	insert into a select seq, repeat('v', 100) from seq_1_to_50000;
	create table big as select * from a;
	create table m (id int) engine = myisam;
	create table bad (id int primary key, v geometry);
	create table x (id int primary key, v text character set latin1);
	insert into x values (1, x'e9')"
PGTIDE_SOURCE=mysql:///d
export PGTIDE_SOURCE

# --- one instant ------------------------------------------------------------------------------------

hold -j 2
is "$status" 0 'a snapshot is held'
IFS='	' read -r word how sessions waited held file offset gtid <"$T/held"
is "$word $how $sessions" 'snapshot backup-stage 2' 'with the lock of MariaDB'
ok "the lock was held for less than 0.1 s ($waited s until it was there, $held s)" awk "BEGIN { exit !($held < 0.1) }"
like "$file $offset $gtid" '^log\.[0-9]+ [0-9]+ [0-9]+-[0-9]+-[0-9]+$' 'position and GTID of the binary log'
is "$(sed 1d "$T/held")" 'table	d	m	MyISAM' 'tables without transactions are named'
is "$(stat -c %a "$s")" 600 'only the owner can ask'
mariadb d -e 'delete from a where id > 10; insert into a values (100001, null)'
is "$(count) $(count) $(count)" '50000 50000 50000' 'what was committed since is not read'
is "$(PGTIDE_SNAPSHOT='' mysql-rows -t a | tail -n 1)" '#end	11	0' 'without it, it is'
exits 2 'a second one at the same socket is refused' mysql-snapshot -o "$s"
exits 0 'one that is held is seen' mysql-snapshot -l -o "$s"

# What belongs to the call is as it would be without.
mkdir "$T/there"
(
	cd "$T/there"
	PGTIDE_SNAPSHOT=../s mysql-rows -t a -t x -o rows -S stats && mysql-rows -t x >want
)
is "$(rows-fmt -q "$T/there/rows"; grep -c . "$T/there/rows") $(cut -f 1-4 "$T/there/stats" | sed -n 's/^table	d	//p' | tr '\n\t' '  ')" \
	'50009 a 50000 x 1 ' 'files are named as the asker names them'
PGTIDE_SNAPSHOT=$s mysql-rows -t x >"$T/rows"
same_file "$T/rows" "$T/there/want" 'a session is as it was at its beginning'
PGTIDE_SNAPSHOT=$s mysql-rows -t none 2>"$T/err" && status=0 || status=$?
is "$status $(cat "$T/err")" '1 mysql-rows: d.none: no such table, or none that the user may read' 'status and message of a fault'
exits 2 'rows of another database are refused' env "PGTIDE_SNAPSHOT=$s" mysql-rows -t a mysql:///other
like "$(cat "$T/.output")" 'the snapshot is of mysql:///d, not of what is to be read$' 'and it says why'

# A name that no address of a socket has room for.
long=$T/$(printf '%0200d' 0)
mkdir "$long"
mv "$s" "$long/s"
is "$(PGTIDE_SNAPSHOT=$long/s mysql-rows -t c -q 'select count(*) from a' | sed -n 4p)" 50000 'a path of over 200 bytes'
mv "$long/s" "$s"

# More askers than sessions.
asking=''
for n in 1 2 3 4 5 6 7 8; do
	count >"$T/count.$n" &
	asking="$asking $!"
done
for pid in $asking; do
	wait "$pid"
done
is "$(cat "$T"/count.? | sort | uniq -c | tr -s ' ')" ' 8 50000' 'eight readers with two sessions'

# --- who dies ---------------------------------------------------------------------------------------

# slow: a reader that is in the middle of its table, with its pipe full; its process is $slow
slow()
{
	rm -f "$T/slow"
	mkfifo "$T/slow"
	PGTIDE_SNAPSHOT=$s mysql-rows -t big >"$T/slow" 2>"$T/slow.err" &
	slow=$!
	exec 5<"$T/slow"
	dd bs=4096 count=1 <&5 >/dev/null 2>&1
}

slow_status()
{
	slow_status=0
	wait "$slow" 2>/dev/null || slow_status=$?
}

slow
exec 5<&-
slow_status
is "$slow_status $(count) $(count) $(count)" '141 50000 50000 50000' 'the end of a pipe goes: the session goes on'
slow
kill -KILL "$slow"
slow_status
exec 6<&5 5<&-
is "$(grep -c '^#end' <&6)" 0 'the asker is killed: its rows are cut'
exec 6<&-
is "$(count) $(count) $(count)" '50000 50000 50000' 'and the session goes on'

# A process of the two.
slow
kill -KILL "$(holders | tail -n 1)"
# If it was the idle one, the other serves only when its slow reader is done.
cat <&5 >/dev/null &
is "$(count)" 50000 'a session dies: the other serves'
slow_status
exec 5<&-
case $slow_status in
0) pass 'the killed one did not serve the slow reader' ;;
75) like "$(cat "$T/slow.err")" 'session of the snapshot ended before all was read' 'its reader ends with 75' ;;
*) fail "status $slow_status" ;;
esac
mysql-snapshot -e -o "$s"
gone
is "$(figure lost) $(holders | grep -c .)" '1 0' 'it is counted, and nothing is left'
exits 1 'nobody is there: status 1' env "PGTIDE_SNAPSHOT=$s" mysql-rows -t a
like "$(cat "$T/.output")" 'no snapshot is held there any more$' 'and it says so'

# What the server ends.
hold -j 2
slow
mariadb -e "kill $(sessions "info like 'select%'")"
cat <&5 >/dev/null
slow_status
exec 5<&-
is "$slow_status" 75 'the server ends a session that reads: 75'
is "$(count)" 11 'the other session serves'
mariadb -e "kill $(sessions "command = 'Sleep'")"
gone
exits 1 'the server ends the last one, though nobody asks: status 1' env "PGTIDE_SNAPSHOT=$s" mysql-rows -t a
is "$(figure lost) $(holders | grep -c .)" '2 0' 'the holder counts, and ends'
like "$(cat "$T/err")" 'mysql-snapshot: .*: no session of the snapshot is left' 'and says so'

hold -j 2
PGTIDE_SNAPSHOT=$s mysql-rows -t a -q 'commit' >"$T/rows" 2>"$T/err" && status=0 || status=$?
is "$status $(count)" '1 11' 'a query that ends the transaction ends its session only'
slow
kill -KILL "$(holders | head -n 1)"
cat <&5 >/dev/null
slow_status
exec 5<&-
is "$slow_status" 0 'the holder is killed: a table that is being read is read to its end'
wait_for 50 no_holders || :
is "$(holders)" '' 'and then nothing is left'
exits 1 'the next reader ends with 1' env "PGTIDE_SNAPSHOT=$s" mysql-rows -t a
hold -i 1
is "$status" 0 'the socket it left is in nobody'"'"'s way'
gone
is "$(holders) $(figure answered)" ' 0' 'it ends when nobody asks'

# --- without the right to lock ----------------------------------------------------------------------

mariadb -e "create user reader identified by 'r'; grant select on d.* to reader"
PGTIDE_SOURCE="mysql://reader:r@localhost/d?socket=$MYSQL_UNIX_PORT" hold -j 3
is "$(cut -f 1-3 "$T/held" | head -n 1)" 'snapshot	binlog	3' 'SELECT alone: positions of the log are compared'
mysql-snapshot -e -o "$s"
gone
mysql_stop
if mysql_find mysql56; then
	MYSQL_SETTINGS=''
	mysql_start mysql56
	mysql_fresh d
	mariadb d -e "create table a (id int primary key) engine = innodb; insert into a values (1); create user reader identified by 'r'; grant select on d.* to reader"
	hold -j 3
	is "$(cut -f 1-3 "$T/held" | head -n 1)" 'snapshot	read-lock	3' 'MySQL: a lock of its own'
	mariadb d -e 'insert into a values (2)'
	is "$(count) $(count)" '1 1' 'MySQL: one instant'
	mysql-snapshot -e -o "$s"
	gone
	PGTIDE_SOURCE="mysql://reader:r@localhost/d?socket=$MYSQL_UNIX_PORT" hold -j 3
	is "$(cut -f 1-3 "$T/held" | head -n 1)" 'snapshot	transaction	1' 'MySQL, SELECT alone: one session'
	asking=''
	for n in 1 2 3; do
		PGTIDE_SOURCE="mysql://reader:r@localhost/d?socket=$MYSQL_UNIX_PORT" count >"$T/count.$n" &
		asking="$asking $!"
	done
	for pid in $asking; do
		wait "$pid"
	done
	is "$(cat "$T"/count.[123] | tr '\n' ' ')" '2 2 2 ' 'whose readers take turns'
	mysql-snapshot -e -o "$s"
	gone
else
	skip 'MySQL' "$MYSQL_MISSING"
fi

done_testing
