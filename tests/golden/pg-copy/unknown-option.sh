pg-copy -x
