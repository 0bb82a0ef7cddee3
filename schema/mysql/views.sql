-- Views; the text only for who may see it.
select null, 'view', table_name, 'views are not converted',
       concat('CREATE VIEW `', replace(table_name, '`', '``'), '` AS ', nullif(view_definition, ''))
  from information_schema.views
 where table_schema = database()
