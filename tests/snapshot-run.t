#!/bin/sh
# pgtide reads one instant of a MariaDB that is written all the time, by four readers; also when it is killed and goes on.
#
#	tests/snapshot-run.t          1 run, 1 that is killed
#	tests/snapshot-run.t full     20 and 10, of bigger tables
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v python3 >/dev/null || skip_all 'no python3'
unset PGTIDE_SOURCE PGTIDE_SNAPSHOT

runs=1 kills=1 rows=3000 rate=100 part=64k
if [ "${1-}" = full ]; then
	runs=20 kills=10 rows=100000 rate=500 part=1M
fi
set --
# shellcheck disable=SC2119	# without tcp
pg_need
MYSQL_SETTINGS='log-bin = log'
mysql_need mariadb
mysql_fresh bank
python3 "$TOP/tests/lib/mysql_writer.py" make "$rows" | mariadb bank
pg_fresh bank

sql()
{
	PGOPTIONS="-c client_min_messages=warning" psql -XAtqc "$1"
}

move()
{
	pgtide -q -j 4 --part-size "$part" "$@" mysql:///bank "dbname=$PGDATABASE" 9>&-
}

# What is true at each instant, of the schema $1: the sum, orphans, transfers without two parts; and the foreign keys.
instant()
{
	sql "select (select sum(amount) from $1.credit) + (select sum(amount) from $1.debit) || ' ' ||
		(select count(*) from $1.part p left join $1.transfer t on t.id = p.transfer where t.id is null) || ' ' ||
		(select count(*) from (select t.id from $1.transfer t left join $1.part p on p.transfer = t.id group by t.id having count(p.id) <> 2) as wrong) || ' ' ||
		(select count(*) from pg_constraint where contype = 'f' and convalidated and connamespace = '$1'::regnamespace)"
}

# gone RUN: waits until its holder is
gone()
{
	wait_for 100 test ! -S "$1/job/socket" || :
}

mkfifo "$T/to_writer"
python3 "$TOP/tests/lib/mysql_writer.py" write "$rows" "$rate" <"$T/to_writer" 2>"$T/writer.err" | mariadb -N bank >"$T/writer" 2>>"$T/writer.err" &
writer_pid=$!
exec 9>"$T/to_writer"
tries=300
until [ "$(mariadb -N bank -e 'select count(*) from transfer')" -gt 200 ] || [ "$tries" -eq 0 ]; do
	tries=$((tries - 1))
	sleep 0.1
done
[ "$tries" -gt 0 ] || diag "$(cat "$T/writer.err")"

# --- runs that nobody disturbs ----------------------------------------------------------------------

good=0 run=0
while [ "$run" -lt "$runs" ]; do
	run=$((run + 1))
	rm -rf "$T/run"
	if move -d "$T/run" -n "run$run" >"$T/out" 2>&1 && [ "$(instant "run$run")" = '0.00 0 0 2' ]; then
		good=$((good + 1))
	else
		diag "run $run: $(cat "$T/out") $(instant "run$run")"
	fi
	cat "$T/run/job/held" >>"$T/held"
	sql "drop schema run$run cascade"
done
is "$good" "$runs" "$runs runs: each time sums and references of one instant"
like "$(cat "$T/run/verdict")" '^snapshot	source	ok	one instant, held for 4 readers: others could not write for 0\.[0-9]* s, at log\.' 'the verdict says which'
# Steps of parts have a number behind that of the tables.
cut=$(cut -f 1 "$T/run/steps" | sed -n 's/\.[0-9]*$//p' | sort | uniq -c | awk '{ print $1 }' | sort -n | tail -n 1)
ok "tables were read in parts, by several at a time: the most cut one in ${cut:-no}" [ "${cut:-0}" -ge 4 ]
gone "$T/run"
is "$(cut -f 2 "$T/run/job/snapshot-stats" | sed -n '2,3p' | tr '\n' ' ')" '4 0 ' 'four sessions, none of them lost; and it ended with the run'
ok 'the lock was asked for and held for less than 1 s, and held for less than 0.1 s' awk -F '\t' \
	'$1 == "snapshot" && ($4 + $5 >= 1 || $5 >= 0.1) { bad = 1 } END { exit bad || !NR }' "$T/held"
diag "asking and holding the lock took at most $(awk -F '\t' '{ print $4 + $5 }' "$T/held" | sort -n | tail -n 1) s, holding $(cut -f 5 "$T/held" | sort -n | tail -n 1) s"

