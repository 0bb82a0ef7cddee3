-- Defaults that are expressions, and literals of the types that MariaDB alone has.
create sequence sq start with 5;
create table d (
	t1 text default 'abc', t2 text default (concat('a','b')), t3 blob default x'00ff', t4 longtext default '', j json default '{}',
	t5 text default 'it''s \\ 😀?', t6 blob default 'ab',
	e1 int default (1+2), e2 varchar(50) default uuid(), e3 datetime default now(), e4 date default curdate(),
	e6 varchar(20) default (upper('x')), e7 varchar(100) default user(), e8 date default (current_date + interval 1 day),
	e9 int default (e1), u1 uuid default uuid(), u2 uuid default '123E4567-E89B-12D3-A456-426655440000',
	n4 inet4 default '1.2.3.4', n6 inet6 default '::1', g point default (point(1,2)),
	e10 datetime(3) default now(3) on update now(3), e11 double default (1.5), e12 varchar(5) default ('x'),
	e13 int default ('5'), e14 int default (-5), e15 varchar(3) default (null), e16 int default true,
	e17 date default date'2020-01-01', e19 varchar(5) default _latin1'x', e20 varchar(10) default 0x41, e22 int default 0x10,
	e23 time default curtime(), e24 double default (pi()), e25 decimal(5,2) default (1.005), b1 bit(3) default (5),
	s1 set('a','b') default ('a,b'), e27 date default 20240101, e28 time default 120000, e29 varchar(9) default (e12)
) default character set utf8mb4;
create table s (e5 int default nextval(sq), f float default 0.1);
