psql -Xqc 'create schema "a.b"; create table "a.b"."x	y" (a int)'
pg-rows -n a.b -t 'x\ty' -o "$T/rows" -S "$T/stats" postgresql://
cat "$T/rows"
grep table "$T/stats"
