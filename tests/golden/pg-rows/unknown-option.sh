pg-rows -x
