schema-fmt </dev/null
