pg-copy -t 'a\q' postgresql:///a <shop.rows
