pg-copy -f csv postgresql:///nowhere </dev/null
