pg-ddl -s post -o /dev/full shop.schema
