#!/bin/sh
# What becomes of tables that are there: refused, or replaced, with what hangs on them.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/modes.sh
. "$TOP/tests/lib/modes.sh"

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
is "$(grep -c '^dropped' "$T/night4/verdict" || :)" 0 'and nothing that is lost'

# --- what users have added to the tables ------------------------------------------------------------

sql "alter table c add extra text, add check (n < 100000), add exclude using btree (id with =), alter n set default 3;
	create index on c (p, n); create unique index small on p (v) where id < 10; alter table p enable row level security, replica identity full"
for names in uniquify keep; do
	exits 0 "--drop: they stop nothing, names $names" run added --drop --index-names "$names"
	sed -n 's/^pgtide: target: \(.*\) goes with its table, and the source has none$/\1/p' "$T/.output" >"$T/got.$names"
	sed -n 's/^dropped	\(.*\)	ok	with its table; the source has none$/\1/p' "$T/added/verdict" >"$T/verdict.$names"
done
cat >"$T/want" <<-'END'
	default of column n of public.c
	column extra of public.c
	index c_p_n_idx of public.c
	check c_n_check of public.c
	exclusion constraint c_id_excl of public.c
	unique key small of public.p
	replica identity of public.p
	row level security of public.p
END
same_file "$T/got.uniquify" "$T/want" 'they are listed'
same_file "$T/verdict.uniquify" "$T/want" 'the verdict has them'
is "$(cat "$T/got.keep")" '' 'and the next night nothing, whatever indexes are called'

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
pgtide plan -q --drop -d "$T/broken" "$T/db" "$(pg_uri)"
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

done_testing
