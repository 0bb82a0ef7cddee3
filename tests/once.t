#!/bin/sh
# Exactly once: a range that is loaded is not loaded again, whatever happened to the program that did it, and a table
# that is not what it was is never taken for loaded.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh once

# wait_until SQL: until it gives t, ten seconds at most.
wait_until()
{
	wait_for 100 gives t sql "$1"
}

status_of()
{
	got=0
	wait "$1" 2>/dev/null || got=$?
}

# rows FROM TO, into t
rows()
{
	printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tinteger\n'
	seq "$1" "$2"
	printf '#end\t%d\t0\n' $(($2 - $1 + 1))
}
rows 1 1000 >"$T/1"
rows 1001 2000 >"$T/2"

# load STATUS DESC FILE OPTION…
load()
{
	load_want=$1 load_desc=$2 load_file=$3
	shift 3
	exits "$load_want" "$load_desc" sh -c 'exec pg-copy "$@" <"$0"' "$load_file" "$@" postgresql://
	cp "$T/.output" "$T/err"
}

count()
{
	sql 'select count(*), count(distinct a) from t'
}

sql 'create table t (a int)'

# --- again and again

load 0 'a range' "$T/1" -R r1 -k 1 -D -S "$T/stats1"
load 0 'the same range again' "$T/1" -R r1 -k 1 -D -S "$T/stats2"
like "$(cat "$T/err")" "^pg-copy: public.t: already loaded by run 'r1': 1000 rows" 'is told'
is "$(count)" '1000|1000' 'and nothing is loaded'
sed '/^seconds/d' "$T/stats1" >"$T/want"
sed '/^seconds/d; /^already	public	t$/d' "$T/stats2" >"$T/got"
same_file "$T/got" "$T/want" 'the statistics are those of the first time'
like "$(cat "$T/stats2")" '^already' 'and say that it was'
load 0 'again, with the table named and no input' /dev/null -R r1 -k 1 -n public -t t
load 3 'another range, without input' /dev/null -R r1 -k 2 -n public -t t
load 0 'another range' "$T/2" -R r1 -k 2
is "$(count)" '2000|2000' 'is loaded'
load 1 'bad input' "$0" -R r1 -k 3
load 0 'another run' "$T/1" -R r2 -k 1
is "$(count)" '3000|2000' 'loads again'
load 0 'a range without a name' "$T/1" -R r3
load 0 'again' "$T/1" -R r3
is "$(count)" '4000|2000' 'is loaded once'
is "$(sql "select count(*) from pgtide.loaded where finished is null or rows <> 1000")" 0 'all markers are complete'
cat "$T/1" "$T/2" >"$T/both"
load 2 'a table twice in a range' "$T/both" -R r4
like "$(cat "$T/err")" 'a range is one part of it' 'is told'
load 2 'a range without a run' "$T/1" -k 4
is "$(count)" '4000|2000' 'nothing was loaded'

# --- several tables in a range: all of them or none

sql 'create table t2 (a int); create table t3 (a int check (a < 900)); truncate t'
{ cat "$T/1"; sed '1s/t$/t2/' "$T/2"; } >"$T/in"
load 0 'two tables in a range' "$T/in" -R m1 -k 1 -D -S "$T/stats1"
load 0 'the same again' "$T/in" -R m1 -k 1 -D -S "$T/stats2"
is "$(count) $(sql 'select count(*), min(a) from t2')" '1000|1000 1000|1001' 'are loaded once'
is "$(sed '/^seconds/d; /^already/d' "$T/stats2")" "$(sed '/^seconds/d' "$T/stats1")" \
	'the statistics of both are those of the first time'
load 0 'the first table names the range' /dev/null -R m1 -k 1 -n public -t t -S "$T/stats3"
is "$(grep -c '^table' "$T/stats3")" 2 'and both are told of'
{ sed '1s/t$/t2/' "$T/2"; sed '1s/t$/t3/' "$T/1"; } >"$T/in2"
load 1 'the second table has a bad row' "$T/in2" -R m1 -k 2
is "$(sql 'select count(*) from t2') $(sql "select count(*) from pgtide.loaded where run = 'm1' and range = '2'")" '1000 0' 'then neither is loaded'
sql 'drop table t2; create table t2 (a int)'
load 1 'one of two tables is another now' "$T/in" -R m1 -k 1
like "$(cat "$T/err")" 'public.t2: is not the table that' 'that is told'
sql 'drop table t2, t3; truncate t; delete from pgtide.loaded'

