# What pre makes, drop drops, but not when something hangs on it; and once more does nothing.
run()
{
	pg-ddl -s "$1" shop.schema | psql -Xq -v ON_ERROR_STOP=1 --single-transaction -f - 2>&1 || echo "status $?"
}
there()
{
	psql -XAtc "select count(*) from pg_class where relkind in ('r', 'S', 'v') and relnamespace::regnamespace::text !~ '^(pg_|inf)'"
}
run pre
psql -Xqc 'create view mine as select 1 from artist'
run drop
there
psql -Xqc 'drop view mine'
run drop
there
run drop
run pre
run truncate
