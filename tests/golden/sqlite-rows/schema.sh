# needs: sqlite3
# -s: columns and types from a source.schema or a target.schema, and what happens when the source changed.
sqlite3 "$T/s.db" "CREATE TABLE t (id INTEGER PRIMARY KEY, age INTEGER, born DATE, dropped TEXT);
	INSERT INTO t VALUES (1, 'toto', '2024-02-30', x'00')"
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
cat >"$T/source.schema" <<'END'
#schema	1	source=sqlite	database=s
table	main	t
column	id	i64
column	age	text
column	born	text
#end	4
END
cat >"$T/target.schema" <<'END'
#schema	1	source=sqlite	target=postgresql	database=s
table	public	people	fromschema=main	from=t
column	born_on	text	from=born	was=text
column	Id	bigint	from=id	was=i64
column	age	text	from=age	was=text
skipped	column	dropped	reason=a rule drops it
table	public	t	fromschema=main	from=other
column	a	text	from=a	was=text
#end	7
END
cat >"$T/none.schema" <<'END'
#schema	1	source=sqlite	target=postgresql	database=s
table	public	t	fromschema=main	from=t
#end	1
END
echo '-- source.schema' >&2
try sqlite-rows -s "$T/source.schema" -t t "$T/s.db"
echo '-- target.schema' >&2
try sqlite-rows -s "$T/target.schema" -t t "$T/s.db"
echo '-- all columns dropped' >&2
try sqlite-rows -s "$T/none.schema" -t t "$T/s.db"
echo '-- not in the schema' >&2
try sqlite-rows -s "$T/target.schema" -t people "$T/s.db"
sed 's/from=t$/from=people/' "$T/target.schema" >"$T/people.schema"
try sqlite-rows -s "$T/people.schema" -t t "$T/s.db"
echo '-- a column is gone, the table is gone' >&2
sqlite3 "$T/s.db" 'ALTER TABLE t DROP COLUMN born'
try sqlite-rows -s "$T/target.schema" -t t "$T/s.db"
try sqlite-rows -s "$T/source.schema" -t t "$T/s.db"
sqlite3 "$T/s.db" 'DROP TABLE t'
try sqlite-rows -s "$T/source.schema" -t t "$T/s.db"
echo '-- types' >&2
sqlite3 "$T/s.db" 'CREATE TABLE t (a); INSERT INTO t VALUES (255)'
for type in i8 u8 i16 u64 'varchar(3)' 'binary(3)' f32 'timestamptz(6)' 'text[]' enum; do
	printf '#schema\t1\tsource=sqlite\ntable\tmain\tt\ncolumn\ta\t%s\n#end\t2\n' "$type" >"$T/type.schema"
	try sqlite-rows -s "$T/type.schema" -t t "$T/s.db"
done | grep -v '^#'
echo '-- cut, missing, no schema' >&2
head -n 3 "$T/source.schema" >"$T/cut.schema"
try sqlite-rows -s "$T/cut.schema" -t t "$T/s.db"
try sqlite-rows -s "$T/missing.schema" -t t "$T/s.db"
try sqlite-rows -s "$T/s.db" -t t "$T/s.db"
printf '#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\tfromschema=main\tfrom=t\ncolumn\ta\ttext\n#end\t2\n' >"$T/bare.schema"
try sqlite-rows -s "$T/bare.schema" -t t "$T/s.db"
