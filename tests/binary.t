#!/bin/sh
# COPY BINARY and COPY text make the same of every value: a table of edges (binary.tsv) goes either way, and what is stored,
# what is refused and why has to be the same, byte for byte.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh binary
TMPDIR=$T
export TMPDIR
TAB='	'

# streams: of lines `number TAB type TAB flag TAB value`, a table for each type.
streams()
{
	awk -F "$TAB" -v OFS="$TAB" '
		function finish() { if (n) print "#end", n, 0; n = 0 }
		NR == FNR { number[$1] = "t" NR; next }
		$2 != last {
			finish()
			last = $2
			print "#rows", 1, "public", number[$2]
			print "#fields", "id", "v"
			print "#types", "integer", $2
		}
		{ print $1, $4; n++ }
		END { finish() }
	' "$T/types" -
}

# stored NAME: what its tables hold, as the server sends it.
stored()
{
	while read -r table; do
		printf '\\copy (select * from %s order by id) to program '\''cat >>"%s"'\'' (format binary)\n' "$table" "$T/$1.stored"
	done <"$T/tables" >"$T/script"
	psql -Xq -f "$T/script"
}

sql "create type mood as enum ('glad', 'so-so', E'it\\'s \"x\"\\t')"
sed '/^#/d' "$TOP/tests/binary.tsv" | awk -v OFS="$TAB" '{ print NR, $0 }' >"$T/table"
cut -f 2 "$T/table" | awk '!seen[$0]++' >"$T/types"
awk '{ print "t" NR }' "$T/types" >"$T/tables"
awk '{ print "create unlogged table t" NR " (id integer, v " $0 ");" }' "$T/types" >"$T/create.sql"
sed 's/^create unlogged table \(t[0-9]*\) .*/truncate \1;/' "$T/create.sql" >"$T/empty.sql"
psql -Xq -v ON_ERROR_STOP=1 -f "$T/create.sql"

streams <"$T/table" >"$T/all"
for format in text binary; do
	ok "$format: all values, the bad ones set aside" sh -c '
		exec pg-copy -f "$2" -e 100% -E "$1/$2.bad" postgresql:// <"$1/all"' sh "$T" "$format"
	stored $format
	psql -Xqf "$T/empty.sql"
done
ok 'some values are refused' grep -q '^# reject' "$T/text.bad"
ok 'some are stored' test "$(wc -c <"$T/text.stored")" -gt 10000
same_file "$T/binary.bad" "$T/text.bad" "the same $(grep -c '^# reject' "$T/text.bad") values are refused, in the same words"
same_file "$T/binary.stored" "$T/text.stored" 'and the same are stored'

# The good ones without -e, and those that need no text.
grep -v '^#' "$T/text.bad" | awk -F "$TAB" 'NR == FNR { bad[$1]; next } !($1 in bad)' - "$T/table" >"$T/taken"
streams <"$T/taken" >"$T/good"
awk -F "$TAB" '$3 == "b"' "$T/taken" | streams >"$T/straight"
ok 'the good ones go without -e' pg-copy -f binary postgresql:// <"$T/good"
stored good
same_file "$T/good.stored" "$T/text.stored" 'and the same is stored'
psql -Xqf "$T/empty.sql"

# The server tells each statement that it runs.
pg-copy -c log_statement=all -c client_min_messages=log postgresql:// <"$T/straight" >"$T/log" 2>&1
is "$(grep -c 'FORMAT binary' "$T/log")" "$(wc -l <"$T/types")" 'each type has a binary form'
is "$(grep -c 'FORMAT text' "$T/log" || :)" 0 'and what is marked with b needs no text'

done_testing
