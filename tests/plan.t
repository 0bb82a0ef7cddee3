#!/bin/sh
# The plan of a run is a makefile: it can be looked at, run by hand, and run again; and hostile names do nothing in it.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
pg_need tcp

# contents NAME: all that the database holds, its catalogue and the digest of each table, in $T/NAME.contents.
contents()
{
	PGTIDE_SOURCE=$(pg_uri) pg-schema | grep -v '^#' >"$T/$1.contents"
	while IFS= read -r schema && IFS= read -r table && read -r _ && read -r _; do
		PGTIDE_SOURCE=$(pg_uri) pg-rows -n "$schema" -t "$table" </dev/null | rows-digest
	done <"$T/$1/tables" >>"$T/$1.contents"
}

constraints()
{
	sql "select string_agg(conname, ' ' order by conname) from pg_constraint
		where connamespace = 'public'::regnamespace and convalidated and contype <> 'n'"
}

sqlite3 -bail "$T/db" <<-'END'
	create table "a'b" (id integer primary key, "$(touch pwned)" text not null unique);
	create table "$HOME `touch pwned`" (id integer primary key, p integer references "a'b", "tab	ulated" text);
	create table "line
	two" ("#hash" integer primary key autoincrement, p integer references "a'b", q integer references "line
	two");
	create table "-n;#%\" (x integer, y text);
	create index "ix$$(RUN)" on "-n;#%\" (y, x desc);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 500)
	insert into "a'b" select n, 'text ' || n from n;
	insert into "$HOME `touch pwned`" select id, 501 - id, 'x' || id from "a'b";
	insert into "line
	two" select id * 2, id, case when id > 1 then 2 end from "a'b";
	insert into "-n;#%\" values (1, 'one'), (null, null);
END
mkdir "$T/work"
cd "$T/work"

# --- a plan, and nothing else -----------------------------------------------------------------------

