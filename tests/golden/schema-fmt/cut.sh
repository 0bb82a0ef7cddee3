head -n 5 shop.schema | schema-fmt
