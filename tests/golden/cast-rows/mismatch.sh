# Rows that do not go with the schema.
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|a|text|from=a|was=text|rule=x:1
END
refused()
{
	awk -f rows.awk | cast-rows -s "$T/s" || echo "status $?"
}
refused <<'END'
#rows|1|main|T
#fields|a
#types|text
end 0
END
refused <<'END'
#rows|1|public|t
#fields|a
#types|text
end 0
END
refused <<'END'
#rows|1|main|t
#fields|a|b
#types|text|text
end 0
END
refused <<'END'
#rows|1|main|t
#fields|a
#types|i64
end 0
END
refused <<'END'
#rows|1|main|t|target=postgresql
#fields|a
#types|text
end 0
END
