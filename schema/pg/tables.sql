-- Tables, partitioned ones and partitions too, without those of extensions.
select c.oid,
       n.nspname,
       c.relname,
       d.description
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_description d
         on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = 0
 where c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend x
                    where x.classid = 'pg_catalog.pg_class'::regclass and x.objid = c.oid
                      and x.deptype = 'e')
 order by c.oid
