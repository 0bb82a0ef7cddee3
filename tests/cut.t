#!/bin/sh
# A stream that was cut anywhere commits nothing, and says so with status 3. `tests/cut.t full` cuts at 463 places.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck disable=SC2119	# no argument: no TCP
pg_need

sample=-s
[ "${1-}" != full ] || sample=''
if python3 "$TOP/tests/lib/cut.py" ${sample:+"$sample"} >"$T/cut" 2>&1; then
	pass "cut at $(cat "$T/cut"): status 3, nothing committed"
else
	fail 'cut streams'
	diag "$(cat "$T/cut")"
fi

# A writer that is killed in a live pipe: what it wrote was whole rows up to there.
psql -Xqc 'create table live (id bigint)'
{
	printf '#rows\t1\tpublic\tlive\ttarget=postgresql\n#fields\tid\n#types\tbigint\n'
	seq 100000
} >"$T/half"
status=0
# shellcheck disable=SC2016	# the inner shell's own number
sh -c 'cat "$1"; kill -9 $$' sh "$T/half" 2>/dev/null | pg-copy postgresql:// 2>"$T/err" || status=$?
is "$status" 3 'a writer that was killed: status 3'
like "$(cat "$T/err")" 'input ended early' 'and the message says so'
is "$(psql -XAtc 'select count(*) from live')" 0 'and nothing was committed'

# The same with a stage that is killed: every stage behind it ends with 3.
printf '#schema\t1\tsource=sqlite\ntable\tmain\tlive\ncolumn\tid\ti64\tsrc=INTEGER\n#end\t2\n' | cast-schema >"$T/schema"
sed 's/public/main/; s/\ttarget=postgresql//; s/bigint/i64/' "$T/half" >"$T/source"
status=0
# shellcheck disable=SC2016
sh -c 'cat "$1"; kill -9 $$' sh "$T/source" 2>/dev/null |
	{ cast-rows -s "$T/schema" 2>"$T/err" || echo $? >"$T/status"; } |
	pg-copy postgresql:// 2>>"$T/err" || status=$?
is "$(cat "$T/status") $status" '3 3' 'cast-rows and pg-copy behind it both end with 3'
is "$(psql -XAtc 'select count(*) from live')" 0 'and nothing was committed'

done_testing
