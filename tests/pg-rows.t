#!/bin/sh
# pg-rows with several sessions: the same rows as with one, of one instant, and the same errors.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh rows
PGTIDE_SOURCE=$(pg_uri)
export PGTIDE_SOURCE

# 80 MB, with holes, rows that were moved, and one that is longer than a page; another one inherits from it.
sql 'create table big (id int primary key, t text not null)'
sql "insert into big select i, repeat('x', 120) || i from generate_series(1, 500000) i"
sql 'delete from big where id % 7 = 0'
sql "update big set t = 'moved' where id % 11 = 0"
sql "insert into big select 0, string_agg(md5(i::text), '') from generate_series(1, 100000) i"
sql 'create table heir () inherits (big)'
sql "insert into heir values (1, 'not one of big')"
sql 'create view seen as select id from big where id < 10'
sql "create table parts (id int) partition by list (id)"
sql 'create table part partition of parts default'
sql 'insert into parts select generate_series(1, 5)'

digest()
{
	pg-rows "$@" | rows-digest
}
backends()
{
	sql "select count(*) from pg_stat_activity where application_name like 'pgtide pg-rows%' and $1"
}

digest -t big -t seen -t parts >"$T/one"
for n in 2 3 16; do
	digest -j $n -t big -t seen -t parts >"$T/several"
	is "$(cat "$T/several")" "$(cat "$T/one")" "$n sessions: the same rows"
done
pg-rows -j 2 -S "$T/stats" -t big >"$T/rows"
is "$(sed '/^#/d' "$T/rows" | wc -l)" "$(sql 'select count(*) from only big')" 'each once'
is "$(sed -n 's/^table	//p' "$T/stats" | cut -f 3)" "$(sql 'select count(*) from only big')" 'and counted'
is "$(sed '/^#/d' "$T/rows" | cut -f 1 | sort -n | cksum)" "$(sql 'select id from only big order by id' | cksum)" 'no other ones'

# While it waits for its reader, others write, and take away what a part of it has to read.
mkfifo "$T/pipe"
pg-rows -j 2 -t big >"$T/pipe" &
exec 5<"$T/pipe"
dd bs=4096 count=1 <&5 >"$T/got" 2>/dev/null
is "$(backends "query like 'COPY%'")" "$(sql "select 1 + (current_setting('server_version_num')::int >= 140000)::int")" \
	'two read, of a server that can read parts'
sql "insert into big select i, 'later' from generate_series(1000000, 1100000) i"
sql 'delete from big where id % 2 = 0'
cat <&5 >>"$T/got"
wait $!
is "$(rows-digest <"$T/got")" "$(grep '	big	' "$T/one")" 'nothing is seen of what others do meanwhile'

# One of them dies.
status=0
pg-rows -j 2 -t big >"$T/pipe" 2>"$T/err" &
exec 5<"$T/pipe"
dd bs=4096 count=1 <&5 >"$T/got" 2>/dev/null
sql "select pg_terminate_backend(max(pid)) from pg_stat_activity where application_name like 'pgtide pg-rows%'" >/dev/null
cat <&5 >>"$T/got"
wait $! 2>/dev/null || status=$?
is "$status" 75 'a session that is gone ends it'
like "$(cat "$T/err")" 'public.big: ' 'with a message'
is "$(grep -c '^#end' "$T/got" || :)" 0 'and the rows have no end'

status=0
pg-rows -j 2 -t big >"$T/pipe" 2>"$T/err" &
exec 5<"$T/pipe"
dd bs=4096 count=1 <&5 >"$T/got" 2>/dev/null
kill -TERM $!
wait $! 2>/dev/null || status=$?
exec 5<&-
is "$status" 143 'a signal ends it'
ok 'and both of its sessions' wait_for 50 gives 0 backends true

exits 2 'no session' pg-rows -j 0 -t big
exits 2 'too many' pg-rows -j 17 -t big
done_testing
