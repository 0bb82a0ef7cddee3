rows-fmt -t nosuch users.rows