# --- with rejects: the file of the first time stays

sed 's/^7$/x/' "$T/1" >"$T/in"
sql 'truncate t'
load 0 'with a bad row' "$T/in" -R r5 -e 1 -E "$T/bad" -S "$T/stats1"
cp "$T/bad" "$T/kept"
load 0 'again' "$T/in" -R r5 -e 1 -E "$T/bad" -S "$T/stats2"
is "$(grep ^table "$T/stats1")" "$(grep ^table "$T/stats2")" 'the figures are the same'
same_file "$T/bad" "$T/kept" 'the reject file is as it was'

# --- twins

sql 'truncate t'
mkfifo "$T/pipe"
{ head -n 500 "$T/1"; exec sleep 60; } >"$T/pipe" &
writer=$!
pg-copy -R r6 postgresql:// <"$T/pipe" 2>"$T/err" &
first=$!
ok 'a load has begun' wait_until "select count(*) = 1 from pg_stat_activity where query like '%COPY%' and state = 'active' and wait_event = 'ClientRead' and datname = current_database()"
load 75 'its twin waits no longer than lock_timeout' "$T/1" -R r6 -c lock_timeout=300
like "$(cat "$T/err")" 'lock timeout \(55P03\)' 'and says why'
load 0 'another range does not wait' "$T/2" -R r6 -k 2 -c lock_timeout=300
env pg-copy -R r6 postgresql:// <"$T/1" 2>"$T/err2" &
second=$!
ok 'a second twin waits' wait_until "select count(*) = 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
kill -9 "$first"
status_of "$first"
kill "$writer"
status_of "$writer"
status_of "$second"
is "$got" 0 'when the first is killed the second loads'
is "$(count)" '2000|2000' 'all is there once'

sql 'truncate t'
sed '$d' "$T/1" >"$T/most"
{ cat "$T/most"; while [ ! -e "$T/go" ]; do sleep 0.1; done; tail -n 1 "$T/1"; } >"$T/pipe" &
writer=$!
pg-copy -R r7 postgresql:// <"$T/pipe" 2>"$T/err" &
first=$!
ok 'a load has begun' wait_until "select count(*) = 1 from pg_stat_activity where query like '%COPY%' and state = 'active' and wait_event = 'ClientRead' and datname = current_database()"
pg-copy -R r7 postgresql:// <"$T/1" 2>"$T/err2" &
second=$!
ok 'its twin waits' wait_until "select count(*) = 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
touch "$T/go"
status_of "$first"
is "$got" 0 'the first one loads'
status_of "$second"
is "$got" 0 'the second one is content'
like "$(cat "$T/err2")" 'already loaded' 'with what is there'
is "$(count)" '1000|1000' 'all is there once'

# The first ones of a database at the same time.
sql 'drop table pgtide.loaded; drop schema pgtide; truncate t'
for i in 1 2 3 4 5 6; do
	pg-copy -R r8 -k $i postgresql:// <"$T/1" 2>"$T/err.$i" &
	eval "pid$i=\$!"
done
failed=
for i in 1 2 3 4 5 6; do
	eval "status_of \$pid$i"
	[ "$got" = 0 ] || failed="$failed $got: $(cat "$T/err.$i")"
done
is "$failed" '' 'six at once make the table of markers'
is "$(count)" '6000|1000' 'and load'

# --- killed when COMMIT is near: a trigger on the marker holds the server there

sql "create function hold() returns trigger language plpgsql as
	'begin perform pg_sleep(1.5); return new; end'"
killed_at()
{
	sql "truncate t; $1"
	pg-copy -R "$2" postgresql:// <"$T/1" 2>"$T/err" &
	first=$!
	ok "$3: it is there" wait_until "select count(*) = 1 from pg_stat_activity where wait_event = 'PgSleep' and query like '$4'"
	kill -9 "$first"
	status_of "$first"
	load 0 "$3: again" "$T/1" -R "$2"
	is "$(count)" '1000|1000' "$3: all is there once"
	sql 'drop trigger hold on pgtide.loaded'
}
killed_at 'create trigger hold before update on pgtide.loaded for each row execute function hold()' \
	r9 'killed before COMMIT' 'UPDATE pgtide.loaded%'
