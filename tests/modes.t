#!/bin/sh
# What becomes of tables that are there, what is left out when it is not wanted, hooks, and a run that stops in time.
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

# --- three nights -----------------------------------------------------------------------------------

pg_fresh nights
exits 0 'the first night makes the tables' run night1
catalogue >"$T/want.catalogue"
exits 1 'the second one refuses tables that are there' run night2
like "$(cat "$T/.output")" '^pgtide: target: table public.c is there already$' 'and names them'
is "$(rows)" "$all" 'and touches nothing'

sql "do 'begin create role modes_reader; create role modes_owner; exception when duplicate_object then null; end'"
sql 'grant select on p to modes_reader; grant update ("odd'"'"'c") on p to modes_reader with grant option; alter table c owner to modes_owner'
sql "comment on table p is 'people''s'; comment on column p.v is E'two\\nlines \\\\ :x'"
grants="select relname, relowner::regrole, relacl from pg_class where relname in ('p', 'c') union all
	select attname, null, attacl from pg_attribute where attrelid = 'p'::regclass and attacl is not null order by 1"
sql "$grants" >"$T/want.grants"
catalogue >"$T/want.catalogue"
sqlite3 "$T/db" "update c set n = n + 1 where id = 1"
all='200 20100|200 40201'
for night in 3 4; do
	exits 0 "--drop, night $night: status 0" run "night$night" --drop
	is "$(rows)" "$all" 'it holds what the source has now'
	catalogue >"$T/got.catalogue"
	same_file "$T/got.catalogue" "$T/want.catalogue" 'its objects and comments are the same'
	sql "$grants" >"$T/got.grants"
	same_file "$T/got.grants" "$T/want.grants" 'owner and grants are back'
done
like "$(cat "$T/night4/verdict")" '^grants	target	ok' 'the verdict has the grants'

# --- what hangs on the tables -----------------------------------------------------------------------

sql 'create view w as select * from p; create view v as select v from w; create table other (p bigint references p);
	create function deed() returns trigger language plpgsql as $$begin return new; end$$;
	create trigger deed before insert on c for each row execute function deed()'
exits 1 '--drop does not take views along' run hangs --drop
for what in 'view public.w' 'view public.v' 'constraint other_p_fkey on table public.other' 'trigger deed on table public.c'; do
	like "$(cat "$T/.output")" "^pgtide: target: $what: hangs on what is to be dropped" "it names $what"
done
is "$(sql 'select count(*) from v')" 200 'and leaves all as it was'
exits 0 '--cascade does' run cascade --drop --cascade
is "$(grep -c '^dropped	.*	ok	by --cascade' "$T/cascade/verdict")" 4 'the verdict lists what went'
is "$(rows)" "$all" 'the rows are there'
ok 'what went can be made again' psql -Xq -v ON_ERROR_STOP=1 -f "$T/cascade/dropped.sql"
is "$(sql 'select count(*) from v')" 200 'as it was'
sql 'drop view w cascade; drop table other; drop trigger deed on c'

# A failure behind the drop is one transaction with it.
pgtide plan -q --drop -d "$T/broken" "$T/db" "$(target)"
echo 'SELECT 1 / 0;' >>"$T/broken/pre.sql"
exits 1 'a failure while tables are made' pgtide run -q -d "$T/broken"
is "$(rows)" "$all" 'leaves the old ones'

# --- a schema ---------------------------------------------------------------------------------------

pg_fresh schema
exits 0 'into a schema' run schema1 -n shop
sql 'create table shop.old (x int); create view outside as select * from shop.p; grant usage on schema shop to modes_reader'
exits 1 '--drop-schema finds what is outside' run schema2 -n shop --drop-schema
like "$(cat "$T/.output")" 'view public.outside: hangs' 'and names it'
sql 'drop view outside'
exits 0 'without that it is replaced' run schema3 -n shop --drop-schema
is "$(sql "select to_regclass('shop.old') is null, has_schema_privilege('modes_reader', 'shop', 'usage'), (select count(*) from shop.p)")" 't|t|200' \
	'all that was in it is gone, its grants are not'
exits 1 'public is never dropped' run schema4 --drop-schema

# --- tables that are there --------------------------------------------------------------------------

# Other types, another order, a column more: as the owner wants it.
mine()
{
	pg_fresh "$1"
	sql "create table p (extra text default 'mine', v varchar(20) not null, id int primary key, \"odd'c\" numeric(12,4));
		create table c (id bigint primary key, p int references p, n smallint);
		create index mine on c (n) where n > 5; alter table p add constraint once unique (v)"
}

