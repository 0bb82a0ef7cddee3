#!/bin/sh
# Rows into tables that are there: as their owner made them, and left as they were.
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
is "$(rows)" "201 20099|200 40200" 'to what is there'
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
	'c_check c_p_fkey c_pkey p_pkey p_v_key' 'keys, checks, foreign keys'
is "$(sql "insert into p (v) values ('new') returning id")" 201 'and the position of the identity'

done_testing
