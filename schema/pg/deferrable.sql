-- Constraints of a table ($1) that COPY checks at its end, or COMMIT: unique ones and exclusions that are deferrable.
select pg_catalog.format('%I.%I', n.nspname, c.conname)
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_namespace n on n.oid = c.connamespace
 where c.conrelid = $1::pg_catalog.oid
   and c.contype in ('p', 'u', 'x')
   and c.condeferrable
 order by 1
