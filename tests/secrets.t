#!/bin/sh
# Passwords, however they are given, stand in no file of a run, no message, no report, and no process's arguments, whether the
# run succeeds or not.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
command -v python3 >/dev/null || skip_all 'no python3'
[ -d /proc/self ] || skip_all 'no /proc'
pg_need tcp

# Each has a middle that is the same however it is quoted or encoded, and bytes around it that rarely are right.
# shellcheck disable=SC2089,SC2090	# they are meant
pg_password="p'\"\\ @:/%&=#\$x Qz7pgMiddle é]"
pg_encoded='p%27%22%5C%20%40%3A%2F%25%26%3D%23%24x%20Qz7pgMiddle%20%C3%A9%5D'
# shellcheck disable=SC2089
my_password="m'\\ @:/%&=#\$x Qz7myMiddle é]"
my_encoded='m%27%5C%20%40%3A%2F%25%26%3D%23%24x%20Qz7myMiddle%20%C3%A9%5D'
middle='Qz7[pm][gy]Middle'
wrong='Qz7pgMiddleWrong'

psql -Xq -v password="$pg_password" <<-'END'
	set password_encryption = 'scram-sha-256';
	create role odd login superuser password :'password';
END
source=$T/db
sqlite3 -bail "$T/db" "create table t (id integer primary key, v text); insert into t values (1, 'a'), (2, 'b')"
if mysql_find mariadb; then
	mysql_start mariadb tcp
	mysql_fresh shop
	quoted=$(printf %s "$my_password" | sed "s/[\\\\']/\\\\&/g")
	mariadb shop <<-END
		create table t (id int primary key, v varchar(10));
		insert into t values (1, 'a'), (2, 'b');
		create user odd@'%' identified by '$quoted';
		grant all on *.* to odd@'%';
	END
	source=mysql
fi

# The arguments of all processes, again and again: a password that is there for a moment is there. Ends when its input does.
cat >"$T/watch.py" <<-'END'
	import os, re, select, sys
	found, seen, middle = set(), 0, re.compile(sys.argv[1].encode())
	open(sys.argv[2], "w").close()
	while not select.select([0], [], [], 0.002)[0]:
	    for pid in os.listdir("/proc"):
	        if pid.isdigit():
	            try:
	                line = open("/proc/%s/cmdline" % pid, "rb").read()
	            except OSError:
	                continue
	            seen += b"pg-copy" in line or b"psql" in line
	            if middle.search(line) and b"watch.py" not in line:
	                found.add(line.replace(b"\0", b" "))
	for line in found:
	    sys.stdout.buffer.write(line + b"\n")
	print("watched" if seen else "nothing seen")
END

# Python may take seconds to begin.
until_watching()
{
	wait_for 600 test -e "$T/watching" || :
	rm -f "$T/watching"
}

# What the watch is for does not escape it.
mkfifo "$T/stop"
python3 "$T/watch.py" "$middle" "$T/watching" <"$T/stop" >"$T/control" &
exec 9>"$T/stop"
until_watching
sh -c 'sleep 2; :' sh Qz7pgMiddle 9>&-
exec 9>&-
wait $! || :
rm "$T/stop"
like "$(cat "$T/control")" 'Qz7pgMiddle' 'the watch sees a password among arguments'

# run NAME STATUS SOURCE TARGET: not as operands, which are arguments of the caller's own making
run()
{
	name=$1 want=$2
	pg_fresh "$name"
	mkfifo "$T/stop"
	python3 "$T/watch.py" "$middle" "$T/watching" <"$T/stop" >"$T/$name.seen" &
	watcher=$!
	exec 9>"$T/stop"
	until_watching
	status=0
	PGTIDE_SOURCE=$3 PGTIDE_TARGET=$4 "$PGTIDE_BIN/pgtide" -v -d "$T/$name" --json "$T/$name.json" --junit "$T/$name.xml" \
		>"$T/$name.out" 2>"$T/$name.err" 9>&- || status=$?
	exec 9>&-
	wait "$watcher" || :
	rm "$T/stop"
	is "$status" "$want" "$name: status $want"
	[ "$status" -eq "$want" ] || diag "$(cat "$T/$name.err")"
	is "$(grep "$middle" "$T/$name.seen" || :)" '' "$name: in no process's arguments"
	if [ "$want" -eq 0 ]; then
		like "$(cat "$T/$name.seen")" '^watched' "$name: the programs were seen"
	fi
	is "$(grep -rlE "$middle" "$T/$name" "$T/$name.out" "$T/$name.err" "$T/$name.json" "$T/$name.xml" 2>/dev/null | tr '\n' ' ')" '' \
		"$name: in no file, message or report"
}

# with_source PASSWORD: as a part of the URI
with_source()
{
	if [ "$source" = mysql ]; then
		echo "mysql://odd${1:+:$1}@127.0.0.1:$MYSQL_TCP_PORT/shop"
	else
		echo "$source"
	fi
}
unset PGPASSWORD PGPASSFILE
tcp="127.0.0.1:$PGPORT"

run uri 0 "$(with_source "$my_encoded")" "postgresql://odd:$pg_encoded@$tcp/uri"

PGPASSWORD=$pg_password MYSQL_PWD=$my_password
# shellcheck disable=SC2090
export PGPASSWORD MYSQL_PWD
run env 0 "$(with_source '')" "postgresql://odd@$tcp/env"
unset PGPASSWORD MYSQL_PWD

# Each file quotes in its own way.
HOME=$T/home
mkdir "$HOME"
export HOME
printf '%s:%s:*:odd:%s\n' 127.0.0.1 "$PGPORT" "$(printf %s "$pg_password" | sed 's/[\\:]/\\&/g')" >"$HOME/.pgpass"
printf '[client]\nuser = odd\npassword = "%s"\n' "$(printf %s "$my_password" | sed 's/[\\"]/\\&/g')" >"$HOME/.my.cnf"
chmod 600 "$HOME/.pgpass" "$HOME/.my.cnf"
home_of_mysql=${MYSQL_HOME-}
unset MYSQL_HOME
run files 0 "$(with_source '')" "postgresql://odd@$tcp/files"
[ -z "$home_of_mysql" ] || export MYSQL_HOME="$home_of_mysql"

run wrong 2 "$(with_source "$my_encoded")" "postgresql://odd:$wrong@$tcp/wrong"
if [ "$source" = mysql ]; then
	run wrongsource 2 "mysql://odd:${my_encoded}x@127.0.0.1:$MYSQL_TCP_PORT/shop" "postgresql://odd:$pg_encoded@$tcp/wrongsource"
else
	skip 'wrong password of the source' "$MYSQL_MISSING"
fi

# What a run in two parts keeps between them.
pg_fresh parts
exits 0 'a plan' pgtide plan -q -d "$T/parts" "$T/db" "postgresql://odd:$pg_encoded@$tcp/parts"
is "$(grep -rlE "$middle" "$T/parts" "$T/.output" | tr '\n' ' ')" '' 'a plan: in no file of it'

done_testing
