psql -Xqc "create table t (a text); insert into t values ('#'), ('x')"
pg-rows -S "$T/stats" -t t postgresql:// >"$T/rows"
sed 's/^seconds.*/seconds/' "$T/stats"
