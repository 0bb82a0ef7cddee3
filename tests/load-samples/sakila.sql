-- What sakila.load speaks of, small.
create table language (language_id tinyint unsigned not null auto_increment primary key, name char(20) not null,
	last_update timestamp not null default current_timestamp on update current_timestamp);
create table film (film_id smallint unsigned not null auto_increment primary key, title varchar(255) not null,
	description text, release_year year, language_id tinyint unsigned not null, original_language_id tinyint unsigned,
	rental_rate decimal(4,2) not null default 4.99, length smallint unsigned, replacement_cost decimal(5,2) not null default 19.99,
	rating enum('G', 'PG', 'PG-13', 'R', 'NC-17') default 'G', special_features set('Trailers', 'Commentaries', 'Deleted Scenes'),
	last_update timestamp not null default current_timestamp on update current_timestamp,
	key idx_title (title), key idx_fk_language_id (language_id),
	constraint fk_film_language foreign key (language_id) references language (language_id) on delete restrict on update cascade);
create table film_text (film_id smallint not null primary key, title varchar(255) not null);
create table actor (actor_id smallint unsigned not null auto_increment primary key, first_name varchar(45) not null);
create table film_actor (actor_id smallint unsigned not null, film_id smallint unsigned not null, primary key (actor_id, film_id),
	constraint fk_film_actor_film foreign key (film_id) references film (film_id),
	constraint fk_film_actor_actor foreign key (actor_id) references actor (actor_id));
create table store (store_id tinyint unsigned not null auto_increment primary key);
create table staff (staff_id tinyint unsigned not null auto_increment primary key, first_name varchar(45) not null,
	picture blob, store_id tinyint unsigned not null, active boolean not null default true,
	constraint fk_staff_store foreign key (store_id) references store (store_id));
create table customer (customer_id smallint unsigned not null auto_increment primary key, store_id tinyint unsigned not null,
	first_name varchar(45) not null, email varchar(50), active boolean not null default true, create_date datetime not null,
	last_update timestamp null default current_timestamp on update current_timestamp, key idx_last_name (first_name),
	constraint fk_customer_store foreign key (store_id) references store (store_id));
create table payment (payment_id smallint unsigned not null auto_increment primary key, customer_id smallint unsigned not null,
	staff_id tinyint unsigned not null, amount decimal(5,2) not null, payment_date datetime not null,
	last_update timestamp null default current_timestamp on update current_timestamp, key idx_fk_customer_id (customer_id),
	constraint fk_payment_customer foreign key (customer_id) references customer (customer_id) on delete restrict on update cascade,
	constraint fk_payment_staff foreign key (staff_id) references staff (staff_id) on delete restrict on update cascade);

insert into language (name) values ('English'), ('Français');
insert into film (film_id, title, description, release_year, language_id, rating, special_features) values
	(1, 'ACADEMY DINOSAUR', 'A tale', 2006, 1, 'PG', 'Trailers,Deleted Scenes'), (5, 'L''ÉTÉ', null, null, 2, 'NC-17', ''),
	(9, 'EL NIÑO', '', 1901, 1, null, null);
insert into film_text values (1, 'ACADEMY DINOSAUR');
insert into actor values (1, 'PENELOPE');
insert into film_actor values (1, 1);
insert into store values (1), (2);
insert into staff values (1, 'Mike', x'89504e470d0a00ff', 1, 1), (2, 'Jon', null, 2, 0);
insert into customer (store_id, first_name, email, active, create_date) values
	(1, 'MARY', 'MARY.SMITH@sakilacustomer.org', 1, '2006-02-14 22:04:36'), (2, 'ÉVA', null, 0, '2024-02-29 00:00:00');
insert into payment (customer_id, staff_id, amount, payment_date) values
	(1, 1, 2.99, '2005-05-25 11:30:37'), (1, 2, 0.99, '2005-05-28 10:35:23'), (2, 1, 0, '2005-06-15 00:54:12');

create view film_list as select film_id as FID, title, length, rating from film;
create view staff_list as select staff_id as ID, concat(first_name, ' ', store_id) as name, store_id as SID from staff;
create view sales_by_store as select store_id, count(*) as n from staff group by store_id;
