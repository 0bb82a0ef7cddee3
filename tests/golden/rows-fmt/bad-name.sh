rows-fmt -t 'a\q' users.rows
