#!/bin/sh
# The benchmark's arithmetic and its chart, from figures that are made up: nothing is measured.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

for figures in 'a 0 9 2 1' 'a 1 10 4 2' 'a 2 1 3 4' 'b 0 1 8 0' 'b 1 2 9 0'; do
	# shellcheck disable=SC2086	# words
	printf 'wide\t%s\t%d\t%d\t%d\t%d\t2048\tpg-copy\n' $figures
done >"$T/tsv"
printf 'growth: rows\t10\t0\t1\t1\t1\t\t\ngrowth: rows\t100\t0\t2\t2\t2\t\t\n' >>"$T/tsv"
is "$(awk -f "$TOP/scripts/lib/bench-medians.awk" "$T/tsv" | tr '\t' ' ' | sed 's/ $//')" "wide a 9 3 2 2048 pg-copy
wide b 1.5 8.5 0 2048 pg-copy
growth: rows 10 1 1 1 0
growth: rows 100 2 2 2 0" 'medians, of an odd and an even number of runs'

exits 2 'a chart of nothing' env -u BENCH_TSV "$TOP/scripts/bench" -p "$T/svg"
exits 2 'a benchmark that there is not' "$TOP/scripts/bench" slow
if command -v gnuplot >/dev/null; then
	exits 0 'a chart' env BENCH_TSV="$T/tsv" "$TOP/scripts/bench" -p "$T/svg"
	like "$(cat "$T/svg")" '>growth: rows<' 'has the curves'
	like "$(cat "$T/svg")" '>wide<' 'has the bars'
fi
done_testing
