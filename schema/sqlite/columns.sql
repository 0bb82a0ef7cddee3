-- Columns of table ?1. hidden: 0 none, 1 a virtual table's, 2 generated, 3 generated and stored.
-- pk: place in the primary key, from 1; 0 outside.
SELECT name, type, "notnull", dflt_value, pk, hidden
FROM pragma_table_xinfo(?1, 'main')
ORDER BY cid
