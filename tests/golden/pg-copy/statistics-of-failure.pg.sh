# Nothing is loaded, so no table is told of.
psql -Xqf schema.sql
psql -Xqc 'drop table notes'
status=0
pg-copy -S "$T/stats" postgresql:// <shop.rows || status=$?
sed 's/^seconds.*/seconds/' "$T/stats"
exit "$status"
