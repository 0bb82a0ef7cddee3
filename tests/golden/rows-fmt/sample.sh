rows-fmt -i 2 users.rows
