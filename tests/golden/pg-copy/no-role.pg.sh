pg-copy postgresql://nosuch@/postgres <shop.rows
