# No #end: whoever reads knows that this is not all.
psql -Xqc 'create view v as select 1 / (3 - i) as a from generate_series(1, 5) i'
pg-rows -t v postgresql://
