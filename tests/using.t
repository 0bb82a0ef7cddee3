#!/bin/sh
# Expressions behind USING by a table (using.tsv): what each makes of the fields of a row, or why the row cannot pass; and
# by a list (using-refused.tsv) those that are refused before anything runs, with the message. All rows go through one
# cast-rows, each as a table of its own. PGTIDE_BLESS=1 writes what came out into the tables instead of comparing.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/cast-table.sh
. "$TOP/tests/lib/cast-table.sh"

TAB='	'
table=$TOP/tests/using.tsv
refused=$TOP/tests/using-refused.tsv

# Three fields of text; the second may be of another type, and the first is the column's own. In the tables backslashes
# of expressions stand as they are.
schema()
{
	awk -F "$TAB" -v OFS="$TAB" '
		BEGIN { print "#schema", 1, "source=sqlite", "target=postgresql" }
		/^#/ { next }
		{
			n++
			gsub(/\\/, "&&", $2)
			split($3 == "" ? "text text" : $3, type, " > ")
			print "table", "public", "t" n, "fromschema=main", "from=t" n
			print "column", "a", type[2] == "" ? "text" : type[2], "from=a", "was=" type_of_a(type[1]), \
				"expr=" $1 " " $2, "rule=r.load:" n
			print "field", "b", type_of_b(type[1])
			print "field", "Full Name", "text"
		}
		function type_of_a(t) { split(t, w, " "); return w[1] }
		function type_of_b(t) { split(t, w, " "); return w[2] }
		END { print "#end", 4 * n }
	' "$1"
}

schema "$table" >"$T/schema"
awk -F "$TAB" -v OFS="$TAB" '
	/^#/ { next }
	{
		n++
		split($3 == "" ? "text text" : $3, type, " > ")
		split(type[1], w, " ")
		print "#rows", 1, "main", "t" n
		print "#fields", "a", "b", "Full Name"
		print "#types", w[1], w[2], "text"
		print $4, $5, $6
		print "#end", 1, 0
	}
' "$table" >"$T/rows"
ok 'cast-rows takes all lines' cast-rows -s "$T/schema" -e 100% -E "$T/rejects" -S "$T/stats" -o "$T/cast" "$T/rows"

with_results "$table" 6 "$T/cast" "$T/rejects" >"$T/got"
[ -z "${PGTIDE_BLESS-}" ] || cp "$T/got" "$table"
same_file "$T/got" "$table" "$(grep -vc '^#' "$table") expressions make what the table says"
ok 'there are enough of them' test "$(grep -vc '^#' "$table")" -ge 80

# --- refused -----------------------------------------------------------------------------------------

cat >"$T/row" <<END
#rows${TAB}1${TAB}main${TAB}t1
#fields${TAB}a${TAB}b${TAB}Full Name
#types${TAB}text${TAB}text${TAB}text
#end${TAB}0${TAB}0
END
: >"$T/messages"
grep -v '^#' "$refused" | cut -f 1-2 | while IFS= read -r line; do
	printf '%s\t\t\t\t\n' "$line" >"$T/one"
	schema "$T/one" >"$T/schema"
	status=0
	cast-rows -s "$T/schema" -o "$T/out" "$T/row" 2>"$T/err" || status=$?
	[ "$status" -eq 2 ] || printf 'status %s: ' "$status" >>"$T/messages"
	[ -s "$T/err" ] || echo 'not refused' >>"$T/messages"
	sed "s/^cast-rows: 'main.t1': column 'a': //" "$T/err" >>"$T/messages"
done
grep -v '^#' "$refused" | cut -f 1-2 | paste - "$T/messages" >"$T/got.2"
{ grep '^#' "$refused" && cat "$T/got.2"; } >"$T/got"
[ -z "${PGTIDE_BLESS-}" ] || cp "$T/got" "$refused"
same_file "$T/got" "$refused" "$(grep -vc '^#' "$refused") expressions are refused with the form and the reason"
ok 'there are enough of them' test "$(grep -vc '^#' "$refused")" -ge 40

# --- every function ----------------------------------------------------------------------------------

# All that there are stand in the man page, and those of texts and numbers in the table above.
sed -n 's/^	{ "\([^"]*\)", .*using_.*/\1/p' "$TOP/transform/using-table.c" | sort -u >"$T/names"
sed -n '/^\.Ss Expressions/,/^\.S[hs] [^E]/p' "$TOP/transform/cast-rows.1" | sed -n 's/^\.Li //p' |
	tr ' ' '\n' | sed -e '/^[,;.]*$/d' -e 's/^\\-/-/' -e 's/\\&//g' | sort -u >"$T/described"
comm -23 "$T/names" "$T/described" >"$T/missing"
same_file "$T/missing" /dev/null "all $(wc -l <"$T/names") functions are in the man page"
grep -v '^#' "$table" | cut -f 2 | sed "s/[() ']/\\
/g" | sort -u >"$T/tested"
comm -23 "$T/names" "$T/tested" >"$T/missing"
same_file "$T/missing" /dev/null 'and in the table'

done_testing
