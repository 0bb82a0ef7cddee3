# One of each, whatever the server's settings are.
psql -Xq <<'S'
create type mood as enum ('sad', 'so so');
create domain positive as int check (value > 0);
create table t (b bool, i2 smallint, i8 bigint, n numeric(10,2), n0 numeric, f4 real, f8 double precision,
	c char(5), v varchar(10), x bytea, d date, t time(3), ts timestamp(6), tz timestamptz, iv interval,
	u uuid, j json, jb jsonb, a int[], at text[], m mood, p positive, bits bit(4), ip inet);
insert into t values (true, -1, 9223372036854775807, 1.5, 'NaN', 0.1, 1e22,
	'ab', ' x ', '\x00ff23', '2024-02-29', '12:00:00.5', '2024-02-29 12:00:00.000001', '2024-02-29 12:00:00+05',
	'1 mon 2 days 03:04:05.5', '123E4567-e89b-12d3-a456-426614174000', '{"a" : 1}', '{"a" : 1}', '{1,NULL}',
	array['a"b', E'c\\d', '', '#', 'NULL', E'tab\t'], 'so so', 1, b'0101', '10.0.0.1');
insert into t default values;
S
export PGTZ=Asia/Tokyo PGDATESTYLE=German PGOPTIONS='-c bytea_output=escape -c intervalstyle=iso_8601 -c extra_float_digits=0'
pg-rows -t t postgresql://
