-- Indexes of table ?1 in the order in which they were made.
-- origin: pk and u belong to a constraint and have no text, c is from CREATE INDEX.
SELECT l.name, l."unique", l.origin, l.partial, s.sql
FROM pragma_index_list(?1, 'main') AS l
LEFT JOIN sqlite_schema AS s ON s.type = 'index' AND s.name = l.name
ORDER BY l.seq DESC
