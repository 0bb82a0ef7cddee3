psql -Xqc 'create table t (); insert into t default values; insert into t default values'
pg-rows -t t postgresql://
