rows-fmt -l 0 users.rows
