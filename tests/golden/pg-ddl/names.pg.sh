# What is planned, as rows that SQL can ask; of a table with a trigger its function too.
{
	echo 'SELECT * FROM ('
	pg-ddl -s names shop.schema
	echo ') AS n (kind, schema, name, "table");'
} >"$T/names.sql"
psql -XAt -f "$T/names.sql"
{
	printf '#schema\t1\tsource=mysql\ttarget=postgresql\n'
	printf 'table\t\tit'"'"'s\\\\here :x\ncolumn\ta\ttimestamp\tonupdate=now()\nprimary\t\nkey\ta\n#end\t4\n'
} | pg-ddl -s names >"$T/odd.sql"
psql -XAt -f "$T/odd.sql"
echo '#schema	1	source=mysql	target=postgresql
#end	0' | pg-ddl -s names
