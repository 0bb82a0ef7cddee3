-- Indexes, those of primary keys and unique constraints too: one row a key, in order, the first with what is true of
-- the whole. Operator classes, collations and the place of nulls are told when they are not the usual ones. Exclusion
-- constraints and indexes that are not valid are in skipped.sql.
-- The column indnullsnotdistinct is there from PostgreSQL 15 on; as JSON a row may lack it.
select i.indrelid,
       i.indexrelid,
       ic.relname,
       case when i.indisprimary then 'primary' when i.indisunique then 'unique' else 'index' end,
       am.amname,
       case when k.n = 1 then pg_catalog.pg_get_expr(i.indpred, i.indrelid) end,
       case when k.n = 1 and i.indisunique and not i.indisprimary
            then pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' end,
       con.condeferrable,
       con.condeferred,
       coalesce(dc.description, di.description),
       k.n > i.indnkeyatts,
       a.attname,
       case when a.attname is null then pg_catalog.pg_get_indexdef(i.indexrelid, k.n, false) end,
       i.indoption[k.n - 1] & 1 = 1,
       case i.indoption[k.n - 1] & 3 when 1 then 'last' when 2 then 'first' end,
       o.opcname,
       l.collname
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class ic on ic.oid = i.indexrelid
  join pg_catalog.pg_am am on am.oid = ic.relam
 cross join lateral pg_catalog.generate_series(1, i.indnatts) k(n)
  left join pg_catalog.pg_constraint con
         on con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x')
  left join pg_catalog.pg_attribute a
         on a.attrelid = i.indrelid and a.attnum = i.indkey[k.n - 1] and a.attnum <> 0
  left join pg_catalog.pg_opclass o
         on k.n <= i.indnkeyatts and o.oid = i.indclass[k.n - 1] and not o.opcdefault
  left join pg_catalog.pg_collation l
         on k.n <= i.indnkeyatts and l.oid = i.indcollation[k.n - 1]
        and l.oid <> coalesce(a.attcollation, 100)
  left join pg_catalog.pg_description dc
         on dc.classoid = 'pg_catalog.pg_constraint'::regclass and dc.objoid = con.oid
        and dc.objsubid = 0
  left join pg_catalog.pg_description di
         on di.classoid = 'pg_catalog.pg_class'::regclass and di.objoid = i.indexrelid
        and di.objsubid = 0
 where c.relkind in ('r', 'p')
   and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and i.indisvalid
   and con.contype is distinct from 'x'
 order by i.indexrelid, k.n
