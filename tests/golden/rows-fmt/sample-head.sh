rows-fmt -i 2 -l 1 users.rows
