select 'plain'
