-- What MariaDB alone has: its JSON, checks, generated and invisible columns, versions of rows, sequences, keys that descend.
create table types (a json, b uuid, c inet4, d inet6, e varchar(100) compressed, f blob compressed, g text compressed);
create table checks (
	j json, k json check (json_length(k) > 1), l longtext check (json_valid(l) and l <> ''), m longtext check (json_valid(n)),
	n text check (json_valid(n)), o longtext not null default '[]' comment 'json in all but name' check (json_valid(o)),
	c int check (c > 0), d int, t varchar(9) check (t <> 'it''s \\ "x"'),
	constraint `named one` check (c < d), check (d between 1 and 10), constraint j2 check (json_valid(j)));
create table made (
	a int, v int as (a + 1) virtual, s varchar(10) as (concat(a, 'x''y\\')) persistent, i int invisible default 3,
	vi int generated always as (a * 2) virtual invisible comment 'both', key (v), key down (a desc, i));
create table plain (id int) with system versioning;
create table periods (
	id int, rs timestamp(6) generated always as row start, re timestamp(6) generated always as row end invisible,
	period for system_time (rs, re)) with system versioning;
create table parts (id int) with system versioning partition by system_time (partition h history, partition n current);
create sequence s1 start with 10 increment by 5 minvalue 1 maxvalue 1000 cycle cache 10;
create sequence s2 increment by 0;
create sequence `S 3` increment by -1 nocache;
do nextval(`S 3`);
do nextval(`S 3`);
create table numbered (id int default nextval(s1));
create view v as select * from made;
create table ignored (a int, b int, key b (b) ignored);
