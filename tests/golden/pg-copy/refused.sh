pg-copy "postgresql://me@/x?host=$T&port=5432" <shop.rows
