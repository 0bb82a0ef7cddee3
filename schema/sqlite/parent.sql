-- The table or view that a foreign key means by ?1; virtual tables have no root page.
SELECT name, type = 'table' AND rootpage <> 0
FROM sqlite_schema
WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE
