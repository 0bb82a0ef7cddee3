pg-copy postgresql:///nosuch <shop.rows
