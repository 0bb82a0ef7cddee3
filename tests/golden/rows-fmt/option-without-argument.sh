rows-fmt -f
