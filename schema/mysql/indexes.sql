-- The keys of all tables, a row each column or expression (MySQL 8.0.13), in order.
select table_name, index_name, non_unique, index_type, index_comment, column_name, collation, sub_part,
       coalesce(/*!80013 expression, */ null)
  from information_schema.statistics
 where table_schema = database() /*only*/
 order by cast(table_name as binary), cast(index_name as binary), seq_in_index
