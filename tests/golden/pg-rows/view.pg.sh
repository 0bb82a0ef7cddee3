psql -Xqc 'create view v as select 1 as a; create materialized view m as select 2 as a'
pg-rows -t v postgresql://
pg-rows -t m postgresql://
