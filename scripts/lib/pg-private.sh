# A private PostgreSQL that nobody else sees: data, log and socket in a temporary directory, gone at
# the end of the script. Sourced; needs $TOP, the top of the checkout.
#
#	pg_find             sets PGBIN to the newest server's programs; status 1 when there are none
#	pg_start [tcp]      starts it and sets PGHOST PGPORT PGUSER PGDATABASE, so that psql just works.
#	                    With tcp it also listens on 127.0.0.1:$PGPORT, where the role app must give
#	                    its password, secret. Lines in $PG_SETTINGS go to postgresql.conf.
#	pg_stop             stops it and removes its directory (also done at exit)
#
# If PGTIDE_TEST_PGHOST names a server that already runs (PGTIDE_TEST_PGPORT, PGTIDE_TEST_PGUSER),
# pg_start makes a fresh database there instead of a server, which saves the seconds initdb takes.
# shellcheck shell=sh

# shellcheck source=scripts/lib/on-exit.sh
. "$TOP/scripts/lib/on-exit.sh"

PG_DIR=
PG_SHARED_DATABASE=

pg_find()
{
	if [ -n "${PGBIN-}" ]; then
		[ -x "$PGBIN/initdb" ]
		return
	fi
	PGBIN=$(pg_config --bindir 2>/dev/null) || PGBIN=
	if [ -z "$PGBIN" ] || [ ! -x "$PGBIN/initdb" ]; then
		PGBIN=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null |
			sort -t / -k 5 -n | sed -n '$s|/initdb$||p')
	fi
	[ -n "$PGBIN" ]
}

# The server refuses to run as root.
pg_as_server()
(
	cd "$PG_DIR" || exit
	if [ "$(id -u)" -ne 0 ]; then
		exec "$@"
	elif command -v setpriv >/dev/null; then
		exec setpriv --reuid="$PG_OS_USER" --regid="$(id -g "$PG_OS_USER")" --clear-groups "$@"
	else
		exec runuser -u "$PG_OS_USER" -- "$@"
	fi
)

pg_start()
{
	unset PGHOSTADDR PGSERVICE PGPASSWORD PGPASSFILE PGOPTIONS PGSSLMODE
	export PGHOST PGPORT PGUSER PGDATABASE
	if [ -n "${PGTIDE_TEST_PGHOST-}" ] && [ $# -eq 0 ]; then
		pg_share
		return
	fi
	pg_find || { echo 'pg_start: no PostgreSQL server found: install postgresql' >&2; return 1; }

	PG_OS_USER=nobody
	if id postgres >/dev/null 2>&1; then
		PG_OS_USER=postgres
	fi
	PG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/pgtide-pg.XXXXXX") || return
	on_exit pg_stop
	if [ "$(id -u)" -eq 0 ]; then
		chown "$PG_OS_USER" "$PG_DIR" || return
	fi
	pg_as_server "$PGBIN/initdb" -D "$PG_DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
		--no-sync >"$PG_DIR/initdb.log" 2>&1 ||
		{ cat "$PG_DIR/initdb.log" >&2; return 1; }

	# Nothing here has to survive a crash.
	cat >>"$PG_DIR/data/postgresql.conf" <<-END
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		password_encryption = 'scram-sha-256'
		timezone = 'UTC'
		unix_socket_directories = '$PG_DIR'
		listen_addresses = '$([ "${1-}" = tcp ] && echo 127.0.0.1)'
		${PG_SETTINGS-}
	END
	cat >"$PG_DIR/data/pg_hba.conf" <<-END
		local all all trust
		host all all 127.0.0.1/32 scram-sha-256
	END

	# A TCP port may be taken, and then the next one will do.
	PGPORT=5432
	if [ "${1-}" = tcp ]; then
		PGPORT=$((20000 + $$ % 10000))
	fi
	pg_tries=10
	until pg_as_server "$PGBIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/log" -o "-p $PGPORT" \
		-w start >/dev/null 2>&1 </dev/null
	do
		pg_tries=$((pg_tries - 1))
		if [ "${1-}" != tcp ] || [ "$pg_tries" -eq 0 ]; then
			cat "$PG_DIR/log" >&2
			return 1
		fi
		PGPORT=$((PGPORT + 37))
	done
	PGHOST=$PG_DIR PGUSER=postgres PGDATABASE=postgres
	if [ "${1-}" = tcp ]; then
		psql -Xqc "create role app login superuser password 'secret'"
	fi
}

pg_share()
{
	PGHOST=$PGTIDE_TEST_PGHOST PGPORT=${PGTIDE_TEST_PGPORT:-5432}
	PGUSER=${PGTIDE_TEST_PGUSER:-postgres} PGDATABASE=postgres
	PG_SHARED_DATABASE=pgtide_test_$$
	on_exit pg_stop
	psql -Xqc "create database $PG_SHARED_DATABASE template template0" || return
	PGDATABASE=$PG_SHARED_DATABASE
}

pg_stop()
{
	if [ -n "$PG_SHARED_DATABASE" ]; then
		psql -Xqd postgres <<-END
			select format('drop database %I with (force)', datname) from pg_database
			 where datname like '$PG_SHARED_DATABASE%' \gexec
		END
		PG_SHARED_DATABASE=
	fi
	if [ -n "$PG_DIR" ]; then
		if [ -f "$PG_DIR/data/postmaster.pid" ]; then
			pg_as_server "$PGBIN/pg_ctl" -D "$PG_DIR/data" -m immediate -w stop >/dev/null 2>&1 || :
		fi
		rm -rf "$PG_DIR"
		PG_DIR=
	fi
}
