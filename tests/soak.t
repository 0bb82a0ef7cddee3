#!/bin/sh
# A short soak-kill; `make soak` is the long one.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=scripts/lib/pg-private.sh
. "$TOP/scripts/lib/pg-private.sh"

for program in python3 sqlite3; do
	command -v "$program" >/dev/null || skip_all "no $program"
done
pg_find || skip_all 'no PostgreSQL server installed'

ok 'ten loads that are killed, and loaded again' timeout 500 "$TOP/scripts/soak-kill" -n 10
like "$(cat "$T/.output")" '^ +10 runs, [0-9]+ resumes: every row is there once' 'nothing is lost, nothing is there twice'
done_testing