# --- runs that are killed ---------------------------------------------------------------------------

# A pgtide whose rows take their time, so that it is killed before all are there.
own_programs "$T/bin"
# shellcheck disable=SC2016	# for the script
printf '#!/bin/sh\n"%s/cast-rows" "$@" | { dd bs=65536 count=1 2>/dev/null; sleep 3; cat; }\n' "$PGTIDE_BIN" | stand_in "$T/bin" cast-rows

# killed RUN SCHEMA TENTHS: a run that is killed so long after its first rows went to the target
killed()
{
	rm -rf "$1"
	"$T/bin/pgtide" -q -j 4 --part-size "$part" -d "$1" -n "$2" mysql:///bank "dbname=$PGDATABASE" 9>&- >"$T/out" 2>&1 &
	pgtide_pid=$!
	tries=600
	until [ -n "$(find "$1/log" -name '*.3-copy' 2>/dev/null)" ] || [ "$tries" -eq 0 ]; do
		tries=$((tries - 1))
		sleep 0.05
	done
	sleep "0.$3"
	kill -KILL "$pgtide_pid" 2>/dev/null || :
	wait "$pgtide_pid" 2>/dev/null || :
	[ ! -e "$1/done/read" ] || diag "$2: killed too late"
}

good=0 run=0 same=0
while [ "$run" -lt "$kills" ]; do
	run=$((run + 1))
	killed "$T/killed" "killed$run" "$((run % 10))"
	if pgtide run -q -j 4 -d "$T/killed" >"$T/out" 2>&1 && [ "$(instant "killed$run")" = '0.00 0 0 2' ]; then
		good=$((good + 1))
	else
		diag "kill $run: $(cat "$T/out") $(instant "killed$run")"
	fi
	same=$((same + $(grep -c '^snapshot	source	ok	.*this run went on in it$' "$T/killed/verdict" || :)))
	sql "drop schema killed$run cascade"
done
is "$good" "$kills" "$kills kills of pgtide: sums and references of one instant when the run has gone on"
diag "$same of $kills went on in the instant of the first try"

# --- the instant is gone ----------------------------------------------------------------------------

lose()
{
	killed "$T/lost" "$1" 0
	mysql-snapshot -e -o "$T/lost/job/socket" || :
	gone "$T/lost"
}
lose lost
exits 0 'a run whose instant is gone goes on' pgtide run -q -d "$T/lost"
like "$(cat "$T/.output")" 'all is loaded again, from another one$' 'and says that it begins again'
is "$(instant lost)" '0.00 0 0 2' 'it has one instant'
like "$(cat "$T/lost/verdict")" '^snapshot	source	ok	the instant of an earlier try was gone, so all was loaded again; one instant' 'the verdict says so'
lose mixed
pgtide run -q --allow-mixed-snapshot -d "$T/lost" >"$T/out" 2>&1 || :
like "$(cat "$T/lost/verdict")" '^snapshot	source	ok	of more than one instant, which was allowed; the last one: one instant' 'mixing is allowed: the verdict says so'

exec 9>&-
wait "$writer_pid" || :
diag "the writer: $(tr '\t' ' ' <"$T/writer") s; $(wc -l <"$T/writer.err") messages"

# --- what it cannot hold ----------------------------------------------------------------------------

mariadb bank -e 'create table notes (id int primary key) engine = aria; insert into notes values (1)'
exits 1 '--require-snapshot refuses tables without transactions' move -d "$T/notes" --require-snapshot -n notes
like "$(cat "$T/.output")" '^pgtide: source: of no instant: notes.notes$' 'and names them'
exits 0 'which are named without it' move -d "$T/named" -n named
like "$(cat "$T/named/verdict")" '^snapshot	named.notes	ok	not of the instant: Aria has no transactions$' 'in the verdict'
mariadb -e "create user reader identified by 'r'; grant select on bank.* to reader; drop table bank.notes"
exits 0 'SELECT is enough' pgtide -q -j 4 -d "$T/reader" -n reader --require-snapshot \
	"mysql://reader:r@localhost/bank?socket=$MYSQL_UNIX_PORT" "dbname=$PGDATABASE"
like "$(cat "$T/reader/verdict")" '^snapshot	source	ok	one instant, held for 4 readers, without a lock: by the position' 'and the verdict says how'

done_testing
