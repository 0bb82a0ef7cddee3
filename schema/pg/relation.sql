-- A table, view or foreign table and its columns: one row a column, one row with nulls when there are none.
select c.relkind,
       c.relhassubclass,
       a.attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attgenerated <> '',
       c.oid,
       a.attnotnull,
       t.oid,
       t.typtype,
       e.oid,
       e.typtype,
       -- whether several COPYs may do what one COPY does not, or the other way round
       exists (select from pg_catalog.pg_trigger g
                where g.tgrelid = c.oid and not g.tgisinternal and g.tgtype & 4 <> 0
                  and (g.tgtype & 1 = 0 or g.tgtype & 66 = 0 and not g.tginitdeferred))
       or exists (select from pg_catalog.pg_constraint k
                   where k.conrelid = c.oid and k.confrelid = c.oid and k.contype = 'f' and not k.condeferred)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_type e on e.oid = t.typelem and e.typarray = t.oid
 where n.nspname = $1::text
   and c.relname = $2::text
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by a.attnum
