pg-ddl -l -s pre shop.schema
pg-ddl -l -s post shop.schema
