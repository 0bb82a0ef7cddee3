-- Events of the scheduler.
select null, 'event', event_name, 'events are not converted',
       concat('CREATE EVENT `', replace(event_name, '`', '``'), '` ON SCHEDULE ',
              if(event_type = 'RECURRING',
                 concat('EVERY ', interval_value, ' ', interval_field,
                        coalesce(concat(' STARTS ''', starts, ''''), ''),
                        coalesce(concat(' ENDS ''', ends, ''''), '')),
                 concat('AT ''', execute_at, '''')),
              ' DO ', event_definition)
  from information_schema.events
 where event_schema = database()
