# Rows longer than the buffer, set aside for a value in any place: before, in and behind the long one; beside them good ones.
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|a|numeric(3,1)|from=a|was=decimal|rule=x:1
column|long|text|from=long|was=text|rule=x:2
column|short|character varying(500000)|from=short|was=text|rule=x:3
column|z|timestamp without time zone|from=z|was=timestamp(6)|rule=x:4
skipped|column|gone|reason=dropped by rule
table|public|c|fromschema=main|from=c
column|long|text|from=long|was=text|rule=x:2
column|z|timestamp without time zone|from=z|was=timestamp(6)|rule=x:4
END
x() { head -c "$1" /dev/zero | tr '\0' x; }
{
	printf '#rows\t1\tmain\tt\n#fields\ta\tgone\tlong\tgone2\tshort\tz\n' | sed 's/	gone2//'
	printf '#types\tdecimal\ttext\ttext\ttext\ttimestamp(6)\n'
	printf '1.0\tg\t%s\ts\t2024-01-01 10:00:00\n' "$(x 300000)"
	printf '1.25\tg\t%s\ts\t2024-01-01 10:00:00\n' "$(x 300001)"
	printf '2.0\t%s\tl\ts\t2024-01-01 10:00:00\n' "$(x 600000)"
	printf '3.0\tg\tl\t%s\t2024-01-01 10:00:00\n' "$(x 500001)"
	printf '4.0\tg\tl\t%s\t2024-01-01 10:00:00\n' "$(x 500000)"
	printf '5.0\tg\t%s\ts\t2024-01-01 24:00:00\n' "$(x 800000)"
	printf '6.0\tg\tl\ts\t2024-01-01 10:00:00\n'
	printf '7.25\tg\tl\ts\t2024-01-01 10:00:00\n#end\t8\t0\n'
	printf '#rows\t1\tmain\tc\n#fields\tlong\tz\n#types\ttext\ttimestamp(6)\n'
	printf 'a\t2024-01-01 10:00:00\n%s\t2024-01-01 24:00:00\n' "$(x 262100)"
	for n in 262125 262126 262127 262128 262140 262144; do
		printf '%s\t2024-01-01 23:59:60\n%s\t2024-01-01 23:59:59\n' "$(x $n)" "$(x $n)"
	done
	printf '#end\t14\t0\n'
} >"$T/in"
rows-fmt "$T/in" >/dev/null
cast-rows -e 50 -E "$T/rejects" -s "$T/s" "$T/in" >"$T/out"
rows-fmt "$T/out" >/dev/null
rows-fmt "$T/rejects" >/dev/null
# Lengths instead of long fields.
shorten() { awk -F '\t' -v OFS='\t' '!/^#/ { for (i = 1; i <= NF; i++) if (length($i) > 50) $i = "<" length($i) ">" } { print }' "$1"; }
shorten "$T/out"
shorten "$T/rejects"
# What is set aside and what goes on are the rows there were.
cast-rows -s "$T/s" "$T/in" >/dev/null || echo "status $?"
sed 's/	24:00:00/	23:59:59/; s/ 24:00:00$/ 23:59:59/; s/:60$/:59/; s/^\([0-9]\)\.25/\1.2/; s/x	2024/	2024/' "$T/rejects" |
	cast-rows -s "$T/s" | rows-digest | cut -f 1-3
