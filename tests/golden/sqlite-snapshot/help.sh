sqlite-snapshot -h
sqlite-snapshot -V
