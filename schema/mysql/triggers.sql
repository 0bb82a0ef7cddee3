-- Triggers with the table they are on.
select event_object_table, 'trigger', trigger_name, 'triggers are not converted',
       concat('CREATE TRIGGER `', replace(trigger_name, '`', '``'), '` ', action_timing, ' ',
              event_manipulation, ' ON `', replace(event_object_table, '`', '``'),
              '` FOR EACH ROW ', action_statement)
  from information_schema.triggers
 where trigger_schema = database()
