-- Indexes of a table ($1) that can be dropped and made again with nothing lost: not unique ones, which say of each row
-- whether it is wrong, and none that something else of the catalogue hangs on.
select n.nspname,
       c.relname,
       pg_catalog.pg_get_indexdef(c.oid),
       s.spcname,
       pg_catalog.obj_description(c.oid, 'pg_class')
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.indrelid
  left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
 where i.indrelid = $1::pg_catalog.oid
   and t.relkind = 'r'
   and c.relkind = 'i'
   and not c.relispartition
   and i.indisvalid
   and not i.indisunique
   and not i.indisexclusion
   and not i.indisreplident
   and not i.indisclustered
   and not exists (select from pg_catalog.pg_constraint o where o.conindid = c.oid)
   and not exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attstattarget > 0)
   and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype in ('e', 'x'))
 order by 1, 2
