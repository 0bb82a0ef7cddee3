-- A table, view or foreign table and its columns: one row a column, one row with nulls when there are none.
select c.relkind,
       c.relhassubclass,
       a.attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       a.attgenerated <> '',
       c.oid,
       a.attnotnull,
       -- what a domain is over, or the type itself
       pg_catalog.format_type(b.oid, b.typmod),
       b.oid,
       b.typtype,
       e.oid,
       eb.oid,
       eb.typtype,
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
  -- with limit and offset the planner looks each domain up by the index, or else it reads all types for each column
  left join lateral (
       with recursive below (oid, typtype, typelem, typmod, typbasetype, typtypmod) as (
            select t.oid, t.typtype, t.typelem, a.atttypmod, t.typbasetype, t.typtypmod
            union all
            select d.oid, d.typtype, d.typelem, below.typtypmod, d.typbasetype, d.typtypmod
              from below
              join lateral (select * from pg_catalog.pg_type d where d.oid = below.typbasetype offset 0) d on true
             where below.typtype = 'd')
       select * from below where typtype <> 'd' limit 1) b on true
  left join pg_catalog.pg_type e on e.oid = b.typelem and e.typarray = b.oid
  left join lateral (
       with recursive below (oid, typtype, typbasetype) as (
            select e.oid, e.typtype, e.typbasetype
            union all
            select d.oid, d.typtype, d.typbasetype
              from below
              join lateral (select * from pg_catalog.pg_type d where d.oid = below.typbasetype offset 0) d on true
             where below.typtype = 'd')
       select * from below where typtype <> 'd' limit 1) eb on true
 where n.nspname = $1::text
   and c.relname = $2::text
   and c.relkind in ('r', 'p', 'v', 'm', 'f')
 order by a.attnum
