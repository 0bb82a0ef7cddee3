#!/bin/sh
# Every transform by a table (transforms.tsv): what it makes of a value, and whether that counts as altered or is an
# error. All lines go through one cast-rows, each as a table of its own. PGTIDE_BLESS=1 writes what came out into the
# table instead of comparing. With a PostgreSQL at hand all results are loaded, and come back the same.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/cast-table.sh
. "$TOP/tests/lib/cast-table.sh"

TAB='	'
table=$TOP/tests/transforms.tsv

awk -F "$TAB" -v OFS="$TAB" '
	BEGIN { print "#schema", 1, "source=sqlite", "target=postgresql" }
	/^#/ { next }
	{
		n++
		print "table", "public", "t" n, "fromschema=main", "from=t" n
		print "column", "c", $3, "from=c", "was=" $2, "using=" $1, "rule=r.cast:" n
	}
	END { print "#end", 2 * n }
' "$table" >"$T/schema"
awk -F "$TAB" -v OFS="$TAB" '
	/^#/ { next }
	{
		n++
		print "#rows", 1, "main", "t" n
		print "#fields", "c"
		print "#types", $2
		print $4
		print "#end", 1, 0
	}
' "$table" >"$T/rows"
ok 'cast-rows takes all lines' cast-rows -s "$T/schema" -e 100% -E "$T/rejects" -S "$T/stats" -o "$T/cast" "$T/rows"

with_results "$table" 4 "$T/cast" "$T/rejects" "$T/stats" >"$T/got"
if [ "${PGTIDE_BLESS-}" ]; then
	cp "$T/got" "$table"
fi
same_file "$T/got" "$table" "$(grep -vc '^#' "$table") values become what the table says"

# --- every transform that there is -------------------------------------------------------------------

grep -o '^	{ \.name = "[^"]*"' "$TOP/transform/transforms.c" | cut -d '"' -f 2 | sort >"$T/names"
grep -v '^#' "$table" | cut -f 1 | sed 's/(.*//' | sort -u >"$T/tested"
same_file "$T/tested" "$T/names" "all $(wc -l <"$T/names") transforms are in the table"
sed -n '/^\.Ss Transforms/,/^\.Sh/p' "$TOP/transform/cast-rows.1" | sed -n 's/^\.It Li //p' |
	sed 's/(.*)//' | tr -d ' ' | tr , '\n' | sort -u >"$T/described"
same_file "$T/described" "$T/names" 'and in the man page'

# What the table of transforms does not say may alter, never does.
awk '/\.name = "/ { split($0, w, "\""); name = w[2]; all[name] = 1 } /\.alters = true/ { alters[name] = 1 }
	END { for (name in all) if (!(name in alters)) print name }' "$TOP/transform/transforms.c" | sort >"$T/exact"
grep "${TAB}altered\$" "$table" | cut -f 1 | sed 's/(.*//' | sort -u | comm -12 - "$T/exact" >"$T/wrong"
same_file "$T/wrong" /dev/null 'what has no .alters alters nothing here'

# --- the server ---------------------------------------------------------------------------------------

if ! command -v psql >/dev/null || ! pg_find; then
	skip 'the target holds the same values' 'no PostgreSQL'
	done_testing
	exit 0
fi
# shellcheck disable=SC2119	# without tcp
pg_need
pg_fresh transforms
# One table for each type, with the number of the line. PostGIS may not be there.
awk -F "$TAB" -v OFS="$TAB" '
	!/^#/ && ++n && $5 != "-" && $3 != "geometry" { print $3, n, $5 }
' "$table" | sort -s -t "$TAB" -k 1,1 | awk -F "$TAB" -v OFS="$TAB" '
	function finish() { if (rows) print "#end", rows, 0; rows = 0 }
	$1 != type {
		finish()
		type = $1
		print "#rows", 1, "public", "k" ++tables, "target=postgresql"
		print "#fields", "n", "c"
		print "#types", "integer", type
	}
	{ print $2, $3; rows++ }
	END { finish() }
' >"$T/load"
awk -F "$TAB" '$1 == "#rows" { name = $4 } $1 == "#types" { printf "create table %s (n integer, c %s);\n", name, $3 }' \
	"$T/load" | psql -Xq -v ON_ERROR_STOP=1
ok 'PostgreSQL takes all results' sh -c 'pg-copy "dbname=$PGDATABASE" <"$T/load"'
rows-digest "$T/load" | sort >"$T/sent"
PGTIDE_SOURCE="dbname=$PGDATABASE"
export PGTIDE_SOURCE
awk -F "$TAB" '$1 == "#rows" { print $4 }' "$T/load" >"$T/tables"
while IFS= read -r name; do
	pg-rows -t "$name" </dev/null | rows-digest
done <"$T/tables" | sort >"$T/held"
same_file "$T/held" "$T/sent" "$(grep -vc '^#' "$T/load") of them: the target holds the same values"

done_testing
