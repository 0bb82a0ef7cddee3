-- The columns of all tables, in order. A collation is told when it is not that of the type.
select a.attrelid,
       a.attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attnotnull,
       case a.attidentity when 'a' then 'always' when 'd' then 'bydefault' end,
       a.attgenerated,
       pg_catalog.pg_get_expr(f.adbin, f.adrelid),
       l.collname,
       d.description
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
  left join pg_catalog.pg_collation l
         on l.oid = a.attcollation and a.attcollation <> t.typcollation
  left join pg_catalog.pg_description d
         on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = a.attrelid
        and d.objsubid = a.attnum
 where c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by a.attrelid, a.attnum
