rows-fmt -f bio -f id users.rows
