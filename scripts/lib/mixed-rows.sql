-- The table that mixed-rows.awk makes rows for.
create type mood as enum ('glad', 'so-so');
create table mixed (
	id bigint primary key,
	n integer,
	amount numeric(6,2),
	day date,
	name varchar(10),
	note text not null,
	mood mood,
	q integer constraint positive check (q > 0)
);
insert into mixed values (0, 0, 0, '2024-01-01', '', '', 'glad', 1);
