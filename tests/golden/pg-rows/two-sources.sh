pg-rows -t t postgresql:///a postgresql:///b
