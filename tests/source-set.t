#!/bin/sh
# Settings of the user in the sessions at the source.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
# shellcheck source=tests/lib/modes.sh
. "$TOP/tests/lib/modes.sh"
pg_fresh settings

# --- pragmas of SQLite ------------------------------------------------------------------------------

exits 0 'pragmas for the source' run pragma --drop --source-set cache_size=-4000 --source-set MMAP_SIZE=0
is "$(cat "$T/pragma/job/source-set")" 'cache_size=%2d%34%30%30%30&MMAP_SIZE=%30' 'as a URI has them'
exits 2 'a pragma that changes what is read, or is none' run set --drop --source-set writable_schema=1
like "$(cat "$T/.output")" "^sqlite-snapshot: PGTIDE_SOURCE_SET: 'writable_schema' is none of the pragmas" 'is told'
exits 2 'no number' run set --drop --source-set 'cache_size=1; drop table p'
exits 2 'no name' run set --drop --source-set 'cache size=1'
# --- variables of MySQL -----------------------------------------------------------------------------

if mysql_find mariadb; then
	mysql_start mariadb
	mysql_fresh shop
	mariadb shop -e 'create table a (id int primary key)'
	echo "select 1 as one, @@session.join_buffer_size as size, @@session.long_query_time as seconds, @@session.optimizer_switch like '%mrr=on%' as mrr" >"$T/vars.sql"
	# from_mysql NAME OPTION…
	from_mysql()
	{
		from_name=$1
		shift
		pgtide -q -d "$T/$from_name" --query "vars=$T/vars.sql" "$@" mysql:///shop "$(pg_uri)"
	}
	exits 0 'variables for the source' from_mysql vars --source-set JOIN_buffer_size=131072 --source-set long_query_time=1.5 --source-set 'optimizer_switch=mrr=on'
	is "$(sql 'select * from shop.vars')" '1|131072|1.5|1' 'are those of the session that holds the instant'
	exits 0 'going on' pgtide run -q -d "$T/vars"
	sql 'set client_min_messages = warning; drop schema shop cascade'
	exits 0 'nor does the plan need pgtide' env PGTIDE_SOURCE=mysql:///shop sh -c '
		pgtide plan -q -d "$1" --query "vars=$2" --source-set "optimizer_switch=mrr=on" --source-set join_buffer_size=262144 mysql:///shop "$3" &&
		unset PGTIDE_SOURCE_SET && make -s -C "$1" -f plan.mk' - "$T/make" "$T/vars.sql" "$(pg_uri)"
	is "$(sql 'select size, mrr from shop.vars')" '262144|1' 'they stand in it'
	exits 2 'a variable that the server does not know' from_mysql unknown --source-set no_such_thing=1
	like "$(cat "$T/.output")" "^mysql-snapshot: PGTIDE_SOURCE_SET: 'no_such_thing': Unknown system variable 'no_such_thing' \(1193\)" 'is told'
	exits 2 'a value that it refuses' from_mysql wrong --source-set "join_buffer_size=1', sql_mode = 'ansi"
	exits 2 'what says what the rows mean' from_mysql ours --source-set Time_Zone=+02:00
	like "$(cat "$T/.output")" "'Time_Zone' is pgtide's own" 'is told'
else
	skip 'variables for the source' "$MYSQL_MISSING"
fi

done_testing
