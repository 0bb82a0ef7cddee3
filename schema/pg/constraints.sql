-- Checks, one row each, and foreign keys, one row a pair of columns, in order. Those that a partition has from its
-- parent are left out.
select con.conrelid,
       con.oid,
       con.contype,
       con.conname,
       con.convalidated,
       con.condeferrable,
       con.condeferred,
       d.description,
       pg_catalog.pg_get_expr(con.conbin, con.conrelid),
       rn.nspname,
       r.relname,
       case con.confdeltype when 'r' then 'restrict' when 'c' then 'cascade'
                            when 'n' then 'set null' when 'd' then 'set default' end,
       case con.confupdtype when 'r' then 'restrict' when 'c' then 'cascade'
                            when 'n' then 'set null' when 'd' then 'set default' end,
       case con.confmatchtype when 'f' then 'full' when 'p' then 'partial' end,
       a.attname,
       ra.attname
  from pg_catalog.pg_constraint con
  join pg_catalog.pg_class c on c.oid = con.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_class r on r.oid = con.confrelid
  left join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
  left join lateral rows from (pg_catalog.unnest(con.conkey), pg_catalog.unnest(con.confkey))
            with ordinality k(col, ref, n) on con.contype = 'f'
  left join pg_catalog.pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.col
  left join pg_catalog.pg_attribute ra on ra.attrelid = con.confrelid and ra.attnum = k.ref
  left join pg_catalog.pg_description d
         on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = con.oid
        and d.objsubid = 0
 where con.contype in ('c', 'f')
   and con.conparentid = 0
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
 order by con.oid, k.n
