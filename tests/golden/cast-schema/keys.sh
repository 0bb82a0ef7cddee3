# Every key, index and check is there or skipped, with the reason and what it was.
awk -f schema.awk >"$T/in" <<'END'
table|main|t|strict
column|id|i64|notnull|src=INTEGER
column|Name|text|collate=NOCASE|src=text
column|trimmed|text|collate=RTRIM|src=text
column|bin|text|collate=BINARY|src=text
column|doc|json
column|made|i64|generated="id" * 2|stored|src=INTEGER
column|made2|i64|generated="id" * 3|src=INTEGER
column|gone|i64|src=INTEGER
primary|pk
key|id
unique|u_nocase
key|Name|collate=NOCASE
unique|u_partial|where="gone" > 0
key|id
unique|u_expr
keyexpr|lower("Name")
key|id|desc
index|i_desc
key|Name|desc
key|id
index|i_notnull|where=name IS NOT NULL
key|id
index|i_null|where=[NAME] is null
key|id
index|i_null2|where="Name" IS  NULL
key|id
index|i_where|where=nosuch IS NULL
key|id
index|i_where2|where=id = 1 AND name IS NOT NULL
key|id
index|i_bin
key|bin|collate=BINARY
index|i_gone
key|gone
index|i_prefix
key|Name|prefix=10
index|i_full|method=fulltext
key|Name
index|i_doc
key|doc
index||where=x
key|id
check|ck|id > 0
check||id < 9
skipped|trigger|tr|reason=as before
view|main|v|text=SELECT 1
skipped|virtual table|fts|reason=as before
END
echo 'column t.gone drop column' >"$T/r.cast"
cast-schema -r "$T/r.cast" "$T/in"

# The same number of objects goes in and comes out.
objects='enum|sequence|table|view|column|primary|unique|index|check|foreign'
cast-schema -r "$T/r.cast" "$T/in" >"$T/out"
grep -cE "^($objects)	" "$T/in"
grep -cE "^(skipped	)?($objects)	" "$T/out"
