-- The marker of a range: that of this table first, then of one that bore its name.
select m.relid = $3::pg_catalog.oid,
       m.storage,
       m.rows,
       m.bytes,
       m.rejected,
       m.digest
  from pgtide.loaded m
 where m.run = $1
   and m.range = $2
   and (m.relid = $3::pg_catalog.oid or (m.schema_name = $4 and m.table_name = $5))
 order by 1 desc, m.finished desc
 limit 1
