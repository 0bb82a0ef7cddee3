# A column that no rule covers is named, with the rule that would settle it.
awk -f schema.awk >"$T/in" <<'END'
table|main|t
column|id|i64
column|shape|other|src=GEOMETRY
END
cast-schema "$T/in"
