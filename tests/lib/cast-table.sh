# For tests by a table of values, each line of which goes through cast-rows as the table tN of its own, N being its number
# without comments: source it after tap.sh.
#
#	with_results TABLE COLUMNS FILE…    TABLE again: so many of its columns, then what came out, and how; FILE… are
#	                                    the rows, the rejects, and if alterations count, the statistics
# shellcheck shell=sh

with_results()
{
	results_table=$1 results_columns=$2
	shift 2
	awk -F '\t' -v OFS='\t' -v TABLE="$results_table" -v columns="$results_columns" '
		FILENAME == TABLE && /^#/ { print; next }
		FILENAME == TABLE {
			name = "t" ++n
			for (i = 1; i <= columns; i++)
				printf "%s\t", $i
			print (name in result ? result[name] : "-"), (name in how ? how[name] : "")
			next
		}
		$1 == "#rows" { name = $4; next }
		$1 == "# reject" { how[name] = $2 ": " $5; next }
		$1 == "altered" { how[$3] = "altered"; next }
		FILENAME ~ /cast$/ && !/^#/ { result[name] = $0 }
	' "$@" "$results_table"
}
