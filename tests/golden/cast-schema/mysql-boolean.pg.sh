# tinyint(1) by the rules mysql-boolean, and bit(1): types, defaults, keys and rows.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|t
column|id|i8|notnull|identity=bydefault|src=tinyint(1)
column|flag|i8|notnull|default=1|src=tinyint(1)
column|odd|i8|default=2|src=tinyint(1)
column|small|i8|default=2|src=tinyint(4)
column|unsigned|u8|src=tinyint(1) unsigned
column|own|i8|src=tinyint(1)
column|bit|bit(1)|notnull|default=1|src=bit(1)
column|bits|bit(2)|default=01|src=bit(2)
END
echo 'column t.own to integer' >"$T/rules"
cast-schema -r "$T/rules" "$T/in" | sed 's/rule=.*//' | head -9
cast-schema -r "$T/rules" -r mysql-boolean "$T/in" | sed "s|$T/||" | tee "$T/target" | sed 's/rule=.*//'
# Printed they are a file like any other.
cast-schema -R mysql-boolean -o "$T/mysql-boolean"
cast-schema -x -r "$T/rules" -r "$T/mysql-boolean" "$T/in" | cut -f 3-6,8

pg-ddl -s pre "$T/target" | psql -Xq -v ON_ERROR_STOP=1
printf '#rows\t1\tshop\tt\n#fields\tid\tflag\todd\tbit\tbits\n#types\ti8\ti8\ti8\tbit(1)\tbit(2)\n' >"$T/head"
{ cat "$T/head"; printf '1\t1\t0\t1\t10\n-128\t0\t\\N\t0\t\\N\n#end\t2\t0\n'; } | cast-rows -s "$T/target" |
	pg-copy "postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER"
psql -XAtc 'table shop.t' -c 'insert into shop.t (id) values (3) returning *'
{ cat "$T/head"; printf '1\t2\t0\t1\t10\n#end\t1\t0\n'; } | cast-rows -s "$T/target" | tail -n 1
