schema-fmt shop.schema
