# Without its end, nothing of a schema becomes SQL, and the file is left alone.
echo old >"$T/out.sql"
status=0
head -n 30 shop.schema | pg-ddl -s pre -o "$T/out.sql" || status=$?
echo "$status"
status=0
pg-ddl -s post </dev/null || status=$?
echo "$status"
cat "$T/out.sql"
