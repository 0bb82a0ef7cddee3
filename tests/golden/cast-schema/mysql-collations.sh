# A text column that says no collation has that of its table, which keys and checks depend on.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|users|collate=utf8mb4_general_ci
column|id|i32|notnull|src=int(11)
column|email|varchar(100)|src=varchar(100)
column|l|varchar(100)|collate=latin1_bin|src=varchar(100)
column|b|varchar(100)|collate=utf8mb4_bin|src=varchar(100)
column|free|text|src=text
column|kind|enum|src=enum('x')
label|x
column|raw|varbinary(20)|src=varbinary(20)
primary|
key|id
unique|u_email
key|email
unique|u_b
key|b
unique|u_kind
key|kind
unique|u_raw
key|raw
check|mixed|`email` = `l`
check|by_table|`email` = 'a'
check|by_column|`b` = 'a'
table|shop|codes|collate=utf8mb4_bin
column|code|varchar(20)|notnull|src=varchar(20)
column|name|varchar(20)|notnull|collate=utf8mb4_general_ci|src=varchar(20)
column|raw|bytes|src=blob
unique|u_code
key|code
unique|u_name
key|name
check|by_table|`code` = 'a'
check|bytes|`raw` = 'a'
END
cast-schema "$T/in" | grep '^skipped\|^check'
