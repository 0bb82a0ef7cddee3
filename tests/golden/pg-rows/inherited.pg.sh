# Rows of tables that inherit are theirs; those of partitions are the table's.
psql -Xqc 'create table p (a int); create table c () inherits (p); insert into c values (1); insert into p values (2)'
psql -Xqc 'create table q (a int) partition by list (a); create table q1 partition of q default; insert into q values (1)'
pg-rows -t p postgresql://
pg-rows -t q postgresql://
