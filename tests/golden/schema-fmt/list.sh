schema-fmt -l shop.schema
