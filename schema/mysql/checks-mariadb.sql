-- Checks of MariaDB. One that belongs to a column bears its name.
select table_name, constraint_name, check_clause, 'YES'
  from information_schema.check_constraints
 where constraint_schema = database() /*only*/
