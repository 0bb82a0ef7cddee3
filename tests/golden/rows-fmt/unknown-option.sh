rows-fmt -x
