\i quote.sql
