-- The schemas that are not the server's own.
select n.nspname
  from pg_catalog.pg_namespace n
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
