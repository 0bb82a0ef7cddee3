# A foreign key that PostgreSQL would refuse is skipped, with the reason.
awk -f schema.awk >"$T/in" <<'END'
table|main|p
column|id|i64|notnull
column|a|text
column|b|text
column|num|decimal
column|part|i64
primary|
key|id
unique|
key|b
key|a
unique|
key|num
unique|partial|where=part IS NULL
key|part
table|main|c
column|id|i64
column|p|i64
column|p_text|text
column|p_num|decimal
column|x|text
column|y|text
foreign|good|main|p|ondelete=cascade|onupdate=set null|deferrable
pair|p|id
foreign|two|main|p
pair|x|a
pair|y|b
foreign|to_numeric|main|p
pair|p|num
foreign|from_numeric|main|p
pair|p_num|id
foreign|text_to_int|main|p
pair|p_text|id
foreign|nowhere|main|nosuch
pair|p|id
foreign|other_schema|elsewhere|p
pair|p|id
foreign|no_column|main|p
pair|p|nosuch
foreign|no_key|main|p
pair|x|a
foreign|part|main|p
pair|p|part
foreign||main|p
pair|p|nosuch
END
cast-schema "$T/in"
cast-schema -n other "$T/in" | grep '^foreign'
