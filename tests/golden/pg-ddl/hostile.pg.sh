# Names and texts that try to get out of their quotes, into SQL or into psql's own commands and variables. All of them
# must be in the catalogue as they were: the flat lists of both schemas differ only in how expressions are spelt.
pg-ddl -s pre hostile.schema | psql -Xq -v ON_ERROR_STOP=1 -f -
pg-ddl -s post hostile.schema | psql -XqAt -v ON_ERROR_STOP=1 -f -
pg-schema -o "$T/back.schema" postgresql:///
for schema in hostile.schema "$T/back.schema"; do
	schema-fmt -l "$schema" | sed -e 's/	[a-z]*expr=.*//' -e 's/	default=.*//' -e 's/	where=[^	]*//' \
		-e 's/	method=btree//' -e '/	check	/d' -e '/	keyexpr	/d' -e '/	sequence	/d' -e 's/"public"/public/'
done >"$T/both"
LC_ALL=C sort "$T/both" | uniq -u
psql -XAt <<'END'
insert into public."a:b""c'd\e
\q f:USER" default values returning *;
END
