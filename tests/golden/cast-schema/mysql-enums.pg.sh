# Enums and sets, with labels that need quotes: the types, what cannot be one, and rows there and back.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|a
column|id|i32|notnull|identity=bydefault|src=int(11)
column|state|enum|notnull|default=New|src=enum('new','paid')
label|new
label|paid
column|odd|enum|default=it's|src=enum(…)
label|
label|it's
label|a\\b
label|a,b
label|a"b
label|{a}
label|NULL
label|É
label|:x
label|twice
label|twice
label|Two\nlines
column|long|enum|src=enum(…)
label|1234567890123456789012345678901234567890123456789012345678901234
column|no error|enum|src=enum('a')
label|a
column|bags|set|notnull|default={small,"very big"}|src=set('small','very big')
label|small
label|very big
column|words|set|src=set(…)
label|NULL
label|it's
label|a"b
label|a\\b
label|{
column|late|set|default={nosuch}|src=set('a')
label|a
column|plain|enum|default=a|src=enum('a','b')
label|a
label|b
column|plains|set|default={a}|src=set('a','b')
label|a
label|b
column|freed|enum|src=enum('a')
label|a
primary|
key|id
key|state
table|shop|a_bags
column|state|enum|src=enum('new','paid')
label|new
label|paid
column|id|i32|src=int(11)
foreign|fk|shop|a
pair|id|id
pair|state|state
table|shop|a b"c
column|d.e|enum|src=enum('x')
label|x
END
cat >"$T/rules" <<'END'
column a.plain to text
column a.plains to text[]
column a.freed using empty-string-to-null
END
cast-schema -r "$T/rules" "$T/in" | sed "s|$T/||" | tee "$T/target"
pg-ddl -s pre "$T/target" | tee "$T/pre" | psql -Xq -v ON_ERROR_STOP=1
grep '^CREATE TYPE' "$T/pre"
printf '%b' '#rows\t1\tshop\ta\n#fields\tid\tstate\todd\tlong\tno error\tbags\twords\tlate\tplain\tplains\tfreed\n' \
	'#types\ti32\tenum\tenum\tenum\tenum\tset\tset\tset\tenum\tset\tenum\n' >"$T/rows"
cat >>"$T/rows" <<'END'
1	new	it's	1234567890123456789012345678901234567890123456789012345678901234	a	{}	{"NULL",it's}	{}	a	{a,b}	a
2	paid		\N	\N	{small,"very big"}	{"a\\"b","a\\\\b","{"}	{a}	b	{}	
3	new	a\\b	\N	a	{"very big"}	\N	\N	\N	\N	\N
4	new	Two\nlines	\N	a	{"very big"}	\N	\N	\N	\N	\N
#end	4	0
END
cast-rows -s "$T/target" "$T/rows" >"$T/cast"
pg-copy "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER" <"$T/cast"
pg-ddl -s post "$T/target" | psql -XqAt -v ON_ERROR_STOP=1 | grep -v '^[0-9]*$' || :
psql -XAtc 'table shop.a' -c "insert into shop.a (id) values (9) returning *"
psql -Xqc 'delete from shop.a where id = 9'
rows-digest "$T/cast" >"$T/sent"
pg-rows -n shop -t a "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER" | rows-digest >"$T/back"
cmp "$T/sent" "$T/back"

# The error value of MySQL, which is no label; and a rule for it.
for value in 'no error' odd freed; do
	printf '#rows\t1\tshop\ta\n#fields\t%s\n#types\tenum\n\n#end\t1\t0\n' "$value" |
		cast-rows -s "$T/target" 2>&1 | sed 1,3d || :
done
cast-schema -x "$T/in" | cut -f 1-3,5,6
