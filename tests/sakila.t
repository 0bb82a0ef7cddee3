#!/bin/sh
# MySQL's sample database Sakila, where it is at hand: every row, key, index, sequence and trigger of its tables, from
# MariaDB and from MySQL, and nothing left out but views, routines and triggers.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
[ -x "$PGTIDE_BIN/mysql-rows" ] || skip_all 'built without MySQL'
command -v python3 >/dev/null || skip_all 'no python3'
sakila=${PGTIDE_DATA:-$TOP/../shared/data}/sakila-mysql.zip
[ -f "$sakila" ] || skip_all 'no sakila-mysql.zip in PGTIDE_DATA'
python3 -m zipfile -e "$sakila" "$T/zip"

# shellcheck disable=SC2119	# as it is
pg_need

sql()
{
	PGOPTIONS='-c timezone=UTC -c search_path=sakila' psql -XAtqc "$1"
}

source_sql()
{
	mariadb --default-character-set=utf8mb4 -BNe "$1" sakila
}

# both NAME MYSQL-QUERY POSTGRESQL-QUERY: have the same answer, of which there is some.
both()
{
	source_sql "$2" | tr '\t' '|' | sort >"$T/source.got"
	sql "$3" | sort >"$T/target.got"
	if [ -s "$T/source.got" ]; then
		same_file "$T/target.got" "$T/source.got" "$server: $1 ($(wc -l <"$T/source.got"))"
	else
		fail "$server: $1: the source has none"
	fi
}

# The slow build asks one of them.
servers='mariadb mysql56'
[ -z "${PGTIDE_SANITIZE-}" ] || servers=mariadb
for server in $servers; do
	if ! mysql_find "$server"; then
		skip "$server" "$MYSQL_MISSING"
		continue
	fi
	mysql_start "$server"
	mariadb --default-character-set=utf8mb4 <"$T/zip/sakila-db/sakila-schema.sql"
	mariadb --default-character-set=utf8mb4 <"$T/zip/sakila-db/sakila-data.sql"
	pg_fresh "sakila_$server"
	exits 0 "$server: pgtide ends with 0" pgtide -q -d "$T/$server" mysql:///sakila "dbname=$PGDATABASE"
	is "$(grep -c 'not ok' "$T/$server/verdict" || :)" 0 "$server: the verdict is ok throughout"
	tables=$(source_sql 'show full tables where table_type = "BASE TABLE"' | cut -f 1)

	for table in $tables; do
		echo "union all select '$table', count(*) from $table"
	done | sed '1s/union all//' >"$T/counts.sql"
	both 'rows of tables' "$(cat "$T/counts.sql")" "$(cat "$T/counts.sql")"
	is "$(sql "$(cat "$T/counts.sql")" | awk -F '|' '{ n += $2 } END { print NR, n }')" '16 47273' "$server: 16 tables, 47273 rows"
	is "$(awk -F '\t' '$1 == "digest" && $3 == "ok"' "$T/$server/verdict" | wc -l)" 16 "$server: what was sent and what is there have one digest"
	both 'columns, and whether they may be NULL' \
		"select table_name, ordinal_position, column_name, is_nullable from information_schema.columns
		  where table_schema = 'sakila' and table_name in (select table_name from information_schema.tables where table_schema = 'sakila' and table_type = 'BASE TABLE')" \
		"select table_name, ordinal_position, column_name, is_nullable from information_schema.columns where table_schema = 'sakila'"
	both 'primary and unique keys' \
		"select table_name, if(index_name = 'PRIMARY', 'p', 'u'), group_concat(column_name order by seq_in_index) from information_schema.statistics
		  where table_schema = 'sakila' and non_unique = 0 group by table_name, index_name" \
		"select conrelid::regclass, contype, (select string_agg(attname, ',' order by i) from unnest(conkey) with ordinality k (n, i)
		  join pg_attribute on attrelid = conrelid and attnum = n) from pg_constraint where connamespace = 'sakila'::regnamespace and contype in ('p', 'u')"
	both 'indexes' \
		"select table_name, if(index_type = 'FULLTEXT', 'gin', 'btree'), if(index_type = 'FULLTEXT', '', group_concat(column_name order by seq_in_index)) from information_schema.statistics
		  where table_schema = 'sakila' and non_unique = 1 group by table_name, index_name" \
		"select indrelid::regclass, amname, coalesce((select string_agg(attname, ',' order by i) from unnest(indkey) with ordinality k (n, i)
		  join pg_attribute on attrelid = indrelid and attnum = n), '') from pg_index join pg_class c on c.oid = indexrelid join pg_am a on a.oid = relam
		  where not indisunique and relnamespace = 'sakila'::regnamespace"
	both 'foreign keys' \
		"select k.constraint_name, k.table_name, k.column_name, k.referenced_table_name, k.referenced_column_name, lower(r.update_rule), lower(r.delete_rule)
		   from information_schema.key_column_usage k join information_schema.referential_constraints r
		     on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
		  where k.table_schema = 'sakila'" \
		"select conname, conrelid::regclass, a.attname, confrelid::regclass, b.attname, case confupdtype when 'c' then 'cascade' when 'r' then 'restrict' when 'n' then 'set null' end,
		   case confdeltype when 'c' then 'cascade' when 'r' then 'restrict' when 'n' then 'set null' end
		   from pg_constraint join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
		   join pg_attribute b on b.attrelid = confrelid and b.attnum = confkey[1]
		  where contype = 'f' and convalidated and connamespace = 'sakila'::regnamespace"
	both 'where the numbers of new rows go on' \
		"select table_name, auto_increment from information_schema.tables where table_schema = 'sakila' and auto_increment is not null" \
		"select d.refobjid::regclass, coalesce(s.last_value + 1, s.start_value) from pg_sequences s
		   join pg_depend d on d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype = 'i' where s.schemaname = 'sakila'"
	both 'columns that change with their row' \
		"select table_name, column_name from information_schema.columns where table_schema = 'sakila' and extra like '%on update%'" \
		"select tgrelid::regclass, 'last_update' from pg_trigger where not tgisinternal"
	sql "update actor set first_name = 'ADA' where actor_id = 1" >/dev/null
	is "$(sql "select last_update > now() - interval '1 minute' from actor where actor_id = 1")" t "$server: and they do"
	is "$(sql "select string_agg(enumlabel, ' ' order by enumsortorder) from pg_enum where enumtypid = (select atttypid from pg_attribute where attrelid = 'film'::regclass and attname = 'rating')")" \
		'G PG PG-13 R NC-17' "$server: the labels of an enum"
	is "$(sql "select special_features from film where film_id = 1")" '{"Deleted Scenes","Behind the Scenes"}' "$server: a set"
	both 'what is left out: views, routines and triggers' \
		"select 'view', table_name from information_schema.views where table_schema = 'sakila'
		  union all select lower(routine_type), routine_name from information_schema.routines where routine_schema = 'sakila'
		  union all select 'trigger', trigger_name from information_schema.triggers where trigger_schema = 'sakila'" \
		"$(schema-fmt "$T/$server/target.schema" | awk -F '\t' '$1 == "skipped" { printf "%sselect '\''%s'\'', '\''%s'\''", all, $2, $3; all = " union all " }')"
done
done_testing
