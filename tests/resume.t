#!/bin/sh
# A run that was killed or interrupted goes on: nothing twice, nothing lost, and nothing read again that was in already.
#
#	tests/resume.t          a few kills
#	tests/resume.t full     a hundred
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
kills=2
[ "${1-}" != full ] || kills=100

sqlite3 -bail "$T/db" <<-'END'
	create table a (id integer primary key, v text);
	create table b (id integer primary key, a integer not null references a, v text unique);
	create table c (id integer primary key autoincrement, b integer references b, w real);
	create index c_w on c (w);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 20000)
	insert into a select n, printf('%0100d', n) from n;
	insert into b select id, 20001 - id, v from a where id <= 3000;
	insert into c select id, id, id / 7.0 from b;
END

# What a quiet source has to become; the same rows twice would be counted.
state()
{
	sql "select (select count(*) || ' ' || sum(id) from a), (select count(*) || ' ' || sum(a) from b), (select count(*) || ' ' || sum(b) from c)"
	sql "select string_agg(conname || convalidated, ' ' order by conname) from pg_constraint where connamespace = 'public'::regnamespace"
	sql "select string_agg(indexname, ' ' order by indexname) from pg_indexes where schemaname = 'public'"
	sql "select last_value, is_called from c_id_seq"
}

pg_fresh whole
begin=$(date +%s%N)
exits 0 'a run that nobody disturbs' pgtide -q -d "$T/whole" "$T/db" "$(pg_uri)"
took=$((($(date +%s%N) - begin) / 1000000))
state >"$T/want"
like "$(head -n 1 "$T/want")" '^20000 200010000.3000 ' 'it moves all rows'

# --- killed -----------------------------------------------------------------------------------------

# processes GROUP: how many of it there are
processes()
{
	ps -eo pgid= | awk -v group="$1" '$1 == group { n++ } END { print n + 0 }'
}

# The process that is killed: pgtide itself, or make.
victim()
{
	case $1 in
	pgtide) echo "$pgtide_pid" ;;
	make) ps -eo pid=,ppid=,comm= | awk -v group="$(cat "$T/run/job/group" 2>/dev/null || echo 0)" '$2 == group && $3 == "make" { print $1 }' ;;
	esac
}

good=0 again=0 killed=0
for n in $(seq "$kills"); do
	pg_fresh run
	rm -rf "$T/run"
	who=pgtide
	[ $((n % 2)) -eq 1 ] || who='make'
	pgtide -q -d "$T/run" "$T/db" "$(pg_uri)" >/dev/null 2>&1 &
	pgtide_pid=$!
	# Never the same moments, and each time another part of the run.
	sleep "$(awk -v n="$n" -v kills="$kills" -v ms="$took" -v seed="$$" 'BEGIN { srand(seed + n); print ms / 1000 * (n - rand()) / kills }')"
	pid=$(victim "$who")
	if [ -n "$pid" ] && kill -KILL "$pid" 2>/dev/null; then
		killed=$((killed + 1))
	fi
	wait "$pgtide_pid" 2>/dev/null || :
	if [ ! -f "$T/run/plan.mk" ]; then
		# Killed before there was anything to go on with; what it had started may still write there.
		until rm -rf "$T/run" 2>/dev/null; do sleep 0.1; done
		pgtide -q -d "$T/run" "$T/db" "$(pg_uri)" >"$T/out" 2>&1 || diag "$(cat "$T/out")"
	else
		find "$T/run/done" -name '000[123]' | sort >"$T/loaded"
		touch "$T/now"
		tries=3
		until pgtide run -q -d "$T/run" >"$T/out" 2>&1 || [ "$tries" -eq 0 ]; do
			diag "kill $n of $who: $(cat "$T/out")"
			tries=$((tries - 1))
		done
		while IFS= read -r loaded; do
			find "$T/run/stats" -name "${loaded##*/}.1-rows" -newer "$T/now"
		done <"$T/loaded" >"$T/again"
		again=$((again + $(grep -c . "$T/again" || :)))
	fi
	state >"$T/got"
	if cmp -s "$T/got" "$T/want" && ! grep -q 'not ok' "$T/run/verdict"; then
		good=$((good + 1))
	else
		diag "kill $n of $who: $(diff "$T/want" "$T/got") $(grep 'not ok' "$T/run/verdict")"
	fi
done
is "$good" "$kills" "$kills kills: each time all is there, once, when the run has gone on"
is "$again" 0 'and no table was read again that was known to be in'
diag "$killed of $kills were killed in time; a run takes $took ms"

# --- interrupted ------------------------------------------------------------------------------------

own_programs "$T/bin"
# The end of the biggest table does not come.
printf '#!/bin/sh\n"%s/cast-rows" "$@" | { head -n 15000; sleep 60; }\n' "$PGTIDE_BIN" | stand_in "$T/bin" cast-rows
pg_fresh stopped
"$T/bin/pgtide" -q -j 1 -d "$T/stopped" "$T/db" "$(pg_uri)" >"$T/out" 2>&1 &
pgtide_pid=$!
until [ "$(sql "select count(*) from pg_stat_activity where query like 'COPY %FROM STDIN%' and datname = current_database()")" = 1 ]; do
	sleep 0.1
done
group=$(cat "$T/stopped/job/group")

# Another run on the same schema waits, and gives up.
pgtide plan -q -d "$T/second" -r /dev/null "$T/db" "$(pg_uri)" || :
sed 's/CREATE TABLE public\./CREATE TABLE IF NOT EXISTS public./' "$T/second/pre.sql" >"$T/pre" && mv "$T/pre" "$T/second/pre.sql"
touch "$T/second/log/pre"
exits 1 'a second run on that schema: status 1' pgtide run -q -d "$T/second"
like "$(cat "$T/.output")" '^pgtide: target: another run works on this schema' 'and it says why'

kill -TERM "$pgtide_pid"
status=0
wait "$pgtide_pid" || status=$?
is "$status" 143 'interrupted: status 143'
like "$(cat "$T/out")" "go on with: pgtide run -d '$T/stopped'" 'it says how to go on'
is "$(processes "$group")" 0 'all that it had started has ended'
is "$(sql 'select count(*) from a')" 0 'the table is as it was'
ln -sf "$PGTIDE_BIN/cast-rows" "$T/bin/cast-rows"
exits 0 'it goes on' pgtide run -q -d "$T/stopped"
state >"$T/got"
same_file "$T/got" "$T/want" 'and all is there'

done_testing
