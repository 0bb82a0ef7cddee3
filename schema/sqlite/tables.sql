-- Tables and views of the file, without those that are SQLite's own.
SELECT name, type, wr, strict
FROM pragma_table_list
WHERE schema = 'main' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
ORDER BY name
