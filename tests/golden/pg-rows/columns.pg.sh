# Generated columns are there, dropped ones are not.
psql -Xqc 'create table t (a int, gone int, b int generated always as (a * 2) stored); alter table t drop gone; insert into t values (2)'
pg-rows -t t postgresql://
