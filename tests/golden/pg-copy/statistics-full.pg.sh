# The rows are there, but their figures are lost.
psql -Xqf schema.sql
pg-copy -S /dev/full postgresql:// <shop.rows || echo "status $?"
psql -XAtc 'select count(*) from users'
