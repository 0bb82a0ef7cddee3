# Rows that cannot pass are set aside as they came, each with its reason, and the rest goes on.
awk -f schema.awk >"$T/s" <<'END'
table|public|orders|fromschema=main|from=Orders
column|id|bigint|notnull|from=Id|was=i64|rule=x:1
column|price|numeric(6,2)|from=Price|was=decimal|rule=x:2
column|code|character varying(3)|from=Code|was=text|rule=x:3
column|paid|boolean|from=Paid|was=text|using=tinyint-to-boolean|rule=x:4
column|day|date|notnull|from=Day|was=text|using=zero-dates-to-null|rule=x:5
column|at|timestamp without time zone|from=At|was=timestamp(6)|rule=x:6
skipped|column|Gone|reason=dropped by rule
table|public|u|fromschema=main|from=U
column|at|timestamp without time zone|from=At|was=timestamp(6)|rule=x:6
END
cat >"$T/lines" <<'END'
#rows|1|main|Orders|night=1
#fields|Id|Price|Code|Gone|Paid|Day|At
#types|i64|decimal|text|text|text|text|timestamp(6)
1|1.50|abc|x|1|2024-01-01|2024-01-01 00:00:00
2|1.505|abc|x|2|2024-01-01|2024-01-01 00:00:00
3|10000|abcd|x|2|2024-01-01|2024-01-01 00:00:00
4|x|abc|x|2|2024-01-01|2024-01-01 00:00:00
5|\N|\#\t\\|x|1|2024-01-01|\N
6|\N|\#\t\\é|x|1|2024-01-01|\N
7|1|abc|a\tb|maybe|2024-01-01|2024-01-01 00:00:00
8|1|abc|x|2|0000-00-00|2024-01-01 00:00:00
# a comment
9|1|abc|x|2|2024-02-30|2024-01-01 00:00:00
10|1|abc|x|2|2024-02-28|2024-01-01 24:00:00
11|1|abc|x|2|2024-02-28|2024-01-01 23:59:59
end 4
#rows|1|main|U
#fields|At
#types|timestamp(6)
2024-01-01 10:00:00
2024-01-01 23:59:60
end 0
END
awk -f rows.awk "$T/lines" >"$T/in"
echo '--- out'
cast-rows -e 9 -E "$T/rejects" -S "$T/stats" -s "$T/s" "$T/in"
echo '--- rejects'
cat "$T/rejects"
echo '--- statistics'
sed 's/^seconds.*/seconds/' "$T/stats"

echo '--- mended'
sed -e 's/1\.505/1.5/; s/10000/9999/; s/	x	abc/	\\N	abc/; s/abcd/abc/; s/é//; s/maybe/0/; s/0000-00-00/2024-01-02/' \
	-e 's/02-30/02-29/; s/24:00:00/23:59:59.999999/; s/23:59:60/23:59:59/' "$T/rejects" >"$T/mended"
cast-rows -s "$T/s" "$T/mended"

echo '--- over the limit'
cast-rows -e 7 -E "$T/rejects" -S "$T/stats" -o "$T/out" -s "$T/s" "$T/in" || echo "status $?"
sed 's/^seconds.*/seconds/' "$T/stats"
grep -c '^# reject' "$T/rejects"
grep '^#end' "$T/out" || echo 'no #end'
cast-rows -e 69.2% -E "$T/rejects" -o "$T/out" -s "$T/s" "$T/in" || echo "status $?"
grep -c '^#end' "$T/out"
cast-rows -e 69.3% -E "$T/rejects" -o "$T/out" -s "$T/s" "$T/in"
grep '^#end' "$T/out"

echo '--- none: the file is empty'
rows-fmt -n main -t U "$T/in" | sed '/:60/d' | rows-fmt -c | cast-rows -e 1 -E "$T/rejects" -s "$T/s"
cat "$T/rejects"
echo '--- wrong calls'
cast-rows -e 5 -s "$T/s" "$T/in" || echo "status $?"
cast-rows -E "$T/rejects" -s "$T/s" "$T/in" || echo "status $?"
cast-rows -e 0 -E "$T/rejects" -s "$T/s" "$T/in" || echo "status $?"
for limit in '' % -1 x 1x 101%; do
	cast-rows -e "$limit" -E "$T/rejects" -s "$T/s" "$T/in" || echo "status $?"
done
cast-rows -e 5 -E "$T/no/such" -s "$T/s" "$T/in" || echo "status $?"
cast-rows -e 9 -E /dev/full -s "$T/s" "$T/in" >"$T/out" || echo "status $?"
grep -c '^#end' "$T/out" || :
