-- What stands for the rows' storage of a relation and its partitions: TRUNCATE changes it, and so does every rewrite
-- of the table. Empty for views and foreign tables, whose rows are elsewhere.
select coalesce(pg_catalog.md5(pg_catalog.string_agg(
           f.oid::pg_catalog.text || ':' || pg_catalog.pg_relation_filenode(f.oid)::pg_catalog.text, ' ' order by f.oid)), '')
  from (select $1::pg_catalog.oid union select relid from pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass)) f (oid)
