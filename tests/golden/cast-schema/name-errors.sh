# Two names that would become one, names that are none.
refused()
{
	awk -f schema.awk >"$T/in"
	cast-schema "$@" "$T/in" || echo "$?"
}
refused -n one <<'END'
table|a|t
column|c|i64
table|b|t
column|c|i64
END
refused <<'END'
table|main|t
column|ctid|i64
column|ctid_|i64
END
refused <<'END'
table|main|
column|c|i64
END
refused <<'END'
table|main|t
column||i64
END
refused <<'END'
table|main|t
column|a\000b|i64
END
refused <<'END'
table|main|t
column|a|i64
index|i\000
key|a
END
refused <<'END'
table|main|t
column|a|enum|enum=nosuch
END
refused -n '' </dev/null
