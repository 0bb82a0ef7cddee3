# -Z reads no input.
psql -Xqc 'create table t (a int)' -c 'insert into t values (1)' -c 'create schema s' -c 'create table s.t (a int)' -c 'insert into s.t values (1)'
pg-copy -Z -t t postgresql://
psql -XAtc 'select count(*) from t' -c 'select count(*) from s.t'
pg-copy -Z -n s -t t postgresql://
psql -XAtc 'select count(*) from s.t'
pg-copy -Z -t nowhere postgresql:// || echo "status $?"
pg-copy -Z postgresql:// || echo "status $?"
pg-copy -Z -t t -R run postgresql:// || echo "status $?"
