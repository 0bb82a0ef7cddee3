# For tests that need a PostgreSQL: source it after tap.sh. What it gives is described in the file it
# takes from the scripts.
#
#	pg_need [tcp]       pg_start, or skip the whole test when no server is installed
#	pg_fresh NAME       a new empty database, which PGDATABASE then names
#	pg_uri              its URI, as pgtide takes it
#	sql TEXT            what psql gives for it: rows alone, with | between the fields
# shellcheck shell=sh

# shellcheck source=scripts/lib/pg-private.sh
. "$TOP/scripts/lib/pg-private.sh"

pg_need()
{
	if [ -z "${PGTIDE_TEST_PGHOST-}" ] && ! pg_find; then
		skip_all 'no PostgreSQL server installed'
	fi
	pg_start "$@"
	# Debian's psql is a script that looks for the newest one each time, which takes longer than most of what tests ask.
	pg_psql=${PGBIN-}/psql
	[ -x "$pg_psql" ] || pg_psql=$(find /usr/lib/postgresql/*/bin/psql 2>/dev/null | sort -t / -k 5 -n | tail -n 1)
	if [ -n "$pg_psql" ]; then
		mkdir -p "$T/.psql"
		ln -sf "$pg_psql" "$T/.psql/psql"
		PATH=$T/.psql:$PATH
	fi
}

# A test may have killed a program whose backend has not noticed yet. DROP waits for it.
pg_fresh()
{
	PGDATABASE=${PG_SHARED_DATABASE:+${PG_SHARED_DATABASE}_}$1
	PGOPTIONS='-c client_min_messages=warning' psql -Xqd postgres -o /dev/null \
		-c "select pg_terminate_backend(pid) from pg_stat_activity where datname = '$PGDATABASE'" \
		-c "drop database if exists \"$PGDATABASE\"" \
		-c "create database \"$PGDATABASE\" template template0"
}

pg_uri()
{
	printf 'postgresql:///%s?host=%s&port=%s&user=%s\n' "$PGDATABASE" "$PGHOST" "$PGPORT" "$PGUSER"
}

sql()
{
	psql -XAtqc "$1"
}
