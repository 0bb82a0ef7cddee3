-- Every type that both servers have. The words in src= are the server's.
create table numbers (
	a tinyint(1), b tinyint unsigned, c smallint, d smallint(5) unsigned, e mediumint, f mediumint unsigned zerofill,
	g int(3), h int unsigned, i integer zerofill, j bigint(1), k bigint unsigned, l serial, m bool,
	n decimal, o decimal(65,30), p numeric(10,2) unsigned zerofill, q decimal(5,0),
	r float, s float(7,3), t float(24), u float(25), v double, w double(10,2) unsigned, x real,
	y bit, z bit(64), aa bit(12), ab year, ac year(4));
create table times (a date, b datetime, c datetime(1), d datetime(6), e timestamp null, f timestamp(3) null, g time, h time(6));
create table texts (
	a char, b char(0), c char(255), d varchar(20), e varchar(16000), f tinytext, g text, h mediumtext, i longtext,
	j varchar(5) character set latin1, k text character set ucs2, l text collate utf8mb4_bin, m national varchar(7),
	n char(3) binary
) default character set utf8mb4;
create table bytes (
	a binary, b binary(16), c varbinary(10), d tinyblob, e blob, f mediumblob, g longblob,
	h char(4) character set binary, i varchar(4) character set binary, j text character set binary);
create table shapes (
	a geometry, b point, c linestring, d polygon, e multipoint, f multilinestring, g multipolygon, h geometrycollection);
