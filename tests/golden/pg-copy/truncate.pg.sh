# Twice the same; and a table in two parts is emptied before the first only.
psql -Xqc 'create table t (a int); insert into t values (0)'
part() { printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n%d\n#end\t1\t0\n' "$1"; }
{ part 1; part 2; } | pg-copy -T postgresql://
{ part 3; part 4; } | pg-copy -T postgresql://
psql -XAtc 'select * from t order by a'
