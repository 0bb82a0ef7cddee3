# Tables that are taken and left out, what goes with those that are left out, and where the others are put.
awk -f schema.awk -v source=mysql >"$T/in" <<'END'
enum|shop|mood
label|good
enum|shop|only
label|x
enum|shop|nobody
label|y
sequence|shop|for_log
sequence|shop|for_all
table|shop|log
column|id|i64|notnull|defexpr=nextval(`shop`.`for_log`)
column|no|i64|notnull|defexpr=nextval(`shop`.`for_all`)
column|mood|enum|enum=mood
column|only|enum|enum=only|enumschema=shop
primary|
key|id
table|shop|lines
column|log_id|i64
column|no|i64|defexpr=nextval(`shop`.`for_all`)
column|mood|enum|enum=mood
column|user_id|i64
foreign|lines_log|shop|log
pair|log_id|id
foreign|lines_user|shop|users
pair|user_id|id
table|shop|users
column|id|i64|notnull
primary|
key|id
table|old|log
column|line|text
END
cat >"$T/rules" <<'END'
include table shop.*
exclude table l?g
table users set schema people set tablespace pg_default
table shop.~/s$/ set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = off)
END
cast-schema -r "$T/rules" -n app -o "$T/out" "$T/in"
cat "$T/out"
pg-ddl -s pre "$T/out" | tee "$T/sql" | psql -Xq -v ON_ERROR_STOP=1 -f -
sed -n '/WITH/p' "$T/sql"
psql -XAtq -c "SELECT relnamespace::regnamespace, relname, reloptions FROM pg_class WHERE relname IN ('users', 'lines') ORDER BY 2"
# The source has tables, but none is wanted.
echo 'exclude table *' >"$T/rules"
cast-schema -r "$T/rules" "$T/in" || echo "$?"
# Both names after the rules, and where they come from.
echo 'table old.log rename to users set schema shop' >"$T/rules"
cast-schema -r "$T/rules" "$T/in" || echo "$?"
