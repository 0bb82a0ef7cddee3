#!/bin/sh
# Expressions of MySQL and MariaDB: tests/expressions-mysql.tsv says what cast-schema makes of each, and MariaDB and
# PostgreSQL give the same for it, row by row.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"

command -v python3 >/dev/null || skip_all 'there is no python3'
mysql_need mariadb
# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh expressions_mysql
mysql_fresh pgtide

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
python3 "$TOP/tests/lib/expressions_mysql.py" "$TOP/tests/expressions-mysql.tsv" "$T" ${PGTIDE_BLESS:+bless}
