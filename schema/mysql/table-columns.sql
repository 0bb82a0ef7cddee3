-- The columns of a table, invisible and generated ones among them. What no SELECT may read is not seen here either.
SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME, COLUMN_KEY, IS_NULLABLE
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = :schema AND TABLE_NAME = :table
  AND CAST(TABLE_NAME AS BINARY) = CAST(:table AS BINARY)
ORDER BY ORDINAL_POSITION
