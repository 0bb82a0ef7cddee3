pg-ddl -s pre shop.schema
