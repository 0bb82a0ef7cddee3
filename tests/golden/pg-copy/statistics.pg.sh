# Rejected counts travel on, and the digest is of what was sent.
psql -Xqf schema.sql
pg-copy -D -S "$T/stats" postgresql:// <shop.rows
sed 's/^seconds.*/seconds/' "$T/stats"
