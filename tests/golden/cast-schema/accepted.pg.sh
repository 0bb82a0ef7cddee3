# PostgreSQL takes every type and every default that the other cases show, and prints the types as they are here.
# needs: pg-ddl psql
for case in types.sh defaults.sh names.sh keys.sh; do
	T=$T/$case sh -c 'mkdir "$T" && sh -eu "$1"' sh "$case" 2>/dev/null |
		awk '/^#schema/ { open = 1 } open { print } /^#end/ { exit }' >"$T/schema"
	pg-ddl -s pre "$T/schema" | psql -Xq -v ON_ERROR_STOP=1 >/dev/null || echo "$case: pre"
	pg-ddl -s post "$T/schema" | psql -Xq -v ON_ERROR_STOP=1 >/dev/null || echo "$case: post"
	echo "$case $(grep -c '^column' "$T/schema")"
	psql -XAtq -F '	' -c "select quote_ident(attname), format_type(atttypid, atttypmod) from pg_attribute
		join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
		where relkind = 'r' and nspname in ('public', 'shop') and attnum > 0" |
		tr -d '"' | sort >"$T/is"
	sed -n 's/^column	\([^	]*	[^	]*\).*/\1/p' "$T/schema" | sort | comm -13 "$T/is" -
	psql -Xq -c 'drop schema public cascade' -c 'create schema public' -c 'drop schema if exists shop cascade' 2>/dev/null
done
