-- Tables and views of the file, without those that are SQLite's own, with the text that made them.
SELECT l.name, l.type, l.wr, l.strict, s.sql
FROM pragma_table_list AS l
LEFT JOIN sqlite_schema AS s ON s.name = l.name AND s.type IN ('table', 'view')
WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY l.name
