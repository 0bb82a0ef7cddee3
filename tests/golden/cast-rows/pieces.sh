# Values longer than any buffer: dropped, kept, changed and checked as short ones are, wherever the buffer ends.
drops()
{
	awk -f schema.awk >"$T/$1" <<END
table|public|t|fromschema=main|from=t
$(for c in a b c d; do
	case $1 in
	*$c*) echo "column|$c|text|from=$c|was=text|rule=x:1${2-}" ;;
	*) echo "skipped|column|$c" ;;
	esac
done)
END
}
for columns in a b c d ab bc cd ad bd acd; do
	drops "$columns"
done
awk 'BEGIN { s = "x"; while (length(s) < 300000) s = s s; print s }' >"$T/x"
length=262132
while [ "$length" -lt 262150 ]; do
	awk -v n="$length" '
		{ long = substr($0, 1, n) }
		END {
			OFS = "\t"
			print "#rows", 1, "main", "t"; print "#fields", "a", "b", "c", "d"
			print "#types", "text", "text", "text", "text"
			print long, "b", "", "d"; print "", long, "c", "d"; print "a", "", long, "d"; print "a", "b", "c", long
			print "#end", 4, 0
		}' "$T/x" >"$T/in"
	for columns in a b c d ab bc cd ad bd acd; do
		fields=$(echo "$columns" | sed -e 's/./&,/g' -e 's/,$//' | tr abcd 1234)
		cast-rows -s "$T/$columns" "$T/in" | grep -v '^#' >"$T/got"
		grep -v '^#' "$T/in" | cut -f "$fields" | cmp - "$T/got" || echo "$length $columns"
	done
	length=$((length + 1))
done

# Changed and counted over pieces.
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|a|character varying(600000)|from=a|was=text|rule=x:1
column|b|text|from=b|was=text|using=right-trim|rule=x:2
column|c|text|from=c|was=text|using=remove-null-characters|rule=x:3
END
awk '{ OFS = "\t"; x = substr($0, 1, 300000)
	for (i = 0; i < 100000; i++) { e = e "\\n"; u = u "ä"; z = z "\\000y" ; b = b " " }
	print "#rows", 1, "main", "t"; print "#fields", "a", "b", "c"; print "#types", "text", "text", "text"
	print u e u e u e, x b, z; print x x, x, x; print x x "x", "", ""; print "#end", 3, 0 }' "$T/x" >"$T/in"
cast-rows -s "$T/s" "$T/in" >"$T/out" || echo "status $?"
LC_ALL=C awk -F '\t' '{ print length($1), length($2), length($3) }' "$T/out"
