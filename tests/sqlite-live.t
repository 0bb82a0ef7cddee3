#!/bin/sh
# A database that is written 200 times a second while it is moved: each run shows one instant of it, and no writer waits
# longer than its busy timeout of five seconds.
#
#	tests/sqlite-live.t          3 runs in each journal mode
#	tests/sqlite-live.t full     20
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v python3 >/dev/null || skip_all 'no python3'
[ -x "$PGTIDE_BIN/sqlite-snapshot" ] || skip_all 'built without SQLite'

runs=3 rows=20000
if [ "${1-}" = full ]; then
	runs=20 rows=100000
fi
set --
# shellcheck disable=SC2119	# as it is
pg_need

sql()
{
	PGOPTIONS="-c client_min_messages=warning" psql -XAtqc "$1"
}

mkfifo "$T/to_writer"
# writer DATABASE: starts one. It ends when descriptor 9 is closed.
writer()
{
	rm -f "$T/writer"
	python3 "$TOP/tests/lib/writer.py" write "$1" 200 <"$T/to_writer" >"$T/writer" 2>"$T/writer.err" &
	writer_pid=$!
	exec 9>"$T/to_writer"
	until grep -q ready "$T/writer" 2>/dev/null; do sleep 0.1; done
}

# Sets moves, failed, longest and seconds.
writer_end()
{
	exec 9>&-
	wait "$writer_pid"
	IFS=' ' read -r moves failed longest seconds <<-END
		$(tail -n 1 "$T/writer")
	END
}

# What the writer keeps equal, and how many transactions it had done.
state()
{
	sql "select (select sum(amount) from $1.credit) + (select sum(amount) from $1.debit), (select count(*) from $1.credit) + (select count(*) from $1.debit), n from $1.turn"
}

for mode in wal delete; do
	pg_fresh live_$mode
	python3 "$TOP/tests/lib/writer.py" make "$T/$mode.db" $mode $rows
	writer "$T/$mode.db"
	good=0 last=0 run=0
	: >"$T/$mode.snapshots"
	while [ "$run" -lt "$runs" ]; do
		run=$((run + 1))
		rm -rf "$T/run"
		if ! pgtide -q -d "$T/run" -n "run$run" "$T/$mode.db" "dbname=$PGDATABASE" 9>&- 2>"$T/err"; then
			diag "$(cat "$T/err")"
			break
		fi
		got=$(state "run$run")
		turn=${got##*|}
		if [ "${got%|*}" = "0|$((2 * rows))" ] && [ "$turn" -gt "$last" ]; then
			good=$((good + 1))
			last=$turn
		else
			diag "run $run: $got, after turn $last"
		fi
		sql "drop schema run$run cascade"
		grep '^snapshot:' "$T/run/report.txt" >>"$T/$mode.snapshots"
	done
	writer_end
	is "$good" "$runs" "$mode: $runs runs, each of one instant"
	is "$failed" 0 "$mode: no transaction of the writer failed"
	ok "$mode: the writer never waited for 5 s" test "${longest%.*}" -lt 5
	diag "$mode: $moves transactions in $seconds s, the longest took $longest s"
	diag "$mode: $(tail -n 1 "$T/$mode.snapshots")"
done

# --- held instead of copied: writers wait, readers do not

pg_fresh held
writer "$T/delete.db"
exits 0 'held: pgtide ends with 0' pgtide -q --hold -d "$T/held" "$T/delete.db" "dbname=$PGDATABASE" 9>&-
writer_end
like "$(state public)" "^0\\|$((2 * rows))\\|" 'held: one instant too'
like "$(cat "$T/held/report.txt")" '^snapshot: held' 'held: the report says so'
is "$(find "$T/held/job" -name '*.db*')" '' 'held: no copy'
diag "held: $moves transactions, $failed failed, the longest took $longest s"

# --- a lock that is lost is found out

own_programs "$T/lost"
# shellcheck disable=SC2016	# for the scripts
printf '#!/bin/sh\necho $$ >"%s/lost/pid"\nexec "%s/sqlite-snapshot" "$@"\n' "$T" "$PGTIDE_BIN" | stand_in "$T/lost" sqlite-snapshot
# shellcheck disable=SC2016
printf '#!/bin/sh\nkill "$(cat "%s/lost/pid")" 2>/dev/null\nexec "%s/pg-ddl" "$@"\n' "$T" "$PGTIDE_BIN" | stand_in "$T/lost" pg-ddl
pg_fresh lost
exits 1 'lost: status 1' "$T/lost/pgtide" -q --hold -d "$T/lost/run" "$T/delete.db" "dbname=$PGDATABASE"
like "$(cat "$T/lost/run/verdict")" '^snapshot	source	not ok	sqlite-snapshot ended early, with 3$' 'lost: the verdict says so'

# --- nothing is left behind, however pgtide ends

# The copy of a run that is stopped in the middle of its work.
stopped()
{
	rm -rf "$T/stopped" "${T:?}/bin"
	own_programs "$T/bin"
	mkfifo "$T/bin/wait"
	printf '#!/bin/sh\necho $$ >"%s/bin/pid"\nexec cat "%s/bin/wait"\n' "$T" "$T" | stand_in "$T/bin" pg-copy
	pg_fresh stopped
	"$T/bin/pgtide" -q -d "$T/stopped" "$T/$2.db" "dbname=$PGDATABASE" >/dev/null 2>&1 &
	pgtide_pid=$!
	until [ -s "$T/bin/pid" ]; do sleep 0.1; done
	is "$(find "$T/stopped/job/copy" -type f | wc -l)" 1 "$1: a copy is there as long as pgtide is"
	kill "-$1" "$pgtide_pid"
	# pgtide may have ended it already.
	kill "$(cat "$T/bin/pid")" 2>/dev/null || :
	wait "$pgtide_pid" || :
	tries=50
	while [ -e "$T/stopped/job/copy" ] && [ "$tries" -gt 0 ]; do
		tries=$((tries - 1))
		sleep 0.1
	done
	is "$(find "$T/stopped/job" -name copy)" '' "$1: and then it is gone"
}
stopped KILL wal
stopped TERM delete

done_testing
