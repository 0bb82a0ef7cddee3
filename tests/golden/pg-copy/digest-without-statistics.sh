pg-copy -D postgresql:///a <shop.rows
