# The kinds of indexes that MySQL has, in PostgreSQL's words and in PostgreSQL; names that repeat in other tables.
awk -v source=mysql -f schema.awk >"$T/in" <<'END'
table|shop|a
column|id|i32|notnull|identity=bydefault|src=int(11)
column|Title "x"|varchar(200)|notnull|collate=utf8mb4_general_ci|src=varchar(200)
column|body|text|collate=utf8mb4_general_ci|src=longtext
column|code|varchar(20)|notnull|collate=utf8mb4_bin|src=varchar(20)
column|raw|bytes|src=blob
column|at|timestamp(0)|src=datetime
column|shape|geometry|src=point
column|kind|enum|collate=utf8mb4_general_ci|src=enum('x')
label|x
primary|PRIMARY
key|id
unique|u_title
key|Title "x"|prefix=10
unique|u_body_raw
key|body|prefix=3
key|raw|prefix=2
unique|u_desc
key|id|desc
key|code
unique|u_kind
key|kind
index|i_title|method=btree
key|Title "x"
index|i_desc|method=btree
key|at|desc
key|id
index|i_raw|method=btree
key|raw|prefix=4|desc
index|i_at|method=btree
key|at|prefix=2
index|words|method=fulltext
key|Title "x"
key|body
index|words1|method=fulltext
key|body
index|wordsless|method=fulltext
key|raw
index|shapes|method=spatial
key|shape
index|h1|method=hash
key|code
index|h2|method=hash
key|code
key|id
index|r|method=rtree
key|id
table|shop|b
column|a_id|i32|notnull|src=int(11)
column|Name|text|notnull|collate=utf8mb4_general_ci|src=text
column|code|varchar(20)|collate=utf8mb4_general_ci|src=varchar(20)
primary|
key|a_id
key|Name|prefix=5
index|fk_a|method=btree
key|a_id
index|i_title|method=btree
key|Name|prefix=9
foreign|fk_a|shop|a|ondelete=restrict|onupdate=no action
pair|a_id|id
foreign|fk_default|shop|a|ondelete=set default
pair|a_id|id
foreign|fk_code|shop|a
pair|code|code
END
cast-schema "$T/in" | tee "$T/target" | grep -v '^column'
pg-ddl -s pre "$T/target" | psql -Xq -v ON_ERROR_STOP=1
pg-ddl -s post "$T/target" | psql -XqAt -v ON_ERROR_STOP=1
psql -XAtc "select indexdef from pg_indexes where schemaname = 'shop' order by 1"
# A unique key on a beginning lets in what differs only behind it at the source.
psql -XqAt <<'END'
insert into shop.a (id, "Title ""x""", code) values (1, 'same same same', 'x'), (2, 'same same Same', 'y');
insert into shop.a (id, "Title ""x""", code) values (3, 'SAME same same', 'z'), (4, 'same', 'a');
explain (costs off) select from shop.a where to_tsvector('simple'::regconfig, coalesce(body, '')) @@ 'x'::tsquery;
END
# With PostGIS's type a shape has an index; only its SQL is looked at here.
echo 'column a.shape to public.geometry(Point,4326)' >"$T/rules"
cast-schema -r "$T/rules" "$T/in" 2>"$T/err" | pg-ddl -s post | grep shapes || :
cat "$T/err"
