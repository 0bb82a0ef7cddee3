#!/bin/sh
# The folders include each other leftwards only, and the check for it can fail.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

check=$TOP/scripts/check-includes

# A tree in which FILE includes "HEADER".
tree()
{
	rm -rf "$T/tree"
	for d in schema/base schema/pg schema/sqlite extract transform/rules load; do
		mkdir -p "$T/tree/$d"
	done
	printf '#include <stdio.h>\n\n#include "%s"\nint x;\n' "$2" >"$T/tree/$1"
}

allowed()
{
	tree "$1" "$2"
	ok "$1 may include $2" "$check" "$T/tree"
}

refused()
{
	tree "$1" "$2"
	status=0
	"$check" "$T/tree" >"$T/said" || status=$?
	is "$status $(cut -d : -f 1,2 "$T/said")" "1 $1:3" "$1 may not include $2"
}

ok 'the tree keeps the rule' "$check" "$TOP"

allowed schema/base/a.c schema/base/bytes.h
allowed schema/a.c schema/base/bytes.h
allowed schema/a.c schema/rows.h
allowed schema/pg/a.c schema/rows.h
allowed schema/pg/a.c schema/pg/columns.sql.h
allowed extract/a.c schema/sqlite/connect.h
allowed transform/a.c transform/rules/sqlite.cast.h
allowed load/a.c schema/base/bytes.h

refused schema/base/a.c schema/rows.h
refused schema/base/a.c schema/pg/connect.h
refused schema/base/a.h load/a.h
refused schema/a.c schema/pg/connect.h
refused schema/a.h extract/a.h
refused schema/pg/a.c schema/sqlite/connect.h
refused schema/sqlite/a.h transform/a.h
refused extract/a.c load/a.h
refused transform/rules/a.c extract/a.h
refused load/a.c transform/rules/a.h
refused load/a.c ../schema/rows.h
refused load/a.c schema/../extract/a.h
refused load/a.c a.h
refused schema/a.c tests/a.h

tree load/a.c schema/rows.h
printf '  #  include <extract/a.h>\n' >"$T/tree/load/b.h"
exits 1 'angle brackets and blanks hide nothing' "$check" "$T/tree"

done_testing
