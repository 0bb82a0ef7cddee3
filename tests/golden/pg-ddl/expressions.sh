# Expressions come out on one line, without comments, and with nothing psql would take for its own.
pg-ddl -s pre expressions.schema
