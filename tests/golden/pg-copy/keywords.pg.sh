# Every keyword of the server, and names that need quotes, as names of schema, table and columns.
psql -Xq <<'S'
select string_agg(format('%I int', word), ', ') as columns from
	(select word from pg_get_keywords() union all
	 values ('Case'), ('a b'), ('a"b'), ('1a'), ('a1'), ('_'), ('$'), ('a$'), ('a''b'), ('ä'), ('#x'), (E'a\nb')) w
\gset
create schema "order";
create table "order"."user" (:columns);
insert into "order"."user" default values;
S
pg-rows -n order -t user postgresql:// >"$T/rows"
pg-copy -T postgresql:// <"$T/rows"
pg-rows -n order -t user postgresql:// | cmp - "$T/rows"
sed -n 2p "$T/rows" | tr '\t' '\n' | tail -n 12 | paste -s
