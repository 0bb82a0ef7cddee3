# The second table is refused: the first is not there either.
psql -Xqf schema.sql
psql -Xqc 'alter table "Order Items" alter "select" set not null'
pg-copy postgresql:// <shop.rows || echo "status $?"
psql -XAtc 'select count(*) from users'
