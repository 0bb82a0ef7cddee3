-- Enum types and their labels: one row a label, one row with a null when there are none.
select t.oid,
       n.nspname,
       t.typname,
       e.enumlabel,
       d.description
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_enum e on e.enumtypid = t.oid
  left join pg_catalog.pg_description d
         on d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid = t.oid and d.objsubid = 0
 where t.typtype = 'e'
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_type'::regclass and x.objid = t.oid
                      and x.deptype = 'e')
 order by t.oid, e.enumsortorder
