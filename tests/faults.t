#!/bin/sh
# What a run says when it cannot be done: the status and the first line of standard error of each fault, as faults.out has
# them. Most of them end before a row is moved.
#
#	PGTIDE_BLESS=1 tests/faults.t     writes faults.out instead of comparing
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
pg_need tcp
unset PGTIDE_SOURCE PGTIDE_TARGET

# What differs from one machine to another, and from one run to the next, has a name in faults.out.
mask()
{
	sed -e "s|$T|\$T|g" -e "s|$PGHOST|\$PGHOST|g" -e "s|$PGPORT|\$PGPORT|g"
}

# fault NAME COMMAND…: a line of status, name and what it said first
fault()
{
	fault_name=$1 fault_status=0
	shift
	"$@" >/dev/null 2>"$T/err" </dev/null || fault_status=$?
	printf '%s\t%s\t%s\n' "$fault_status" "$fault_name" "$(head -n 1 "$T/err" | mask)" >>"$T/got"
}

# run NAME OPTION… SOURCE TARGET: a fault of pgtide, with a run directory of its own
run()
{
	run_name=$1
	shift
	rm -rf "$T/run"
	fault "$run_name" pgtide -q -d "$T/run" "$@"
}

: >"$T/got"
pg_fresh faults
uri=$(pg_uri)
sqlite3 -bail "$T/db" "create table t (id integer primary key, v text); insert into t values (1, 'x')"

# --- the call ---------------------------------------------------------------------------------------

run 'no source'
run 'no target' "$T/db"
run 'an operand too many' "$T/db" "$uri" more
run 'an option that is unknown' --nonsense "$T/db" "$uri"
run 'an option without its argument' -r
run 'a limit of rejects that is none' -e many "$T/db" "$uri"
run 'a number of jobs that is none' -j 0 "$T/db" "$uri"
run 'a budget that is none' --time-budget soon "$T/db" "$uri"
run 'options: truncate and append' --truncate --append "$T/db" "$uri"
run 'options: drop and data-only' --drop --data-only "$T/db" "$uri"
run 'options: schema-only and limit' --schema-only --limit 3 "$T/db" "$uri"
run 'options: cascade alone' --cascade "$T/db" "$uri"
run 'a parameter that is pgtide'\''s' --set datestyle=German "$T/db" "$uri"
run 'a hook that is not there' --before "$T/none.sql" "$T/db" "$uri"
run 'a query that is not there' --query "q=$T/none.sql" "$T/db" "$uri"
run 'a kind of source that is unknown' oracle://db/x "$uri"
mkdir "$T/full"
touch "$T/full/file"
fault 'a run directory that is not empty' pgtide -q -d "$T/full" "$T/db" "$uri"
fault 'a run directory that is a file' pgtide -q -d "$T/full/file" "$T/db" "$uri"
fault 'run: no run directory' pgtide run -q -d "$T/full"
fault 'plan: no directory' pgtide plan "$T/db" "$uri"

# --- the source -------------------------------------------------------------------------------------

run 'a source that is not there' "$T/none.db" "$uri"
run 'a source that is a directory' "$T/full" "$uri"
echo 'this is no database, but a text of some length' >"$T/text"
run 'a source that is a text' "$T/text" "$uri"
head -c 5000 "$T/db" >"$T/cut"
run 'a source that is cut' "$T/cut" "$uri"
sqlite3 "$T/empty" 'create table t (x); drop table t'
run 'a source without tables' "$T/empty" "$uri"

# --- rules ------------------------------------------------------------------------------------------

run 'rules that are not there' -r "$T/none.cast" "$T/db" "$uri"
echo 'column t.v to' >"$T/bad.cast"
run 'rules that end early' -r "$T/bad.cast" "$T/db" "$uri"
run 'a pattern that matches nothing' --include nothing "$T/db" "$uri"
# shellcheck disable=SC2088	# it is a pattern
run 'a pattern that is wrong' --exclude '~/(/' "$T/db" "$uri"
echo 'column t.v to nosuchtype' >"$T/type.cast"
run 'a type that the target has not' -r "$T/type.cast" "$T/db" "$uri"

# --- the target -------------------------------------------------------------------------------------

run 'a target that is no URI' "$T/db" 'postgres//here'
run 'a server that is not there' "$T/db" "postgresql:///faults?host=$T&port=1"
run 'a wrong password' "$T/db" "postgresql://app:wrong@127.0.0.1:$PGPORT/faults"
run 'a database that is not there' "$T/db" "$(PGDATABASE=none pg_uri)"
sql 'create table t (x int)'
run 'a table that is there' "$T/db" "$uri"
run 'a table that is there, of other columns' --data-only "$T/db" "$uri"
sql 'drop table t; alter database faults set default_transaction_read_only = on'
run 'a target that is read-only' "$T/db" "$uri"
sql 'begin read write; alter database faults reset default_transaction_read_only; create role nobody_much login; commit'
run 'a role without rights' "$T/db" "$(PGUSER=nobody_much pg_uri)"

is "$(sql "select count(*) from pg_class where relnamespace in (select oid from pg_namespace where nspname in ('public', 'pgtide'))")" 0 'nothing of all this has written to the target'

# --- the rows, and later ----------------------------------------------------------------------------

pg_fresh rows
uri=$(pg_uri)
sqlite3 -bail "$T/bad" "create table b (id integer primary key, n integer); insert into b values (1, 'text')"
run 'a text in an integer column' "$T/bad" "$uri"
sqlite3 -bail "$T/orphan" 'create table p (id integer primary key); create table o (id integer primary key, p integer references p);
	insert into p values (1); insert into o values (1, 2)'
run 'a row that refers to none' "$T/orphan" "$uri"
echo 'select 1 / 0' >"$T/hook.sql"
run 'a hook that fails' --before "$T/hook.sql" "$T/db" "$uri"
pgtide plan -q -d "$T/plan" "$T/db" "$uri"
PGTIDE_TARGET="$(PGDATABASE=faults pg_uri)" fault 'run: another target' pgtide run -q -d "$T/plan"
sqlite3 "$T/db" 'alter table t add column w'
fault 'run: another schema' pgtide run -q -d "$T/plan"

if [ -n "${PGTIDE_BLESS-}" ]; then
	cp "$T/got" "$TOP/tests/faults.out"
fi
same_file "$T/got" "$TOP/tests/faults.out" "$(grep -c . "$T/got") faults: status and first line"
is "$(grep -c '^0' "$T/got" || :)" 0 'none of them passes for a success'
done_testing
