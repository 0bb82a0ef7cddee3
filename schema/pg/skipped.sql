-- What schema(5) has no lines for: the table it belongs to or 0, its schema, kind, name, reason and definition. A name
-- outside of a table is as SQL has it. Parts of extensions are left out, for the extension is here itself.
with own_schema as (
	select n.oid, n.nspname
	  from pg_catalog.pg_namespace n
	 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
), of_extension as (
	select x.classid, x.objid from pg_catalog.pg_depend x where x.deptype = 'e'
), relation as (
	select c.oid, s.nspname, c.relname, c.relkind, c.relispartition, c.relpartbound,
	       case when c.relkind in ('r', 'p') then c.oid else 0 end as of_table,
	       case when c.relkind in ('r', 'p') then ''
	            else pg_catalog.format('%I.%I.', s.nspname, c.relname) end as prefix
	  from pg_catalog.pg_class c
	  join own_schema s on s.oid = c.relnamespace
	 where (c.tableoid, c.oid) not in (select * from of_extension)
)
select 0::oid, nspname, 'view', pg_catalog.format('%I.%I', nspname, relname),
       'views are not converted', pg_catalog.pg_get_viewdef(oid)
  from relation where relkind = 'v'
union all
select 0, nspname, 'materialized view', pg_catalog.format('%I.%I', nspname, relname),
       'materialized views are not converted', pg_catalog.pg_get_viewdef(oid)
  from relation where relkind = 'm'
union all
select 0, nspname, 'foreign table', pg_catalog.format('%I.%I', nspname, relname),
       'foreign tables are not converted', null
  from relation where relkind = 'f'
union all
select oid, nspname, 'partitioning', relname,
       'partitions are plain tables here', pg_catalog.pg_get_partkeydef(oid)
  from relation where relkind = 'p'
union all
select oid, nspname, 'partition', relname,
       'partitions are plain tables here', pg_catalog.pg_get_expr(relpartbound, oid)
  from relation where relispartition and relkind in ('r', 'p')
union all
select r.of_table, r.nspname, 'trigger', r.prefix || t.tgname,
       'triggers are not converted', pg_catalog.pg_get_triggerdef(t.oid)
  from pg_catalog.pg_trigger t join relation r on r.oid = t.tgrelid
 where not t.tgisinternal
union all
select r.of_table, r.nspname, 'rule', r.prefix || w.rulename,
       'rules are not converted', pg_catalog.pg_get_ruledef(w.oid)
  from pg_catalog.pg_rewrite w join relation r on r.oid = w.ev_class
 where w.rulename <> '_RETURN'
union all
select r.of_table, r.nspname, 'policy', r.prefix || p.polname,
       'policies are not converted', pg_catalog.pg_get_expr(p.polqual, p.polrelid)
  from pg_catalog.pg_policy p join relation r on r.oid = p.polrelid
union all
select r.of_table, r.nspname, 'exclusion constraint', r.prefix || con.conname,
       'exclusion constraints are not converted', pg_catalog.pg_get_constraintdef(con.oid)
  from pg_catalog.pg_constraint con join relation r on r.oid = con.conrelid
 where con.contype = 'x'
union all
select r.of_table, r.nspname, 'index', r.prefix || ic.relname,
       'it is not valid', pg_catalog.pg_get_indexdef(i.indexrelid)
  from pg_catalog.pg_index i join relation r on r.oid = i.indrelid
  join pg_catalog.pg_class ic on ic.oid = i.indexrelid
 where not i.indisvalid
union all
select 0, r.nspname, 'statistics', pg_catalog.format('%I.%I', s.nspname, e.stxname),
       'extended statistics are not converted', pg_catalog.pg_get_statisticsobjdef(e.oid)
  from pg_catalog.pg_statistic_ext e join relation r on r.oid = e.stxrelid
  join own_schema s on s.oid = e.stxnamespace
union all
select 0, s.nspname,
       case t.typtype when 'd' then 'domain' when 'c' then 'composite type' else 'range type' end,
       pg_catalog.format('%I.%I', s.nspname, t.typname),
       case t.typtype when 'd' then 'domains' when 'c' then 'composite types'
                      else 'range types' end || ' are not converted', null
  from pg_catalog.pg_type t join own_schema s on s.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
 where (t.typtype in ('d', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
   and (t.tableoid, t.oid) not in (select * from of_extension)
union all
select 0, s.nspname,
       case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
       pg_catalog.format('%I.%I(%s)', s.nspname, p.proname,
			 pg_catalog.pg_get_function_identity_arguments(p.oid)),
       case p.prokind when 'p' then 'procedures' when 'a' then 'aggregates'
                      else 'functions' end || ' are not converted',
       case when p.prokind in ('f', 'p', 'w') then pg_catalog.pg_get_functiondef(p.oid) end
  from pg_catalog.pg_proc p join own_schema s on s.oid = p.pronamespace
 where (p.tableoid, p.oid) not in (select * from of_extension)
   and not exists (select from pg_catalog.pg_depend x
                    where x.classid = p.tableoid and x.objid = p.oid and x.deptype = 'i')
union all
select 0, s.nspname, 'extension', pg_catalog.quote_ident(e.extname),
       'extensions are not converted', null
  from pg_catalog.pg_extension e left join own_schema s on s.oid = e.extnamespace
 where e.extname <> 'plpgsql'
