-- The columns of foreign keys, in order.
select table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
       referenced_column_name
  from information_schema.key_column_usage
 where table_schema = database() and referenced_table_name is not null /*only*/
 order by cast(table_name as binary), cast(constraint_name as binary), ordinal_position
