-- A table, view or foreign table and its columns: one row a column, one row with nulls when there are none.
select c.relkind,
       c.relhassubclass,
       a.attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attgenerated <> '',
       c.oid,
       a.attnotnull
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 where n.nspname = $1::text
   and c.relname = $2::text
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by a.attnum
