-- Triggers with the table or view they are on.
SELECT name, tbl_name, sql
FROM sqlite_schema
WHERE type = 'trigger'
ORDER BY name
