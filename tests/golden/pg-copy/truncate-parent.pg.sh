# Rows of a table that inherits stay; those of partitions are the table's own.
psql -Xqc 'create table p (a int); create table c () inherits (p); insert into c values (1); insert into p values (2)'
psql -Xqc 'create table q (a int) partition by list (a); create table q1 partition of q default; insert into q values (1)'
for t in p q; do
	printf '#rows\t1\tpublic\t%s\n#fields\ta\n#types\tint\n3\n#end\t1\t0\n' $t
done | pg-copy -T postgresql://
psql -XAtc 'select tableoid::regclass, a from p order by a; select tableoid::regclass, a from q order by a'
