#!/bin/sh
# How mysql-rows gets to a server, and how it ends when it does not, or loses it: statuses, passwords, TLS, time-outs.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
mysql_find mariadb || skip_all "$MYSQL_MISSING"
unset PGTIDE_SOURCE
: >"$T/messages"

# A password in which everything has to be escaped somewhere; no message may show it.
# shellcheck disable=SC1003	# it is a backslash
password='p@s:s/w?r#d%20"\'
encoded='p%40s%3As%2Fw%3Fr%23d%2520%22%5C'

# tries STATUS ERE DESC SOURCE [VARIABLE=VALUE…]: reads a row; standard output or error has a line like ERE.
tries()
{
	tries_want=$1 tries_ere=$2 tries_desc=$3 tries_source=$4 tries_got=0
	shift 4
	env "$@" timeout 30 mysql-rows -t v -q "select 1 + 1 as two, variable_value as cipher from information_schema.session_status where variable_name = 'ssl_cipher'" \
		"$tries_source" >"$T/out" 2>"$T/err" || tries_got=$?
	cat "$T/err" >>"$T/messages"
	is "$tries_got" "$tries_want" "$tries_desc: status $tries_want"
	like "$(cat "$T/out" "$T/err")" "$tries_ere" "$tries_desc"
}

# --- a server with TLS, if there is openssl ---------------------------------------------------------

certificates()
{
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ca -keyout ca.key -out ca.pem &&
		openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout other.key -out other.pem &&
		echo subjectAltName=DNS:localhost >names &&
		for who in server client; do
			openssl req -newkey rsa:2048 -nodes -subj /CN=$who -keyout $who.key -out $who.csr &&
				openssl x509 -req -in $who.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out $who.pem || return
		done
}

