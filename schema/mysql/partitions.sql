-- Partitions with the table that they are of, a row for each subpartition too.
select distinct table_name, 'partition', partition_name, 'the table is loaded as one',
       concat(partition_method, coalesce(concat(' (', partition_expression, ')'), ''),
              case
                when partition_description is null then ''
                when partition_method like 'RANGE%'
                     then concat(' VALUES LESS THAN ', if(partition_description = 'MAXVALUE', '',
                                 '('), partition_description,
                                 if(partition_description = 'MAXVALUE', '', ')'))
                when partition_method like 'LIST%'
                     then concat(' VALUES IN (', partition_description, ')')
                else concat(' ', partition_description)
              end)
  from information_schema.partitions
 where table_schema = database() and partition_name is not null /*only*/
