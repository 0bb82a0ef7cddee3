schema-fmt -t orgs shop.schema
