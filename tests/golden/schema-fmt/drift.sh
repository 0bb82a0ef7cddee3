schema-fmt -d shop.schema
