#!/bin/sh
# The default casts of each rule set and source: casts.tsv says what has to come of a column.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

TAB='	'
grep -v '^#' "$TOP/tests/casts.tsv" >"$T/cases"

# A table for each column: t1, t2, …
schema()
{
	awk -F "$TAB" -v source="$2" -v set="$1" '
		$1 == set && $2 == source {
			line = "column\tc\t" $4
			if ($5 ~ /notnull/) line = line "\tnotnull"
			if ($5 ~ /auto/) line = line "\tidentity=bydefault"
			if ($5 ~ /zero/) line = line "\tdefault=0000-00-00" ($4 == "date" ? "" : " 00:00:00")
			if ($5 ~ /onupdate/) line = line "\tonupdate=CURRENT_TIMESTAMP"
			print "table\tmain\tt" NR "\n" line "\tsrc=" $3
			n += 2
		}
		BEGIN { print "#schema\t1\tsource=" source }
		END { print "#end\t" n + 0 }' "$T/cases"
}

# What a column became, in the words of the table.
results()
{
	schema-fmt -l | awk -F "$TAB" '
		$3 == "column" {
			line = $5
			using = ""
			for (i = 6; i <= NF; i++) {
				if ($i == "notnull") line = line " notnull"
				if ($i ~ /^identity=/) line = line " identity"
				if ($i ~ /^default=/) line = line " " $i
				if ($i ~ /^onupdate=/) line = line " onupdate"
				if ($i ~ /^using=/) using = " " $i
			}
			print substr($2, 2) "\t" line using
		}'
}

for set in ours 3 4; do
	for source in mysql mssql sqlite; do
		awk -F "$TAB" -v source="$source" -v set="$set" '$1 == set && $2 == source { print NR "\t" $6 }' \
			"$T/cases" | sort >"$T/want"
		[ -s "$T/want" ] || continue
		schema "$set" "$source" >"$T/source.schema"
		version=$set
		[ "$set" != ours ] || version=''
		cast-schema ${version:+-p "$version"} "$T/source.schema" 2>"$T/err" | results | sort >"$T/got"
		same_file "$T/got" "$T/want" "$source, $set: $(wc -l <"$T/want") casts"
		is "$(cat "$T/err")" '' "$source, $set: without a word"
	done
done
exits 2 'a version that is none' cast-schema -p 5 "$T/source.schema"
is "$(cast-schema -p 3 -R mysql | head -n 1)" "$(head -n 1 "$TOP/transform/rules/pgloader3-mysql.cast")" \
	'the rules are printed'
done_testing
