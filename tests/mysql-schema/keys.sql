-- Keys of all kinds, foreign keys with their actions, and where AUTO_INCREMENT stands.
set sql_mode = '';
create table parent (
	id bigint unsigned not null auto_increment, a int not null, b varchar(30) not null, primary key (id),
	unique key both_of (a, b), unique u_prefix (b(3)), key plain (b), key prefixes (b(10), a), key hashed (a) using hash comment 'it''s slow'
) engine=innodb auto_increment=1042 default character set latin1 comment='Tab	and "quotes"';
create table child (
	id int unsigned auto_increment, parent bigint unsigned, a int, b varchar(30), `no` int, key (id), key parent (parent), key ab (a, b),
	constraint `fk cascade` foreign key (parent) references parent (id) on delete cascade on update set null,
	constraint `FK_b` foreign key (a, b) references parent (a, b) on delete no action on update restrict,
	constraint fk_plain foreign key (a) references parent (a)
) engine=innodb default character set latin1;
insert into child (id) values (7), (70);
create table self (id int primary key, up int, constraint `x``ON DELETE` foreign key (up) references self (id) on delete set null)
	engine=innodb comment 'CONSTRAINT `x``ON DELETE` FOREIGN KEY (`up`) REFERENCES `self` (`id`) ON DELETE CASCADE';
create table composite (a int, b int, c varchar(5), primary key (c, a, b)) engine=innodb;
create table tiny (id tinyint auto_increment primary key) engine=innodb;
insert into tiny values (127);
create table searched (
	id int primary key, pt geometry not null, t text, v varchar(300), b blob, spatial index sp (pt), fulltext index ft (t, v),
	key pre (v(10), t(5), b(7)), unique upre (v(3)), key (id) using btree
) engine=myisam default character set utf8;
create table grouped (grp enum('fish','bird') not null, id mediumint not null auto_increment, primary key (grp, id)) engine=myisam;
insert into grouped (grp) values ('fish'), ('bird'), ('fish');
create database if not exists elsewhere;
create table if not exists elsewhere.far (id int primary key) engine=innodb;
create table near (id int, constraint far foreign key (id) references elsewhere.far (id) on update cascade) engine=innodb;
