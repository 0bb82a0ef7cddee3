-- Sequences, with the column they belong to: i, of an identity, or a, of a serial one or one that was given to it.
-- The last value is null when none was given yet, and then only the sequence itself knows where it stands.
select s.seqrelid,
       n.nspname,
       c.relname,
       pg_catalog.format_type(s.seqtypid, null),
       s.seqstart,
       s.seqincrement,
       s.seqmin,
       s.seqmax,
       s.seqcycle,
       d.description,
       x.deptype,
       x.refobjid,
       a.attname,
       pg_catalog.has_sequence_privilege(c.oid, 'select'),
       case when pg_catalog.has_sequence_privilege(c.oid, 'select')
            then pg_catalog.pg_sequence_last_value(c.oid) + s.seqincrement::numeric end
  from pg_catalog.pg_sequence s
  join pg_catalog.pg_class c on c.oid = s.seqrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_depend x
         on x.classid = 'pg_catalog.pg_class'::regclass and x.objid = s.seqrelid and x.objsubid = 0
        and x.refclassid = 'pg_catalog.pg_class'::regclass and x.refobjsubid > 0
        and x.deptype in ('a', 'i')
  left join pg_catalog.pg_attribute a on a.attrelid = x.refobjid and a.attnum = x.refobjsubid
  left join pg_catalog.pg_description d
         on d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = s.seqrelid
        and d.objsubid = 0
 where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   and not exists (select from pg_catalog.pg_depend e
                    where e.classid = 'pg_catalog.pg_class'::regclass and e.objid = s.seqrelid
                      and e.deptype = 'e')
 order by s.seqrelid
