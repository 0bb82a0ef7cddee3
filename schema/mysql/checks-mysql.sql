-- Checks of MySQL 8.0.16 and later, with whether rows are held to them.
select table_name, constraint_name, check_clause, enforced
  from information_schema.table_constraints
  join information_schema.check_constraints using (constraint_schema, constraint_name)
 where constraint_schema = database() and constraint_type = 'CHECK' /*only*/
