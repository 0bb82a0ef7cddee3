-- The columns of tables and views, in order. What older servers do not have is NULL: MySQL and MariaDB
-- run what stands in the comments from these versions on.
select table_name, column_name, column_type, is_nullable, column_default, extra, collation_name,
       column_comment,
       coalesce(/*!50706 generation_expression, */ /*M!100205 generation_expression, */ null)
  from information_schema.columns
 where table_schema = database() /*only*/
 order by cast(table_name as binary), ordinal_position
