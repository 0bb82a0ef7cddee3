# A transform that makes a value NULL where the column takes none says so, before PostgreSQL does.
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|c|text|notnull|from=The column|was=text|using=empty-string-to-null|rule=r.cast:1
END
awk -f rows.awk <<'END' | cast-rows -s "$T/s"
#rows|1|main|t
#fields|The column
#types|text
x

end 0
END
