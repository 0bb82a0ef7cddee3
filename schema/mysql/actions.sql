-- What foreign keys do. MariaDB shows nothing here to who may only SELECT; what 10.11 goes by is the rights in the whole database.
select table_name, constraint_name, update_rule, delete_rule
  from information_schema.referential_constraints
 where constraint_schema = database() /*only*/
