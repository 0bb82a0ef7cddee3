-- Tables, views and sequences with where AUTO_INCREMENT stands. A table that the server cannot open has no
-- engine, and the reason stands in its comment.
select table_name, table_type, engine, auto_increment, table_collation, table_comment
  from information_schema.tables
 where table_schema = database() /*only*/
