-- The foreign keys of a table ($1), and for each the condition that a row s violates it: against the table that it
-- refers to, and for a key to the table itself also against pg_temp.pgtide_sift, which holds the rows to come.
select c.conname,
       c.condeferrable,
       c.condeferred,
       k.self,
       k.columns,
       pg_catalog.format('%s and not exists (select from %s%I.%I r where %s)%s',
           case when c.confmatchtype = 'f' then pg_catalog.format('(%s) is distinct from true', k.all_null) else k.all_set end,
           case when f.relkind = 'p' then '' else 'only ' end,
           fn.nspname, f.relname, k.equal,
           case when k.self then pg_catalog.format(' and not exists (select from pg_temp.pgtide_sift r where %s)', k.equal) else '' end),
       pg_catalog.format('%I.%I', fn.nspname, f.relname),
       n.nspname
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class t on t.oid = c.conrelid
  join pg_catalog.pg_namespace n on n.oid = c.connamespace
  join pg_catalog.pg_class f on f.oid = c.confrelid
  join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
  join lateral (
       select pg_catalog.string_agg(pg_catalog.format('r.%I operator(%I.%s) s.%I', fa.attname, opn.nspname, o.oprname, a.attname), ' and ' order by u.n) as equal,
              pg_catalog.string_agg(pg_catalog.format('s.%I is not null', a.attname), ' and ' order by u.n) as all_set,
              pg_catalog.string_agg(pg_catalog.format('s.%I is null', a.attname), ' and ' order by u.n) as all_null,
              pg_catalog.string_agg(a.attname, ', ' order by u.n) as columns,
              coalesce(pg_catalog.pg_partition_root(t.oid), t.oid) = coalesce(pg_catalog.pg_partition_root(f.oid), f.oid) as self
         from unnest(c.conkey, c.confkey, c.conpfeqop) with ordinality as u (key, fkey, op, n)
         join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = u.key
         join pg_catalog.pg_attribute fa on fa.attrelid = c.confrelid and fa.attnum = u.fkey
         join pg_catalog.pg_operator o on o.oid = u.op
         join pg_catalog.pg_namespace opn on opn.oid = o.oprnamespace) k on true
 where c.contype = 'f'
   and c.conrelid = $1::pg_catalog.oid
   and not exists (select from pg_catalog.pg_constraint p where p.oid = c.conparentid and p.conrelid = c.conrelid)
 order by c.conname
