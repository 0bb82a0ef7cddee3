-- What is no table: views, triggers, routines, events. Partitions belong to their table.
create table p (a int, b int, c varchar(20)) partition by range (a) subpartition by hash (b) subpartitions 2
	(partition p0 values less than (10), partition `p 1` values less than maxvalue);
create table pl (a int, c varchar(20)) partition by list columns (c) (partition x values in ('a', 'it''s'), partition y values in ('b'));
create table pk (a int primary key) partition by key (a) partitions 2;
create table empty_comment (a int comment '') comment '';
create view v as select a, 'it''s' as t from p;
create view w as select * from v;
create function `f``n`(x int, y varchar(5)) returns varchar(10) deterministic comment 'co' return concat(x, y);
create procedure pr(in a int, out b decimal(10,2), inout `c d` int) reads sql data set b = a;
create procedure nothing() begin end;
create trigger tr1 before insert on pl for each row set new.a = 1;
create trigger `TR 2` after delete on pk for each row set @a = old.a;
create event every_day on schedule every 1 day starts '2030-01-01 00:00:00' do set @a = 'x';
create event once on schedule at '2030-01-01 00:00:00' on completion preserve disable comment 'c' do set @a = 1;
