# Generated columns are there with -g, dropped ones never.
psql -Xqc 'create table t (a int, gone int, b int generated always as (a * 2) stored); alter table t drop gone; insert into t values (2)'
pg-rows -t t postgresql://
pg-rows -g -t t postgresql://
