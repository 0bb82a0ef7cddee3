schema-fmt .
