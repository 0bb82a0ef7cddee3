psql -Xqc 'create table "T" (a int); create index i on "T" (a)'
pg-rows -t t postgresql:// || echo "status $?"
pg-rows -n nosuch -t T postgresql:// || echo "status $?"
pg-rows -t i postgresql:// || echo "status $?"
