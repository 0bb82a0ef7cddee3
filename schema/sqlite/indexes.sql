-- Indexes of table ?1 in the order in which they were made.
-- origin: pk and u belong to a constraint and have no text, c is from CREATE INDEX.
SELECT name, "unique", origin, partial
FROM pragma_index_list(?1, 'main')
ORDER BY seq DESC
