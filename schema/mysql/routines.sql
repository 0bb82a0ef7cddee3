-- Procedures and functions; the text only for who may see it.
select null, lower(r.routine_type), r.routine_name,
       concat(lower(r.routine_type), 's are not converted'),
       concat('CREATE ', r.routine_type, ' `', replace(r.routine_name, '`', '``'), '`(',
              coalesce(p.parameters, ''), ')',
              if(r.routine_type = 'FUNCTION', concat(' RETURNS ', r.dtd_identifier), ''),
              if(r.is_deterministic = 'YES', ' DETERMINISTIC', ''), ' ', r.sql_data_access, ' ',
              r.routine_definition)
  from information_schema.routines r
  left join (select specific_name, routine_type,
                    group_concat(if(routine_type = 'FUNCTION', '', concat(parameter_mode, ' ')),
                                 '`', replace(parameter_name, '`', '``'), '` ', dtd_identifier
                                 order by ordinal_position separator ', ') as parameters
               from information_schema.parameters
              where specific_schema = database() and ordinal_position > 0
              group by specific_name, routine_type) p
         on p.specific_name = r.specific_name and p.routine_type = r.routine_type
 where r.routine_schema = database()
