cast-rows -h
