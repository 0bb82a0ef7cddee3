# A check that MySQL does not enforce is none, not even for new rows.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|t
column|a|i32|src=int(11)
check|kept|`a` > 0
check|off|`a` > 1|notvalid
check|off_unclear|rand() > 1|notvalid
END
cast-schema "$T/in" | grep '^skipped\|^check'
