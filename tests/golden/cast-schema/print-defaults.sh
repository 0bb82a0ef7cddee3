# -R prints the rules; given back with -r they decide as the built-in ones do.
awk -f schema.awk >"$T/in" <<'END'
table|main|t
column|i|i64
column|n|decimal
column|at|timestamp(6)
END
cast-schema -R sqlite -o "$T/all.cast"
grep -c '^neutral' "$T/all.cast"
cast-schema "$T/in" | sed 's/rule=.*//' >"$T/a"
cast-schema -r "$T/all.cast" "$T/in" 2>/dev/null | sed 's/rule=.*//' >"$T/b"
cmp "$T/a" "$T/b"
cast-schema -R nosuch
