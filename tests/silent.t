#!/bin/sh
# Values that PostgreSQL would change without a word, by a table (silent.tsv): cast-rows refuses them, and the server
# shows that it would really have changed them. Beside them values that are kept, with the same digest on either side.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck disable=SC2119	# without tcp
pg_need
pg_fresh silent

TAB='	'
grep -v '^#' "$TOP/tests/silent.tsv" >"$T/table"

# --- what the server does: one table a line, copied straight into, one script for all ---------------

awk -F "$TAB" '
	BEGIN { print "set lc_monetary = \047C\047; set timezone = \047UTC\047;" }
	{
		printf "create table t%d (c %s);\n", NR, $2
		printf "copy t%d from stdin;\n%s\n\\.\n", NR, $3
		printf "copy (select \047%d\047, c from t%d) to stdout;\n", NR, NR
	}
' "$T/table" >"$T/copy.sql"
psql -Xq -v VERBOSITY=terse -f "$T/copy.sql" >"$T/stored" 2>"$T/errors"

# Against the table: `same` is the value, `*` anything else, ERROR no row.
awk -F "$TAB" -v OFS="$TAB" '
	NR == FNR { stored[$1] = $2; there[$1] = 1; next }
	{ want = $4 == "same" ? $3 : $4; got = FNR in there ? stored[FNR] : "ERROR" }
	want == "*" ? got == "ERROR" || got == $3 "" : got "" != want "" { print $0, "stored " got }
' "$T/stored" "$T/table" >"$T/fiction"
same_file "$T/fiction" /dev/null 'the server stores what the table says'

# A value that is refused must be one that changes, or the table says why it is refused anyway.
awk -F "$TAB" '$5 == "refused" && ($4 == "same" || $4 == "ERROR" || $4 "" == $3 "")' "$T/table" >"$T/harmless"
same_file "$T/harmless" /dev/null 'what is refused would have been changed'

# --- what cast-rows does ----------------------------------------------------------------------------

# cast N WAS TYPE VALUE: the target's table is public.kN.
cast()
{
	printf '#schema\t1\tsource=sqlite\ttarget=postgresql\n' >"$T/schema"
	printf 'table\tpublic\tk%s\tfromschema=main\tfrom=t\n' "$1" >>"$T/schema"
	printf 'column\tc\t%s\tfrom=c\twas=%s\trule=x:1\n#end\t2\n' "$3" "$2" >>"$T/schema"
	printf '#rows\t1\tmain\tt\n#fields\tc\n#types\t%s\n%s\n#end\t1\t0\n' "$2" "$4" |
		cast-rows -s "$T/schema" >"$T/cast" 2>>"$T/messages"
}

cp "$T/table" "$T/lines"
n=0
: >"$T/wrong"
: >"$T/kept"
while IFS=$TAB read -r was type _; do
	n=$((n + 1))
	# Blanks at the end of a value must stay, so it is not for read to find.
	value=$(sed -n "${n}p" "$T/table" | cut -f 3)
	want=$(sed -n "${n}p" "$T/table" | cut -f 5)
	if cast "$n" "$was" "$type" "$value"; then
		got=kept
		cat "$T/cast" >>"$T/kept"
	else
		got=refused
	fi
	case $want in
	refused*) [ "$got" = refused ] ;;
	*) [ "$got" = kept ] ;;
	esac || printf '%s\n' "$was, $type, '$value': $got, not $want" >>"$T/wrong"
done <"$T/lines"
same_file "$T/wrong" /dev/null "$n values: cast-rows refuses what would change, and nothing else"
is "$(grep -c '^cast-rows: ' "$T/messages")" "$(grep -c "${TAB}refused[a-z-]*\$" "$T/table")" 'each refusal is one message'

# --- kept: through pg-copy and back, and the digests agree ------------------------------------------

awk -F "$TAB" '$5 == "kept" { printf "create table k%d (c %s);\n", NR, $2 }' "$T/table" | psql -Xq
awk -F "$TAB" '$5 == "kept" { print "k" NR }' "$T/table" >"$T/names"
awk -F "$TAB" 'NR == FNR { kept[$1] = 1; next } $1 == "#rows" { on = $4 in kept } on' "$T/names" "$T/kept" >"$T/load"
ok 'pg-copy loads the values that are kept' sh -c 'pg-copy "dbname=$PGDATABASE" <"$T/load"'
rows-digest "$T/load" | sort >"$T/sent"
while IFS= read -r name; do
	PGTIDE_SOURCE="dbname=$PGDATABASE" pg-rows -t "$name" </dev/null | rows-digest
done <"$T/names" | sort >"$T/held"
same_file "$T/held" "$T/sent" "$(wc -l <"$T/names") of them: the target holds the same values"

done_testing
