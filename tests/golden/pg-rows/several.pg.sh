# Several tables one after the other, of one instant.
psql -Xq <<'END'
create schema s;
create table s.a (x int);
create table b (y text);
create table c ();
insert into s.a values (1), (2);
insert into b values ('#');
END
pg-rows -n s -t a -n public -t b -t c -S "$T/stats" postgresql://
cut -f 1-4 "$T/stats" | grep -v seconds
pg-rows -t b -t nowhere postgresql:// | tail -n 1 || :
