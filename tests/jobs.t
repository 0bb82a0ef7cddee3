#!/bin/sh
# One reader or four: the target is the same, in its catalogue, its rows and its positions; and replacing it loses nothing.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v python3 >/dev/null || skip_all 'no python3'
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
data=${PGTIDE_DATA:-$TOP/../shared/data}
mkdir "$T/sqlite" "$T/mysql"

# What is in the target: a schema text, and a digest of each table but pgtide's own.
holds()
{
	(
		PGTIDE_SOURCE=$(pg_uri)
		export PGTIDE_SOURCE
		pg-schema | grep -v '^# ' >"$1.schema"
		schema-fmt -l "$1.schema" | awk -F '\t' '$3 == "table" && $1 != "pgtide" { print $1 "\t" $2 }' | sort >"$T/tables"
		while IFS='	' read -r schema table; do
			pg-rows -n "$schema" -t "$table" | rows-digest
		done <"$T/tables" >"$1.digests"
	)
}

# same NAME SOURCE SIZE [OPTION]…: with -j 1, then with -j 4 over what is there, in parts of this size. With -e there are no batches of
# tables.
same()
{
	same_name=$1 same_source=$2 same_size=$3
	shift 3
	pg_fresh jobs
	exits 0 "$same_name: -j 1" pgtide -q -j 1 "$@" -e 0 -d "$T/$same_name.1" "$same_source" "$(pg_uri)"
	holds "$T/$same_name.one"
	exits 0 "$same_name: -j 4, over it" pgtide -q -j 4 --part-size "$same_size" --drop "$@" -d "$T/$same_name.4" "$same_source" "$(pg_uri)"
	holds "$T/$same_name.four"
	same_file "$T/$same_name.four.schema" "$T/$same_name.one.schema" "$same_name: the catalogue is the same"
	same_file "$T/$same_name.four.digests" "$T/$same_name.one.digests" "$same_name: so are the digests of $(grep -c . "$T/$same_name.one.digests") tables"
	ok "$same_name: there are some" test -s "$T/$same_name.one.digests"
	is "$(grep '^dropped' "$T/$same_name.4/verdict" || :)" '' "$same_name: nothing was lost"
	diag "$same_name: $(grep -c . "$T/$same_name.1/steps") steps, and $(grep -c . "$T/$same_name.4/steps")"
}

# --- SQLite -----------------------------------------------------------------------------------------

sqlite3 "$T/sample.db" <"$TOP/scripts/sample.sql"
same sample "$T/sample.db" 1
python3 "$TOP/tests/lib/torture.py" "$T/sqlite"
same torture "$T/sqlite/torture.db" 1 -e 1 -r "$T/sqlite/rules.cast"
if [ -f "$data/chinook.sqlite" ]; then
	same chinook "$data/chinook.sqlite" 1
else
	skip Chinook 'no chinook.sqlite in PGTIDE_DATA'
fi

# --- MariaDB ----------------------------------------------------------------------------------------

if mysql_find mariadb; then
	mysql_start mariadb
	python3 "$TOP/tests/lib/torture_mysql.py" mariadb "$T/mysql"
	mysql_fresh torture
	mariadb --default-character-set=utf8mb4 --binary-mode torture <"$T/mysql/torture.sql"
	same torture-mysql mysql:///torture 40k -r "$T/mysql/rules.cast"
	if [ -f "$data/sakila-mysql.zip" ]; then
		python3 -m zipfile -e "$data/sakila-mysql.zip" "$T/zip"
		find "$T/zip" -name 'sakila-schema.sql' -exec cat {} + | mariadb --default-character-set=utf8mb4
		find "$T/zip" -name 'sakila-data.sql' -exec cat {} + | mariadb --default-character-set=utf8mb4
		same sakila mysql:///sakila 200k
	else
		skip Sakila 'no sakila-mysql.zip in PGTIDE_DATA'
	fi
else
	skip MariaDB "$MYSQL_MISSING"
fi

done_testing
