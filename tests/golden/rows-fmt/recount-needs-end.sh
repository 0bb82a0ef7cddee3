rows-fmt -c <users.rows | grep -v "^#end" | rows-fmt -c