killed_at 'create constraint trigger hold after update on pgtide.loaded deferrable initially deferred
	for each row execute function hold()' r10 'killed during COMMIT' COMMIT
like "$(cat "$T/err")" 'already loaded' 'the second time found it'

# With rejects: the second one must not touch the file before it knows that there is something to do.
sql "truncate t; create constraint trigger hold after update on pgtide.loaded deferrable initially deferred
	for each row execute function hold()"
sed 's/^7$/x/' "$T/1" >"$T/in"
pg-copy -R r11 -e 1 -E "$T/bad" postgresql:// <"$T/in" 2>"$T/err" &
first=$!
ok 'COMMIT is there' wait_until "select count(*) = 1 from pg_stat_activity where wait_event = 'PgSleep' and query = 'COMMIT'"
kill -9 "$first"
status_of "$first"
load 0 'killed during COMMIT, with a bad row: again' "$T/in" -R r11 -e 1 -E "$T/bad"
like "$(cat "$T/err")" 'already loaded' 'the second time found it'
is "$(rows-fmt "$T/bad" | tail -n 1)" "$(printf '#end\t1\t0')" 'the reject file is whole'
sql 'drop trigger hold on pgtide.loaded'

# --- tables that are not what they were

sql 'truncate t'
load 0 'a range' "$T/1" -R s1
sql 'truncate t'
load 1 'the table was truncated' "$T/1" -R s1
like "$(cat "$T/err")" 'truncated or rewritten' 'that is told'
is "$(count)" '0|0' 'nothing is loaded'
exits 0 'pg-copy -Z empties it' pg-copy -Z -t t postgresql://
is "$(sql "select count(*) from pgtide.loaded where relid = 't'::regclass")" 0 'its markers are gone'
load 0 'then it is loaded' "$T/1" -R s1
sql 'vacuum full t'
load 1 'the table was rewritten' "$T/1" -R s1
is "$(count)" '1000|1000' 'nothing is loaded'

sql 'drop table t; create table t (a int)'
load 0 'the table was dropped and made again' "$T/1" -R s1
like "$(cat "$T/err")" 'loading again' 'that is told'
is "$(count)" '1000|1000' 'and it is loaded'

sql 'create table other (a int)'
sql 'alter table t rename to gone; alter table other rename to t'
load 0 'another table took its name' "$T/1" -R s1
like "$(cat "$T/err")" 'loading again' 'that is told'
is "$(count)" '1000|1000' 'and it is loaded'
sql 'alter table t rename to other; alter table gone rename to t'
load 0 'and back' "$T/1" -R s1
like "$(cat "$T/err")" 'already loaded' 'it is known again'
is "$(count)" '1000|1000' 'and not loaded'

load 0 'truncated by another run' "$T/2" -T -R s2
load 0 'which knows its own range' "$T/2" -T -R s2
is "$(count)" '1000|1000' 'all is there once'
load 0 'the first run' "$T/1" -R s1
is "$(count)" '2000|2000' 'has to load again'

sql 'create table p (a int) partition by range (a)'
sql 'create table p1 partition of p for values from (1) to (500); create table p2 partition of p default'
sed 's/	t$/	p/' "$T/1" >"$T/p"
load 0 'a partitioned table' "$T/p" -R s1
load 0 'again' "$T/p" -R s1
like "$(cat "$T/err")" 'already loaded' 'is known'
sql 'truncate p2'
load 1 'a partition was truncated' "$T/p" -R s1

# --- who may do what

sql 'create role loader; grant insert on t to loader'
load 1 'a role that may not write markers' "$T/1" -R u1 -c role=loader
like "$(cat "$T/err")" 'permission denied' 'is told so'
sql 'grant usage on schema pgtide to loader; grant select, insert, update on pgtide.loaded to loader; grant usage on schema public to loader'
load 0 'one that may' "$T/1" -R u1 -c role=loader

done_testing
