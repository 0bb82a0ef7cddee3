schema-fmt nosuch.schema
