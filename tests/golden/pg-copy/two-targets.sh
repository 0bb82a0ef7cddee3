pg-copy postgresql:///a postgresql:///b <shop.rows
