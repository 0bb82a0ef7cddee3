# Names and types become the target's; rows, other attributes and the count of rejected ones go on as they came.
awk -f schema.awk >"$T/s" <<'END'
table|public|People|fromschema=main|from=people
column|Id|bigint|from=id|was=i64|rule=x:1
column|Bio|text|from=bio|was=text|rule=x:1
column|born|timestamp without time zone|from=born|was=timestamp(6)|rule=x:1
table|public|none|fromschema=main|from=none
table|other|one|fromschema=main|from=one
column|c|text|from=c|was=text|rule=x:1
END
awk -f rows.awk >"$T/in" <<'END'
#rows|1|main|people|snapshot=7|bare
#fields|id|bio|born
#types|i64|text|timestamp(6)
1|a\tb|2024-01-01 00:00:00.5
# a comment is dropped
2|\N|0001-01-01 00:00:00
3||\N
end 4
#rows|1|main|none
#fields
#types


end 0
#rows|1|main|one
#fields|c
#types|text

\#
end 0
#rows|1|main|people
#fields|bio
#types|text
only one
end 1
END
cast-rows -s "$T/s" -S "$T/stats" "$T/in"
sed '$d' "$T/stats"
cast-rows -s "$T/s" -o "$T/out" <"$T/in"
cast-rows -s "$T/s" "$T/in" | cmp - "$T/out"
