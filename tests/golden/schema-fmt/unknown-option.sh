schema-fmt -x