pg_fresh byhand
pgtide plan -d "$T/byhand" "$T/db" "$(pg_uri)" >"$T/out"
is "$(cat "$T/out")" "$T/byhand/plan.mk" 'plan: says where it is'
is "$(sql "select count(*) from pg_namespace where nspname = 'pgtide'") $(constraints)" '0 ' 'plan: nothing is in the target'
is "$(ls "$T/byhand/done")" '' 'plan: nothing is done'
for program in sqlite-rows cast-rows pg-copy; do
	is "$(grep -c "{ $program " "$T/byhand/plan.mk")" 1 "plan: small tables share a $program"
done
is "$(grep -o ' -t ' "$T/byhand/plan.mk" | grep -c .)" 8 'and each of them is named when it is read, and read back'

# --- the dry run, run by hand -----------------------------------------------------------------------

PGTIDE_SOURCE=$T/db PGTIDE_TARGET=$(pg_uri)
export PGTIDE_SOURCE PGTIDE_TARGET
make -n -C "$T/byhand" --no-print-directory -f plan.mk >"$T/commands"
is "$(ls "$T/byhand/done")" '' 'make -n: nothing is done'
ok 'its commands, run by a shell' sh -c "cd '$T/byhand' && sh '$T/commands'"
is "$(grep -c 'not ok' "$T/byhand/verdict" || :)" 0 'by hand: the verdict is ok throughout'
unset PGTIDE_SOURCE PGTIDE_TARGET
contents byhand

# Without the environment: the plan knows source and target.
pg_fresh alone
pgtide plan -q -d "$T/alone" ../db "$(pg_uri)"
ok 'make alone does it' make -s -k -C "$T/alone" --no-print-directory -f plan.mk
contents alone
same_file "$T/alone.contents" "$T/byhand.contents" 'and the target is the same'

# --- by make ----------------------------------------------------------------------------------------

pg_fresh four
exits 0 'four at a time' pgtide -q -j 4 -d "$T/four" "$T/db" "$(pg_uri)"
contents four
same_file "$T/four.contents" "$T/byhand.contents" 'and the target is the same'
pg_fresh one
pgtide plan -q -j 1 -d "$T/one" "$T/db" "$(pg_uri)"
exits 0 'one after the other, from a plan' pgtide run -q -d "$T/one"
contents one
same_file "$T/one.contents" "$T/byhand.contents" 'and the target is the same'
is "$(find "$T" -name pwned)" '' 'no name was run'

# --- again ------------------------------------------------------------------------------------------

sleep 1
touch "$T/now"
exits 0 'run again: status 0' pgtide run -q -d "$T/one"
is "$(find "$T/one/done" "$T/one/stats" "$T/one/digest" -newer "$T/now" -type f)" '' 'and nothing was done'
sqlite3 "$T/db" 'create table more (x integer)'
exits 6 'a source with one more table is refused' pgtide run -q --allow-mixed-snapshot -d "$T/one"
like "$(cat "$T/.output")" '^> table	main	more' 'and the difference is shown'
sqlite3 "$T/db" 'drop table more'
exits 0 'one that was written is not read again when all is loaded' pgtide run -q -d "$T/one"
rm "$T/one/done/read"
exits 0 'or else all is loaded again' pgtide run -q -d "$T/one"
like "$(cat "$T/.output")" '^pgtide: source: the instant of the rows that are loaded is gone: all is loaded again' 'and that is said'
like "$(cat "$T/one/verdict")" '^snapshot	source	ok	written since the run began, so all was loaded again' 'and the verdict says it'
rm "$T/one/done/read"
sqlite3 "$T/db" 'create table more (x integer); drop table more'
exits 0 'unless mixing is allowed' pgtide run -q --allow-mixed-snapshot -d "$T/one"
like "$(cat "$T/one/verdict")" '^snapshot	source	ok	of more than one instant' 'and then the verdict says it'
PGTIDE_TARGET=postgresql:///other
export PGTIDE_TARGET
exits 2 'another target is refused' pgtide run -q -d "$T/one"
unset PGTIDE_TARGET
exits 2 'options of the plan are refused' pgtide run -e 3 -d "$T/one"
exits 2 'run: without a directory' pgtide run
exits 2 'run: in a directory without a plan' pgtide run -d "$T/work"

# --- a failure, mended ------------------------------------------------------------------------------

# The keys of the tables that are in are built, what belongs to all waits; mended, only what is missing is done.
sqlite3 -bail "$T/mend.db" <<-'END'
	create table good (id integer primary key);
	create table child (id integer primary key, g integer references good);
	create table bad (id integer primary key, n text);
	insert into good values (1), (2);
	insert into child values (1, 1), (2, 2);
	insert into bad values (1, 'x'), (2, 'x');
END
pg_fresh mend
pgtide plan -q -d "$T/mend" "$T/mend.db" "$(pg_uri)"
sql "create function no() returns trigger language plpgsql as 'begin raise exception ''not now''; end'"
echo 'CREATE TRIGGER no BEFORE INSERT ON public.bad EXECUTE FUNCTION public.no();' >>"$T/mend/pre.sql"
exits 1 'a table fails' pgtide run -q -d "$T/mend"
is "$(constraints)" 'child_g_fkey child_pkey good_pkey' 'the others have their keys, and the foreign keys between them'
like "$(cat "$T/mend/verdict")" '^rows	public.bad	not ok	stage copy ended with 1$' 'the verdict tells the table'
sql 'drop trigger no on bad'
sleep 1
touch "$T/now"
exits 0 'mended, it goes on' pgtide run -q -d "$T/mend"
is "$(cd "$T/mend/stats" && find . -name '*.1-rows' -newer "$T/now")" './0002.1-rows' 'only that table was read'
is "$(constraints)" 'bad_pkey child_g_fkey child_pkey good_pkey' 'all keys are there'

# --- columns that others add ---------------------------------------------------------------------------

echo "alter table public.good add column noted timestamptz default now(), add column first int" >"$T/more.sql"
pg_fresh more
exits 0 'a hook adds columns to a table: what was sent is compared' pgtide -q --after-schema "$T/more.sql" -d "$T/more" "$T/mend.db" "$(pg_uri)"
like "$(cat "$T/more/verdict")" '^digest	public.good	ok' 'and is there'

# --- passwords --------------------------------------------------------------------------------------

pg_fresh secret
own_programs "$T/bin"
# What ps shows while rows are loaded.
printf '#!/bin/sh\nps -eo args >>"%s/ps"\nexec "%s/pg-copy" "$@"\n' "$T" "$PGTIDE_BIN" | stand_in "$T/bin" pg-copy
PGTIDE_SOURCE=$T/mend.db PGTIDE_TARGET="postgresql://app:secret@127.0.0.1:$PGPORT/$PGDATABASE"
export PGTIDE_SOURCE PGTIDE_TARGET
exits 0 'a password in the URI' "$T/bin/pgtide" -v -d "$T/secret"
is "$(grep -c 'PGDATABASE' "$T/ps" || :)" 0 'ps shows arguments, not the environment'
ok 'and has seen the loads' grep -q 'pg-copy -D' "$T/ps"
is "$(grep -cE 'app:secret|secret@' "$T/ps" || :)" 0 'but no password'
is "$(grep -rlE 'app:secret|secret@' "$T/secret" "$T/.output" || :)" '' 'nor have plan, logs and reports'
unset PGTIDE_TARGET
exits 2 'a later run needs it again' pgtide run -q -d "$T/secret"

done_testing
