schema-fmt -n nosuch shop.schema