# The server runs as another user, who has to get at its key.
certs=$(mktemp -d)
on_exit 'rm -rf "$certs"'
chmod 755 "$certs"
tls=
MYSQL_SETTINGS=
if command -v openssl >/dev/null && (cd "$certs" && certificates) >"$T/certificates" 2>&1; then
	chmod 644 "$certs"/*
	MYSQL_SETTINGS=$(printf 'ssl-ca = %s\nssl-cert = %s\nssl-key = %s\n' "$certs/ca.pem" "$certs/server.pem" "$certs/server.key")
	tls=yes
fi
mysql_start mariadb tcp
mysql_fresh shop
mariadb shop <<END
	create user odd@'%' identified by 'p@s:s/w?r#d%20"\\\\';
	create user locked@'%' identified by 'secret' account lock;
	create user one@'%' identified by 'secret' with max_user_connections 1;
	create user certified@'%' identified by 'secret' require x509;
	grant select on shop.* to odd@'%', locked@'%', one@'%', certified@'%';
END
tcp="127.0.0.1:$MYSQL_TCP_PORT"
stop_and_go=$MYSQL_PID
unset MYSQL_TCP_PORT

# --- who says where to ------------------------------------------------------------------------------

row='^2	'
tries 0 "$row" 'a password in the URI' "mysql://odd:$encoded@$tcp/shop"
tries 0 "$row" 'MariaDB by its own name' "mariadb://odd:$encoded@$tcp/shop"
tries 0 "$row" 'a password in MYSQL_PWD' "mysql://odd@$tcp/shop" "MYSQL_PWD=$password"
cat >"$T/lines" <<END
[other]
user = nobody
[client]
user = wrong
[pgtide] # ours
user=odd # not wrong
password = 'p@s:s/w?r#d%20"\\\\'
host = "127.0.0.1"
port=${tcp#*:}
; the last line has no end
database = shop
END
printf %s "$(cat "$T/lines")" >"$T/one.cnf"
tries 0 "$row" 'all of it in an option file' "mysql:?option_file=$T/one.cnf"
tries 2 "to database 'nowhere' \(1044\)" 'the URI comes before an option file' "mysql:nowhere?option_file=$T/one.cnf"
mkdir "$T/home"
printf '!include %s\n' "$T/one.cnf" >"$T/home/.my.cnf"
tries 0 "$row" 'the option file of the user, and what it includes' mysql: HOME="$T/home" MYSQL_HOME=/nowhere
tries 0 "$row" 'an option file comes before MYSQL_PWD' "mysql:?option_file=$T/one.cnf" MYSQL_PWD=wrong
tries 2 "Access denied for user 'odd'" 'a wrong MYSQL_PWD' "mysql://odd@$tcp/shop" MYSQL_PWD=wrong
chmod o+w "$T/one.cnf"
tries 0 "$T/one.cnf: anybody may write it: left out" 'an option file that anybody may write' "mysql://odd:$encoded@$tcp/shop" HOME="$T/home"
tries 0 "$row" 'a socket' "mysql://$(id -un)@localhost/shop?socket=$MYSQL_DIR/s&option_file=/dev/null"
tries 0 "$row" 'MYSQL_UNIX_PORT' "mysql://$(id -un)@localhost/shop?option_file=/dev/null"
tries 0 "$row" 'MYSQL_HOST and MYSQL_TCP_PORT' "mysql://odd:$encoded@/shop?option_file=/dev/null" MYSQL_HOST=127.0.0.1 "MYSQL_TCP_PORT=${tcp#*:}"
tries 0 "$row" 'a port of localhost is one of TCP' "mysql://odd:$encoded@localhost:${tcp#*:}/shop"

# --- statuses ---------------------------------------------------------------------------------------

tries 2 "Access denied for user 'odd'@.* \(1045\)$" 'a wrong password' "mysql://odd:wrong@$tcp/shop"
tries 2 "Access denied for user 'odd'@.* to database 'mysql' \(1044\)$" 'a database of others' "mysql://odd:$encoded@$tcp/mysql"
tries 2 'which database\? name it in the source, or with -n$' 'no database' "mysql://odd:$encoded@$tcp"
tries 2 'account is locked \(4151\)$' 'a locked account' "mysql://locked:secret@$tcp/shop"
tries 75 '\(200[23]\)$' 'nobody listens' 'mysql://app:secret@127.0.0.1:1/shop'
tries 75 '\(200[23]\)$' 'nobody listens on an IPv6 address' 'mysql://app:secret@[::1]:1/shop'
tries 75 '\(2002\)$' 'no such socket' "mysql:///shop?socket=$T/none"
tries 75 '\(2005\)$' 'no such host' 'mysql://app:secret@no.such.host.invalid/shop'

# reading SOURCE: mysql-rows -S is in the midst of many rows, which stop at a pipe that nobody reads until ended.
reading()
{
	rm -f "$T/pipe"
	mkfifo "$T/pipe"
	mysql-rows -t v -q "select seq, repeat('x', 1000) as r from seq_1_to_10000000" "$1" >"$T/pipe" 2>"$T/err" &
	reader=$!
	exec 3<"$T/pipe"
	head -c 20000 <&3 >/dev/null
}

# ended STATUS ERE DESC
ended()
{
	ended_got=0
	tail -n 1 <&3 >"$T/last"
	exec 3<&-
	wait "$reader" || ended_got=$?
	cat "$T/err" >>"$T/messages"
	is "$ended_got" "$1" "$3: status $1"
	like "$(cat "$T/err")" "$2" "$3"
	is "$(grep -c '^#end' "$T/last")" 0 "$3: no #end"
}

kill_reader()
{
	mariadb -N -e "select concat('$1 ', id, ';') from information_schema.processlist where info like 'select seq%'" | mariadb
}

reading "mysql://odd:$encoded@$tcp/shop"
kill_reader 'kill query'
ended 1 'shop.v: behind row [0-9]*: Query execution was interrupted \(1317\)$' 'KILL QUERY'
reading "mysql://odd:$encoded@$tcp/shop?sslmode=disable"
kill_reader kill
ended 75 'shop.v: behind row [0-9]*: Lost connection .*\(2013\)' 'KILL'
reading "mysql://one:secret@$tcp/shop"
tries 75 'max_user_connections.* \(1226\)$' 'too many connections' "mysql://one:secret@$tcp/shop"
kill_reader kill
ended 75 '.' 'TLS or not, a lost connection'

# --- a server that is there and says nothing --------------------------------------------------------

reading "mysql://odd:$encoded@$tcp/shop?read_timeout=1&sslmode=disable"
kill -STOP "$stop_and_go"
ended 75 'Lost connection .*\(2013\): it is gone, or sent nothing for read_timeout=1 seconds$' 'a stopped server, while reading'
tries 75 '\(2013\)$' 'a stopped server, while connecting' "mysql://odd:$encoded@$tcp/shop?connect_timeout=1"
kill -CONT "$stop_and_go"
if [ -n "$tls" ]; then
	reading "mysql://odd:$encoded@$tcp/shop?read_timeout=1&sslmode=require"
	kill -STOP "$stop_and_go"
	ended 75 'it is gone, or sent nothing for read_timeout=1 seconds$' 'a stopped server, while reading through TLS'
	kill -CONT "$stop_and_go"
fi

# --- TLS --------------------------------------------------------------------------------------------

plain='^2	$'
secure='^2	[A-Z]'
if [ -n "$tls" ]; then
	uri="mysql://odd:$encoded@localhost:${tcp#*:}/shop?sslmode"
	tries 0 "$plain" 'disable' "$uri=disable"
	tries 0 "$secure" 'prefer is the default' "mysql://odd:$encoded@$tcp/shop"
	tries 0 "$secure" 'prefer' "$uri=prefer"
	tries 0 "$secure" 'require' "$uri=require"
	tries 0 "$secure" 'verify-ca' "$uri=verify-ca&sslrootcert=$certs/ca.pem"
	tries 2 '\(2026\)$' 'verify-ca, of another CA' "$uri=verify-ca&sslrootcert=$certs/other.pem"
	tries 0 "$secure" 'verify-full' "$uri=verify-full&sslrootcert=$certs/ca.pem"
	tries 0 "$secure" 'verify-ca does not look at names' "mysql://odd:$encoded@$tcp/shop?sslmode=verify-ca&sslrootcert=$certs/ca.pem"
	tries 2 '\(2026\)$' 'verify-full does' "mysql://odd:$encoded@$tcp/shop?sslmode=verify-full&sslrootcert=$certs/ca.pem"
	tries 2 '\(2026\)$' 'no file of certificates' "$uri=verify-ca&sslrootcert=$T/none"
	tries 2 '\(1045\)$' 'no certificate of ours' "mysql://certified:secret@$tcp/shop"
	tries 0 "$secure" 'a certificate of ours' "mysql://certified:secret@$tcp/shop?sslcert=$certs/client.pem&sslkey=$certs/client.key"
	printf '[client]\nssl-ca=%s\nssl-mode=VERIFY_IDENTITY\n' "$certs/ca.pem" >"$T/tls.cnf"
	tries 2 '\(2026\)$' 'TLS as an option file says' "mysql://odd:$encoded@$tcp/shop?option_file=$T/tls.cnf"
	tries 0 "$plain" 'the URI comes before it' "mysql://odd:$encoded@$tcp/shop?sslmode=disable&option_file=$T/tls.cnf"
	tries 0 "$plain" 'no TLS through a socket' mysql:///shop
else
	skip 'TLS' 'no openssl'
fi

if mariadb -e "install soname 'auth_ed25519'; create user ed@'%' identified via ed25519 using password('secret'); grant select on shop.* to ed@'%'" 2>/dev/null; then
	tries 0 "$row" 'ed25519' "mysql://ed:secret@$tcp/shop"
	tries 2 '\(1045\)$' 'ed25519 with a wrong password' "mysql://ed:wrong@$tcp/shop"
else
	skip 'ed25519' 'the server lacks it'
fi

# --- the end of the server --------------------------------------------------------------------------

reading "mysql://odd:$encoded@$tcp/shop"
kill -KILL "$stop_and_go"
ended 75 'shop.v: behind row [0-9]*: ' 'a server that was killed'
mysql_stop

if mysql_find mysql56; then
	MYSQL_SETTINGS=
	mysql_start mysql56 tcp
	query='select 1 + 1 as two'
	for mode in prefer disable; do
		is "$(mysql-rows -t v -q "$query" "mysql://app:secret@127.0.0.1:$MYSQL_TCP_PORT/mysql?sslmode=$mode" | sed -n 4p)" 2 "MySQL 5.6 without TLS: $mode"
	done
	exits 2 'MySQL 5.6 without TLS: require' mysql-rows -t v -q "$query" "mysql://app:secret@127.0.0.1:$MYSQL_TCP_PORT/mysql?sslmode=require"
	like "$(cat "$T/.output")" 'the server has no TLS, which sslmode asks for$' 'MySQL 5.6 without TLS: the message'
	mysql_stop
	# Its TLS is of a kind that libraries of today refuse.
	if [ -n "$tls" ] && openssl rsa -traditional -in "$certs/server.key" -out "$certs/old.key" 2>/dev/null; then
		chmod 644 "$certs/old.key"
		MYSQL_SETTINGS=$(printf 'ssl-ca = %s\nssl-cert = %s\nssl-key = %s\n' "$certs/ca.pem" "$certs/server.pem" "$certs/old.key")
		mysql_start mysql56 tcp
		is "$(mysql-rows -t v -q "$query" "mysql://app:secret@127.0.0.1:$MYSQL_TCP_PORT/mysql" | sed -n 4p)" 2 'TLS that cannot be: prefer does without'
		mysql_stop
	fi
else
	skip 'MySQL 5.6' "$MYSQL_MISSING"
fi

ok 'no message has the password, in whatever form' test "$(grep -cF -e "$password" -e "$encoded" -e 's:s/w' "$T/messages")" -eq 0
done_testing
