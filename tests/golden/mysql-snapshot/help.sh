mysql-snapshot -h
mysql-snapshot -V
