rows-fmt -l 1 two.rows
