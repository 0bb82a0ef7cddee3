# Columns that a rule dropped are cut out, wherever they stand; those beside them may change.
cast()
{
	awk -f schema.awk >"$T/s"
	cast-rows -s "$T/s" "$T/in"
}
awk -f rows.awk >"$T/in" <<'END'
#rows|1|main|t
#fields|a|b|c|d
#types|text|text|text|text
a1|b1|c1|d1
|||
a2|\N|c2 |
end 0
END
cast <<'END'
table|public|t|fromschema=main|from=t
column|c|text|from=c|was=text|rule=x:1
column|d|text|from=d|was=text|rule=x:1
skipped|column|a
skipped|column|b
END
cast <<'END'
table|public|t|fromschema=main|from=t
column|a|text|from=a|was=text|using=empty-string-to-null|rule=x:1
column|d|text|from=d|was=text|using=empty-string-to-null|rule=x:1
skipped|column|b
skipped|column|c
END
cast <<'END'
table|public|t|fromschema=main|from=t
column|b|text|from=b|was=text|rule=x:1
column|c|text|from=c|was=text|using=right-trim|rule=x:1
skipped|column|a
skipped|column|d
END
cast <<'END'
table|public|t|fromschema=main|from=t
column|a|text|from=a|was=text|rule=x:1
column|c|text|from=c|was=text|using=right-trim|rule=x:1
skipped|column|b
skipped|column|d
END
cast <<'END'
table|public|t|fromschema=main|from=t
skipped|column|a
skipped|column|b
skipped|column|c
skipped|column|d
END
