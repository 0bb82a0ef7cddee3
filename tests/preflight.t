#!/bin/sh
# What would stop a run is found before anything is written, all of it at once, and told with what to do.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
# For a df of ours.
PATH=$T:$PATH

# plan NAME OPTION…: a plan, of which no run is needed to be looked at.
plan()
{
	plan_name=$1
	shift
	pgtide plan -q -d "$T/$plan_name" "$@" "$T/db" "$(pg_uri)"
}

# looks STATUS DESC NAME USER: what preflight says of a plan, in .output
looks()
{
	PGTIDE_TARGET=$(PGUSER=$4 pg_uri) exits "$1" "$2" pgtide-preflight "$T/$3"
}

says()
{
	like "$(cat "$T/.output")" "^pgtide: $1" "it says: $2"
}

sqlite3 -bail "$T/db" <<-'END'
	create table a (id integer primary key, email text, v text);
	create table b (id integer primary key, a integer references a);
	create index taken on b (a);
END
printf 'column a.email to citext2\n' >"$T/rules"
sql "do 'begin create role preflight login; exception when duplicate_object then null; end'"

pg_fresh rights
plan plain -r "$T/rules"
plan shop -n shop
sql 'revoke create on schema public from public; revoke create on database rights from public'
looks 1 'a role without rights, and a type that is not there' plain preflight
says 'target: schema public: preflight may not create in it: GRANT USAGE, CREATE ON SCHEMA public TO preflight' 'no right in the schema'
says 'target: schema pgtide: .*GRANT CREATE ON DATABASE rights TO preflight' 'no right to make the schema of marks'
says 'target: citext2: the target has no such type' 'a type'
is "$(grep -c '	not ok	' "$T/plain/checks/preflight")" 3 'the verdict has all of it'
looks 1 'a schema that is missing' shop preflight
says 'target: schema shop: is not there, and preflight may make none' 'and nobody may make it'
is "$(sql "select count(*) from pg_namespace where nspname in ('shop', 'pgtide')")" 0 'nothing was made'
looks 0 'the owner may' shop "$PGUSER"

# --- names ------------------------------------------------------------------------------------------

pg_fresh names
plan names
plan drop --drop
sql 'create view a as select 1 as x; create sequence taken; create table b (x int)'
looks 1 'names that are taken' names "$PGUSER"
says 'target: table public.a: the name is that of a view of the target' 'by a view'
says 'target: index public.taken: the name is that of a sequence' 'by a sequence'
says 'target: table public.b is there already' 'by a table'
looks 1 'a view is not dropped for a table' drop "$PGUSER"
sql 'drop view a; drop sequence taken; create role other; alter table b owner to other; grant all on schema public to preflight; grant create on database names to preflight'
looks 1 'nor a table of somebody else' drop preflight
says 'target: table public.b: belongs to other, so preflight may not drop it' 'whose it is'
looks 0 'whom a superuser need not ask' drop "$PGUSER"

# --- the server, and this machine -------------------------------------------------------------------

sql 'drop table b; alter database names set default_transaction_read_only = on'
looks 1 'a database that is read-only' names "$PGUSER"
says 'target: transactions are read-only: ALTER DATABASE' 'and how it is no more'
sql 'begin read write; alter database names reset default_transaction_read_only; commit'
PGTIDE_TARGET=$(PGUSER=nobody_is_called_this pg_uri) exits 1 'a server that does not answer' pgtide-preflight "$T/names"
says 'target: .*nobody_is_called_this' 'what it said'
printf '#!/bin/sh\nprintf "a b c d\\nx 1 1 1024 1 /\\n"\n' >"$T/df"
chmod +x "$T/df"
looks 1 'a disk that is full' names "$PGUSER"
says 'run directory: only 1 MB are free of the 16 MB' 'how full'
rm "$T/df"
looks 0 'and now nothing stops it' names "$PGUSER"
is "$(cat "$T/names/checks/preflight")" 'preflight	target	ok	' 'says the verdict'
exits 2 'no plan: wrong call' pgtide-preflight "$T"

done_testing
