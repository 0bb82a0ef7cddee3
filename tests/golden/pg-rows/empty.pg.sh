psql -Xqc 'create table t (a int)'
pg-rows -t t postgresql://
