-- The texts that made tables, views and indexes. Virtual tables have no root page.
SELECT name, sql, type = 'table' AND rootpage <> 0
FROM sqlite_schema
WHERE type IN ('table', 'view', 'index')
