pg-rows -t 'a\q' postgresql:///a
