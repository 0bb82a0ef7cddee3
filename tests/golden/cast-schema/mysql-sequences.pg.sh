# Sequences of MariaDB and defaults that use them; AUTO_INCREMENT besides the primary key; zero bytes in comments and
# defaults.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
sequence|shop|it's "s"`|start=1|increment=10|min=1|max=9223372036854775806|comment=Numbers
next||101
sequence|shop|down|start=-1|increment=-1|min=-9223372036854775807|max=-1|cycle
next||-5
table|shop|t|comment=Not\000this
column|id|i64|defexpr=nextval(`shop`.`it's "s"```)|src=bigint(20)
column|gone|i64|defexpr=nextval(`shop`.`nosuch`)|src=bigint(20)
column|n|u64|notnull|identity=bydefault|src=bigint(20) unsigned|comment=zero\000byte
column|t|varchar(9)|default=a\000b|src=varchar(9)|comment=It's \\ a: 'comment'
index|n|method=btree|comment=Another\000one
key|n
next|n|18446744073709551615
END
cast-schema "$T/in" | tee "$T/target"
pg-ddl -s pre "$T/target" | psql -Xq -v ON_ERROR_STOP=1
psql -Xqc 'insert into shop.t (id) values (1)'
pg-ddl -s post "$T/target" | psql -XqAt -v ON_ERROR_STOP=1
psql -XAtc 'insert into shop.t (n) values (default) returning id' -c "select nextval('shop.down')" -c "select nextval('shop.t_n_seq')" || :
