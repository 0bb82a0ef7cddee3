schema-fmt shop.schema >/dev/full
