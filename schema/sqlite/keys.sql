-- What index ?1 sorts by. cid: -1 the rowid, -2 an expression; both without a name.
SELECT cid, name, "desc", coll
FROM pragma_index_xinfo(?1, 'main')
WHERE key
ORDER BY seqno
