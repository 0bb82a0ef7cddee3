#!/bin/sh
# Only a part of it: no rows, no keys, some rows.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
# Debian's psql is a script that looks for the newest one each time.
[ ! -x "${PGBIN-}/psql" ] || ln -s "$PGBIN/psql" "$T/psql"
PATH=$T:$PATH

sql()
{
	psql -XAtqc "$1"
}

target()
{
	echo "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER"
}

# run NAME OPTION…: one run, in a directory of its own, with its messages in .output
run()
{
	run_name=$1
	shift
	rm -rf "${T:?}/$run_name"
	pgtide -q -j 2 -d "$T/$run_name" "$@" "$T/db" "$(target)"
}

# All that is in the schema public but its rows.
catalogue()
{
	PGTIDE_SOURCE=$(target) pg-schema | grep -v '^#'
}

rows()
{
	sql "select (select count(*) || ' ' || sum(id) from p), (select count(*) || ' ' || sum(n) from c)"
}

# A column of each table is the other's trap: a name that needs quotes, a type that is an enum in the plan.
sqlite3 -bail "$T/db" <<-'END'
	create table p (id integer primary key autoincrement, v text not null unique, "odd'c" numeric(10,2));
	create table c (id integer primary key, p integer not null references p, n integer check (n >= 0));
	create index c_n on c (n);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 200)
	insert into p select n, 't' || n, n / 4.0 from n;
	insert into c select id, 201 - id, id * 2 from p;
END
all='200 20100|200 40200'

# --- less -------------------------------------------------------------------------------------------

pg_fresh schemaonly
exits 0 '--schema-only: no rows, and that is right' run schemaonly --schema-only
is "$(sql "select (select count(*) from p), (select count(*) from c), (select count(*) from pg_constraint where conname in ('c_p_fkey', 'p_v_key'))")" '0|0|2' \
	'tables and keys, and no rows'
exits 0 '… into which --data-only goes' run into --data-only
is "$(rows)" "$all" 'as it says'

pg_fresh less
exits 0 '--no-indexes' run noindexes --no-indexes --no-sequences
is "$(sql "select count(*) from pg_index where indrelid in ('p'::regclass, 'c'::regclass)")" 0 'no key, no index'
like "$(cat "$T/noindexes/report.txt")" '^not asked for: 4 keys and indexes$' 'the report says so'
is "$(sql "insert into p (v) values ('new') returning id")" 1 'nor a position'
exits 0 '--no-foreign-keys' run noforeign --drop --no-foreign-keys
is "$(sql "select count(*) from pg_constraint where contype = 'f'")|$(sql "select count(*) from pg_index where indrelid = 'p'::regclass")" '0|2' 'keys, but none to others'
exits 0 '--limit' run limit --drop --limit 10
is "$(sql "select (select count(*) from p), (select count(*) from c), (select count(*) from pg_constraint where contype = 'f')")" '10|10|0' 'so many rows of each table'
like "$(cat "$T/limit/report.txt")" '^NOT ALL ROWS: only the first 10 rows of each table were asked for' 'the report says so'
like "$(cat "$T/limit/verdict")" '^partial	rows	ok	only the first 10 rows' 'and the verdict'
exits 0 '--sample' run sample --drop --sample 10%
is "$(rows)" '20 1920|20 3840' 'one row of ten'
exits 1 '--no-schemas: a schema that is missing' run noschemas -n nowhere --no-schemas
sql 'create schema nowhere'
exits 0 'one that is there' run noschemas2 -n nowhere --no-schemas
is "$(sql 'select count(*) from nowhere.c')" 200 'is used'

done_testing
