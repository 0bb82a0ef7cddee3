#!/bin/sh
# How far a run has come: in a file, in lines, on a terminal; and nothing of it matters to the run.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
[ "$(psql -XAtqc 'show server_version_num')" -ge 140000 ] || skip_all 'a server that does not tell of COPY'

sqlite3 -bail "$T/db" <<-'END'
	create table a (id integer primary key, v text);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 20000)
	insert into a select n, printf('%0100d', n) from n;
	create table "é b" (x integer);
END

# The end of the biggest table comes when there is a file.
own_programs "$T/bin"
stand_in "$T/bin" cast-rows <<-END
	#!/bin/sh
	"$PGTIDE_BIN/cast-rows" "\$@" | awk '{ print } NR == 15000 { fflush(); while ((getline go <"$T/go") < 0) system("sleep 0.2") }'
END

has_copy()
{
	grep -q '^copy	public	a	1[0-9][0-9][0-9][0-9]	' "$T/run/progress" 2>/dev/null
}
nobody_asks()
{
	[ "$(sql "select count(*) from pg_stat_activity where application_name = 'pgtide: progress'")" = 0 ]
}

# --- the file, and lines ----------------------------------------------------------------------------

pg_fresh file
"$T/bin/pgtide" -q -d "$T/run" "$T/db" "$(pg_uri)" >"$T/out" 2>&1 &
pgtide_pid=$!
ok 'the file has the rows of a COPY that is not committed' wait_for 600 has_copy
is "$(cut -f 1 "$T/run/progress" | head -n 7 | tr '\n' ' ')" 'progress run time tables rows bytes rate ' 'and what it is to have'
PGTIDE_TARGET=$(pg_uri) TERM=xterm "$T/bin/pgtide-progress" -v -i 1 -p "$pgtide_pid" "$T/run" 2>"$T/lines" &
lines_pid=$!
wait_for 600 grep -q 'public.a: ' "$T/lines" || :
like "$(cat "$T/lines")" '^pgtide: [01] of 2 tables, 1[0-9]{4} rows, [0-9.]+ MB, [0-9]+ rows/s' 'lines off a terminal'
like "$(cat "$T/lines")" '^pgtide: public[.]a: 1[0-9]{4} rows, ' 'and one for each table, when asked for'
ok 'there is nothing but text in them' test -z "$(LC_ALL=C tr -d '\n -~' <"$T/lines")"

# --- nothing depends on it --------------------------------------------------------------------------

sql "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pgtide: progress'" >"$T/killed"
wait "$lines_pid" && status=0 || status=$?
is "$status" 0 'without its connection it ends'
touch "$T/go"
wait "$pgtide_pid" && status=0 || status=$?
is "$status" 0 'and the run goes on to its end'
is "$(grep -v '^pgtide: the run directory is' "$T/out" || :)" '' 'about which it says nothing'

rm "$T/go"
pg_fresh killed
rm -rf "$T/run"
"$T/bin/pgtide" -q -d "$T/run" "$T/db" "$(pg_uri)" >"$T/out" 2>&1 &
pgtide_pid=$!
wait_for 600 has_copy || :
kill -KILL "$pgtide_pid"
wait "$pgtide_pid" 2>/dev/null || :
ok 'it ends with a run that is killed' wait_for 600 nobody_asks
touch "$T/go"

# --- a terminal -------------------------------------------------------------------------------------

if script -qec true /dev/null >/dev/null 2>&1; then
	rm "$T/go"
	pg_fresh live
	rm -rf "$T/run"
	(TERM=xterm NO_COLOR=1 COLUMNS=60 script -qec "'$T/bin/pgtide' -d '$T/run' '$T/db' '$(pg_uri)'" "$T/screen" >/dev/null) &
	script_pid=$!
	wait_for 600 has_copy || :
	wait_for 600 grep -qa 'public[.]a  1' "$T/screen" || :
	touch "$T/go"
	wait "$script_pid" || :
	python3 - "$T/screen" >"$T/frames" <<-'END'
		import re, sys
		text = open(sys.argv[1], "rb").read().decode()
		frames = re.findall(r"\r((?:[^\r\n]*\x1b\[K\r\n)+)\x1b\[J\x1b\[(\d+)A", text)
		print(len(frames) > 0, all(f.count("\n") == int(n) for f, n in frames),
		      max(len(l) for f, n in frames for l in f.replace("\x1b[K", "").split("\r\n")) < 60,
		      not re.search(r"\x1b\[[0-9;]*m", text), text.count("\r\x1b[J") > 0)
	END
	is "$(cat "$T/frames")" 'True True True True True' 'a terminal: lines in their place and width, erased at the end, no colour'
else
	skip 'a terminal' 'no script(1)'
fi

done_testing