mine empty
exits 0 '--data-only: into empty tables' run data --data-only
is "$(rows)|$(sql "select min(extra), max(\"odd'c\") from p")" "$all|mine|50.0000" 'the rows are there'
like "$(cat "$T/data/report.txt")" 'public.c.n: smallint, as the target has it, instead of bigint' 'the report tells of other types'
exits 1 'not into tables with rows' run again --data-only
like "$(cat "$T/.output")" 'public.p: has rows already: --truncate empties it' 'what to do is said'
exits 0 '--truncate empties them' run truncate --truncate
is "$(rows)" "$all" 'and loads'
sql 'delete from c; delete from p where id > 0'
sql "insert into p (id, v) values (-1, 'first')"
exits 0 '--append adds' run append --append
is "$(rows)" "201 20099|200 40201" 'to what is there'
is "$(sql "insert into c (id, p, n) values (1000, 1, 7); select count(*) from pg_indexes where indexname in ('mine', 'once')")" 2 'keys and indexes are those of before'
sql 'create table refers (p int references p)'
exits 1 '--truncate: a table outside refers to one' run refers --truncate
like "$(cat "$T/.output")" 'constraint refers_p_fkey on table public.refers: refers to a table that is to be emptied' 'it is named'
sql 'drop table refers'

mine columns
sql 'alter table p alter column v type bytea using null; alter table c drop column n, add column must int not null'
exits 1 'columns that do not fit are refused' run columns --truncate
like "$(cat "$T/.output")" "column|public.p.v: is bytea in the target, not text: the rule \"column p.v to bytea\" decides" 'another type'
like "$(cat "$T/.output")" 'public.c.n: is not in the table' 'a column that is missing'
like "$(cat "$T/.output")" 'public.c.must: is NOT NULL without a default' 'a column that nobody fills'

# --- indexes down and up ----------------------------------------------------------------------------

indexes="select string_agg(pg_get_indexdef(indexrelid), '; ' order by indexrelid::regclass::text) from pg_index where indrelid in ('p'::regclass, 'c'::regclass)
	union all select string_agg(conname || pg_get_constraintdef(oid) || convalidated, '; ' order by conname) from pg_constraint where conrelid in ('p'::regclass, 'c'::regclass)"
mine down
sql "comment on index mine is 'of mine'"
sql "$indexes" >"$T/want.indexes"
exits 0 '--drop-indexes' run down --truncate --drop-indexes
is "$(rows)" "$all" 'loads the rows'
sql "$indexes" >"$T/got.indexes"
same_file "$T/got.indexes" "$T/want.indexes" 'keys and indexes are as before'
is "$(sql "select obj_description('mine'::regclass)")" 'of mine' 'with their comments'
like "$(cat "$T/down/clear.sql")" '^ALTER TABLE public.p DROP CONSTRAINT once;$' 'and were down'
sql 'alter table c add constraint small check (n < 100) not valid'
exits 1 'with a load that fails' run down2 --truncate --drop-indexes
sql "alter table c drop constraint small; $indexes" >"$T/got.indexes"
same_file "$T/got.indexes" "$T/want.indexes" 'they are back too'

# --- no tables, but the rest ------------------------------------------------------------------------

pg_fresh notables
sql "create table p (id bigint generated by default as identity primary key, v text not null, \"odd'c\" numeric(10,2)); create table c (id bigint, p bigint, n bigint)"
exits 0 '--no-tables: what the tables have not got is made' run notables --no-tables
is "$(sql "select string_agg(conname, ' ' order by conname) from pg_constraint where conrelid in ('p'::regclass, 'c'::regclass) and contype <> 'n'")" \
	'c_n_check c_p_fkey c_pkey p_pkey p_v_key' 'keys, checks, foreign keys'
is "$(sql "insert into p (v) values ('new') returning id")" 201 'and the position of the identity'

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
exits 0 '--sample' run sample --drop --sample 10%
is "$(rows)" '20 1920|20 3841' 'one row of ten'
exits 1 '--no-schemas: a schema that is missing' run noschemas -n nowhere --no-schemas
sql 'create schema nowhere'
exits 0 'one that is there' run noschemas2 -n nowhere --no-schemas
is "$(sql 'select count(*) from nowhere.c')" 200 'is used'

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
exits 1 'a parameter that the server does not know' run set --drop --set no_such_thing=1
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
