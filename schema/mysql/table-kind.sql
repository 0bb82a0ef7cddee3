-- What is called that: no row when nothing is. :schema and :table are literals.
SELECT TABLE_TYPE
FROM information_schema.TABLES
WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table
  AND CAST(TABLE_NAME AS BINARY) = CAST(:table AS BINARY)
