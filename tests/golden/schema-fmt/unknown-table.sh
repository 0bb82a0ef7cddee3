schema-fmt -t orgs -t nosuch shop.schema
