#!/bin/sh
# Expressions of SQLite: tests/expressions.tsv says what cast-schema makes of each, and both databases
# give the same for it, row by row.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

command -v python3 >/dev/null || skip_all 'there is no python3'
command -v sqlite-schema >/dev/null || skip_all 'sqlite-schema is not built'
# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh expressions

PYTHONDONTWRITEBYTECODE=1
PGTIDE_TARGET=dbname=$PGDATABASE
export PYTHONDONTWRITEBYTECODE PGTIDE_TARGET
python3 "$TOP/tests/lib/expressions.py" "$TOP/tests/expressions.tsv" "$T" ${PGTIDE_BLESS:+bless}
