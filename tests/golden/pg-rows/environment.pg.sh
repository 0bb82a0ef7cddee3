# PGTIDE_SOURCE before PGTIDE_TARGET.
psql -Xqc 'create table t (a int)'
PGTIDE_TARGET=postgresql:// pg-rows -t t
PGTIDE_SOURCE=postgresql:// PGTIDE_TARGET=postgresql:///nosuch pg-rows -t t
unset PGTIDE_SOURCE PGTIDE_TARGET
pg-rows -t t
