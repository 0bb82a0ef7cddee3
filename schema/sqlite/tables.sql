-- Tables and views of the file; of those that are SQLite's own only the statistics.
SELECT name, type, wr, strict
FROM pragma_table_list
WHERE schema = 'main' AND (name NOT LIKE 'sqlite\_%' ESCAPE '\' OR name LIKE 'sqlite\_stat_' ESCAPE '\')
ORDER BY name
