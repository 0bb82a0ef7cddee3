-- Foreign keys of table ?1, a row each column. SQLite numbers them from the last one written.
SELECT id, seq, "table", "from", "to", on_update, on_delete
FROM pragma_foreign_key_list(?1, 'main')
ORDER BY id DESC, seq
