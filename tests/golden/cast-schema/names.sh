# Names over 63 bytes, names that are taken, names that are missing; from= has the old ones.
long=abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdefghijkl
awk -f schema.awk >"$T/in" <<END
enum|main|$long.enum
label|a
table|main|$long.1
column|$long.a|i64|notnull|identity=bydefault
column|$long.b|i64
column|ctid|enum|enum=$long.enum
primary|
key|$long.a
unique|
key|$long.b
index|$long.i
key|$long.b|desc
foreign||main|$long.1
pair|$long.b|$long.a
next|$long.a|9
table|main|umlauts_ääääääääääääääääääääääääääääää
column|c|text
table|main|T
column|id|i64
primary|T
key|id
index|same
key|id
index|
key|id
index|
key|id
table|main|t
column|id|i64|identity=bydefault
index|same
key|id
index|t_id_seq
key|id
index|t_same
key|id
unique|x
key|id
foreign|x|main|T
pair|id|id
END
cast-schema "$T/in"
echo
# The same for any order of the tables.
awk '/^table/ { n++ } { k = /^#schema|^enum|^label/ ? 0 : /^#end/ ? 99 : 10 - n; print k "\t" NR "\t" $0 }' "$T/in" |
	sort -k1,1n -k2,2n | cut -f 3- >"$T/other"
cast-schema "$T/in" >"$T/a"
cast-schema "$T/other" >"$T/b"
cmp "$T/a" "$T/b"
cast-schema -n all "$T/in" | grep -c 'all'
