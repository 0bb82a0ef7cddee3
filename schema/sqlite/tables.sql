-- Tables and views of the file, or those of one name; of those that are SQLite's own only the statistics.
SELECT name, type, wr, strict
FROM pragma_table_list(?1)
WHERE schema = 'main' AND (name NOT LIKE 'sqlite\_%' ESCAPE '\' OR name LIKE 'sqlite\_stat_' ESCAPE '\')
ORDER BY name
