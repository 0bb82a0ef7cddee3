psql -Xqc 'create table t (a int)'
pg-rows -t t postgresql:// >/dev/full || echo "status $?"
pg-rows -t t -o /dev/full postgresql:// || echo "status $?"
pg-rows -t t -o "$T/no/such" postgresql:// || echo "status $?"
