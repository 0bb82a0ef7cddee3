#!/bin/sh
# SQL of the user at its time, parameters of sessions, triggers, and a run that stops in time.
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

# --- hooks and settings -----------------------------------------------------------------------------

pg_fresh hooks
mkdir "$T/a'b"
echo "create table trail (n serial, what text); insert into trail (what) values ('before ' || to_regclass('p') is null)" >"$T/a'b/1.sql"
echo "insert into trail (what) select 'schema ' || count(*) from p;" >"$T/2.sql"
echo "insert into trail (what) select 'after ' || count(*) || current_setting('my.word') from p;" >"$T/3.sql"
exits 0 'hooks' run hooks --before "$T/a'b/1.sql" --after-schema "$T/2.sql" --after "$T/3.sql" --set "my.word= it's \\ \$HOME #1 " --set statement_timeout=1min
is "$(sql "select string_agg(what, ',' order by n) from trail")" "true,schema 0,after 200 it's \\ \$HOME #1 " 'each at its time, with the parameters'
exits 0 'going on' pgtide run -q --allow-mixed-snapshot -d "$T/hooks"
is "$(sql 'select count(*) from trail')" 3 'does none of them again'
echo 'select 1 / 0' >"$T/bad.sql"
exits 1 'a hook that fails after all' run hooks2 --drop --after "$T/bad.sql"
like "$(cat "$T/hooks2/verdict")" '^hook	--after	not ok	' 'fails the run'
exits 1 'one that fails before' run hooks3 --drop --before "$T/bad.sql"
is "$(grep -c 'public.p' "$T/hooks3/verdict" || :)|$(rows)" "0|$all" 'and nothing else is done'
echo 'drop table c, p' >"$T/away.sql"
exits 0 'a hook may make room' run hooks4 --before "$T/away.sql"
exits 2 'a parameter that the server does not know' run set --drop --set no_such_thing=1
like "$(cat "$T/.output")" 'unrecognized configuration parameter' 'is told'
sql "create function nope() returns trigger language plpgsql as 'begin raise exception ''nope''; end';
	create trigger nope before insert on p for each row execute function nope()"
exits 1 'a trigger fires' run triggers --truncate
exits 0 'unless disabled' run triggers2 --truncate --disable-triggers
is "$(rows)" "$all" 'rows are there'

# --- in time ----------------------------------------------------------------------------------------

pg_fresh budget
echo 'select pg_sleep(20)' >"$T/sleep.sql"
exits 7 'the time is up: status 7' run budget --time-budget 3s --after-schema "$T/sleep.sql"
like "$(cat "$T/.output")" 'pgtide: the time is up' 'and that is said'
like "$(cat "$T/budget/verdict")" '^budget	time	not ok	3 s were up' 'in the verdict too'
echo 'select 1' >"$T/budget/job/after-schema.001.sql"
exits 0 'it goes on' pgtide run -q --time-budget 1m -d "$T/budget"
is "$(rows)" "$all" 'to the end'

done_testing
