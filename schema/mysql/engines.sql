-- Tables whose engine has no transactions: a snapshot does not hold them. Views have no engine.
select table_name, engine
  from information_schema.tables
 where table_schema = database() and engine is not null
   and table_type not in ('VIEW', 'SYSTEM VIEW', 'SEQUENCE')
   and engine not in ('InnoDB', 'ROCKSDB', 'TokuDB')
 order by cast(table_name as binary)
