schema-fmt shop.schema | schema-fmt | cmp - canonical.out
