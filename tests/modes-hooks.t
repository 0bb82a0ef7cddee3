#!/bin/sh
# SQL of the user at its time, parameters of sessions, triggers, and a run that stops in time.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/modes.sh
. "$TOP/tests/lib/modes.sh"

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
