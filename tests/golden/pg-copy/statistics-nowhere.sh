# Found before anything is read or connected.
pg-copy -S "$T/no/such" "postgresql:///x?host=$T&port=5432" <shop.rows || echo "status $?"
pg-copy -S "$T" "postgresql:///x?host=$T&port=5432" <shop.rows || echo "status $?"
