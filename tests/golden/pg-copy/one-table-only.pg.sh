psql -Xqf schema.sql
pg-copy -t users postgresql:// <shop.rows || echo "status $?"
psql -XAtc 'select count(*) from users'
