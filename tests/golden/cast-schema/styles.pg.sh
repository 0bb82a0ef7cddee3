# Names in other styles, and indexes that are called by the OID of their table; all that refers to them follows.
awk -f schema.awk >"$T/in" <<'END'
enum|Shop|orderState
label|New
sequence|Shop|invoiceNo
table|Shop|UserAccounts
column|ID|i64|notnull|identity=bydefault|src=INTEGER
column|userName|text|src=TEXT
column|HTTPServer2|i64|defexpr=1 + 1|src=INTEGER
column|CTID|i64|src=INTEGER
primary|
key|ID
unique|
key|userName
index|byName|where="userName" IS NOT NULL|comment=By name
key|userName
index|by_expr
keyexpr|abs("HTTPServer2")
check|isPositive|"ID" > 0
next|ID|5
table|Shop|Orders
column|orderID|i64|notnull|src=INTEGER
column|userID|i64|src=INTEGER
column|state|enum|enum=orderState
primary|PRIMARY|comment=The key
key|orderID
index|byName
key|userID
index|a very long name of an index that has more than the forty-eight bytes it may have
key|userID
foreign|toUser|Shop|UserAccounts
pair|userID|ID
END
echo "table Orders rename to KeptAsItIs, column UserAccounts.userName rename to \"Also Kept\", column *.state to text" >"$T/rules"
for style in downcase snake_case; do
	cast-schema -r "$T/rules" -i "$style" "$T/in" | sed -n '/^[#]/d; s/	was=.*//; p'
done
cast-schema -r "$T/rules" -i snake_case -u -o "$T/out" "$T/in"
grep oidname "$T/out"
pg-ddl -s pre "$T/out" | psql -Xq -v ON_ERROR_STOP=1 -f -
pg-ddl -s post "$T/out" >"$T/post.sql"
grep gexec "$T/post.sql"
psql -XqAt -v ON_ERROR_STOP=1 -f "$T/post.sql"
# The list counts the lines of each statement.
pg-ddl -l -s post "$T/out" | awk -F '\t' '{ n += $5 } END { print n + 3 }'
awk 'END { print NR }' "$T/post.sql"
psql -XAtq <<'END'
SELECT replace(c.relname, i.indrelid::text, 'OID'), i.indrelid::regclass, pg_get_constraintdef(k.oid), obj_description(c.oid), obj_description(k.oid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid LEFT JOIN pg_constraint k ON k.conindid = c.oid AND k.contype IN ('p', 'u')
WHERE c.relnamespace = 'shop'::regnamespace ORDER BY i.indrelid::regclass::text COLLATE "C", 1
END
# What becomes one name is an error; with their names as they are both can be.
try()
{
	awk -f schema.awk >"$T/in"
	cast-schema "$@" "$T/in" >/dev/null || echo "$?"
}
for style in quote downcase snake_case; do
	try -i "$style" <<'END'
table|s|A
column|c|i64
table|s|a
column|c|i64
END
	try -i "$style" <<'END'
table|s|t
column|userID|i64
column|user_id|i64
END
done
cast-schema -i camel "$T/in" || echo "$?"
printf '#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\ncolumn\ta\tint\nindex\t%s\toidname\nkey\ta\n#end\t4\n' \
	"$(printf '%049d' 0)" >"$T/long"
pg-ddl -s post "$T/long" || echo "$?"
