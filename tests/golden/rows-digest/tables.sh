# Several tables, one without columns, one without rows; -o; and the same in two orders of columns.
awk -f rows.awk >"$T/in" <<'END'
#rows|1||t
#fields|a|b=c
#types|i64|text
1|x
2|y\n
end 0
#rows|1|main|none
#fields
#types

end 0
#rows|1|main|empty
#fields|a
#types|text
end 3
END
rows-digest "$T/in"
rows-digest -o "$T/out" <"$T/in"
rows-digest "$T/in" | cmp - "$T/out"
