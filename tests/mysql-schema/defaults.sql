-- Defaults: literals of each type, what the servers print of them in part only, and the time of now.
set sql_mode = '';
create table d (
	i1 int default 0, i2 int not null default '7', i3 int default -5, i4 tinyint unsigned default '255',
	i5 int default null, i6 int not null, i7 bigint unsigned default 18446744073709551615,
	i8 int(5) unsigned zerofill default 42, i9 int default '  5',
	de1 decimal(10,2) default 1.5, de2 decimal(10,2) default '-0.005',
	de3 decimal(30,0) default 123456789012345678901234567890, de4 decimal(8,2) zerofill default 3.5,
	f1 float default 0.1, f2 float default 16777216, f3 double default 1e300, f5 double default 0.1,
	f6 float default 1.17549e-38, f7 double default 5e-324, f8 float(7,3) default 1.23456, f9 float default 3.4e38,
	b1 bit default b'1', b2 bit(12) default b'000000000101', b3 bit(64) default b'1111111111111111111111111111111111111111111111111111111111111110',
	b4 bit(3) default 5, b5 bit(3) default x'02',
	y1 year default 2024, y2 year default '0', y3 year default 0,
	da1 date default '2024-02-29', da2 date not null default '0000-00-00', da3 date default '2010-00-00',
	dt1 datetime default '2024-02-29 12:00:00', dt2 datetime(3) default '2024-02-29 12:00:00.1234',
	dt3 datetime not null default '0000-00-00 00:00:00', dt4 datetime default current_timestamp,
	dt5 datetime(6) default now(6) on update current_timestamp(6), dt6 datetime(3) default '2024-01-01',
	dt7 datetime on update now(),
	ts1 timestamp not null default current_timestamp on update localtimestamp, ts2 timestamp not null default '0000-00-00 00:00:00',
	ts3 timestamp null default null, ts4 timestamp(2) not null default '2024-02-29 12:00:00.5',
	ts5 timestamp null on update current_timestamp,
	ti1 time default '12:00:00', ti2 time default '-838:59:59', ti3 time(3) default '1:2:3.5', ti4 time default 0,
	bi1 binary(4) default 'ab', bi2 varbinary(4) default x'00ff27', bi3 varbinary(4) default '', bi4 binary(2) default x'0000',
	bi5 varbinary(8) default 'a\\b', bi6 binary(4) default x'C3BC41', bi7 varbinary(9) default 'it''s', bi8 varbinary(8) default '0x4142',
	bi9 binary(1) default x'5c'
);
create table t (
	c1 char(5) default 'a', c2 varchar(20) default '', c3 varchar(20) default 'NULL', c4 varchar(20) default null,
	c5 varchar(20) default 'it''s \\ "q"', c6 varchar(30) default 'CURRENT_TIMESTAMP', c7 varchar(20) default 'tab	nl\ncr\r',
	c8 varchar(20) default 'ü😀?', c9 varchar(10) character set latin1 default 'ü€', c10 varchar(10) default 'a ',
	c11 char(3) default 'a  ', c12 varchar(10) default '\0x', c13 varchar(40) default 'current_timestamp()',
	c14 varchar(10) default 5, c15 varchar(20) default '''quoted''', c16 varchar(9) character set ucs2 default 'ü',
	c17 varchar(9) default '\Zz%_', c18 varchar(9) character set sjis default '表', c19 varchar(9) default '\\N',
	c20 varchar(9) default '#1', c21 varchar(20) default '\\''', c22 varchar(20) default 'b''1''', c23 varchar(20) default 'really?',
	c24 char(1) not null default '?'
) default character set utf8mb4;
create table empty_or_not like t;
insert into empty_or_not () values ();
