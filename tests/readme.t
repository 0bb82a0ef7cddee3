#!/bin/sh
# The README's migration by hand does what it says: its lines are run as they stand.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# no argument: no TCP
pg_need
pg_fresh shop

awk '/<!-- test: by hand -->/ { found = 1 } found && /^```$/ { exit } inside { print } found && /^```sh$/ { inside = 1 }' \
	"$TOP/README.md" >"$T/lines"
ok 'the README has the lines' test "$(wc -l <"$T/lines")" -gt 20

# The reader's database is called shop; so is ours, but for where it is.
sed "s|postgresql:///shop|\"postgresql:///$PGDATABASE?host=$PGHOST\&port=$PGPORT\&user=$PGUSER\"|" "$T/lines" >"$T/run"
mkdir "$T/work"
ln -s "$TOP/scripts" "$T/work/scripts"
(cd "$T/work" && sh -eu "$T/run") >"$T/out" 2>"$T/err" && status=0 || status=$?
is "$status" 0 'they run to the end'
is "$(cat "$T/err")" '' 'and say nothing on standard error'
is "$(grep -c '^public	customers	' "$T/out")" 2 'both digests are shown'
is "$(grep '^public	customers	[0-9]*	' "$T/out" | sort -u | wc -l)" 1 'and they are equal'
is "$(psql -XAtc 'select count(*) from rentals')" "$(sqlite3 "$T/work/sample.db" 'select count(*) from rentals')" 'rentals are all there'
is "$(psql -XAtc 'select count(*) from gps_points')" \
	"$(sqlite3 "$T/work/sample.db" 'select count(*) from gps_points where seq % 2 = 0')" 'the filter dropped what it should'
is "$(psql -XAtc "select count(*) > 5 from pg_constraint where contype = 'f'")" t 'and the keys are built'

done_testing
