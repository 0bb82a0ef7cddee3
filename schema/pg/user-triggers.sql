-- The triggers of a table ($1) that users made and that fire in an ordinary session; A is ENABLE ALWAYS.
select t.tgname,
       t.tgenabled = 'A'
  from pg_catalog.pg_trigger t
 where t.tgrelid = $1::pg_catalog.oid
   and not t.tgisinternal
   and t.tgenabled in ('O', 'A')
 order by 1
