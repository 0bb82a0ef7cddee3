# The role is dropped by the end of the case: roles belong to the whole server.
role=pgtide_nobody_$$
psql -Xqc 'create table t (a int)' -c "create role $role login"
status=0
PGUSER=$role pg-rows -t t postgresql:// || status=$?
psql -Xqc "drop role $role"
exit "$status"
