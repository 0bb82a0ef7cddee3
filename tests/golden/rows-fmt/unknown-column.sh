rows-fmt -f nosuch users.rows
