pg-ddl -s post shop.schema
