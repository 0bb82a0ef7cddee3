-- What makes a value of a column one that the server will not take, as far as one can guess: the labels of its enum, and, with no label,
-- that it is an integer which alone is a key.
select a.attname, l.enumlabel
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_enum l on l.enumtypid = a.atttypid
 where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
union all
select a.attname, null
  from pg_catalog.pg_attribute a
 where a.attrelid = $1::oid and a.atttypid in (20, 21, 23)
   and exists (select from pg_catalog.pg_index i
                where i.indrelid = a.attrelid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum
                  and i.indpred is null)
