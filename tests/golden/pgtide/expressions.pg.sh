# needs: sqlite3
# Checks, generated columns, defaults, partial and expression indexes: they do in PostgreSQL what they did in SQLite.
sqlite3 "$T/db" "
	create table goods (
		id integer primary key,
		name text not null check (length(trim(name)) > 0),
		price real check (price >= 0 and price < 1e6),
		amount integer not null default (1 + 1) check (amount between 1 and 1000),
		total real generated always as (price * amount) stored,
		slug text as (lower(replace(name, ' ', '-'))),
		sold boolean default false check (sold in (0, 1)),
		added text default (datetime('now')),
		day date default current_date check (day >= '2000-01-01'),
		epoch integer default (strftime('%s', 'now')),
		key text default (hex(randomblob(8))),
		check ((price is null) = (total is null)),
		check (name not glob '*[^a-zA-Z0-9 ]*'),
		check (name like 'A%' or id / amount >= 0));
	create unique index goods_slug on goods (lower(name)) where sold = 0;
	create index goods_size on goods (length(name) desc, amount + 1);
	create index goods_random on goods (price / amount);
	insert into goods (id, name, price, amount, day) values
		(1, 'Apple Pie', 2.5, 3, '2024-02-29'), (2, 'Bread', null, 1, '2024-03-01'), (3, 'aB', 0.1, 3, null)"
pgtide -q -d "$T/run" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" || echo "status $?"
grep -E '^(check|index|unique|skipped)' "$T/run/target.schema"
psql -XAtc "select id, total, slug from goods order by id"
sqlite3 "$T/db" "select id, total, slug from goods order by id"

# What one refuses, the other refuses too.
refused()
{
	echo "-- $1"
	! sqlite3 "$T/db" "$1" 2>/dev/null || echo 'SQLite took it'
	! psql -XAtqc "$1" 2>"$T/err" || echo 'PostgreSQL took it'
	sed -n 's/^ERROR: *//p' "$T/err"
}
refused "insert into goods (name) values ('  ')"
refused "insert into goods (name, price) values ('x', -1)"
refused "insert into goods (name, amount) values ('x', 1001)"
refused "insert into goods (name) values ('x_y')"
refused "insert into goods (name, day) values ('x', '1999-12-31')"
refused "insert into goods (name) values ('BREAD')"
refused "update goods set total = 1 where id = 1"

# What a new row gets.
new="insert into goods (name, price) values ('New Thing', 1.5)"
sqlite3 "$T/db" "$new"
psql -XAtqc "$new"
sqlite3 "$T/db" "select total, slug, amount, sold = 0, abs(strftime('%s', added) - epoch) < 2, day = date('now')
	from goods where name = 'New Thing'"
psql -XAtc "select total, slug, amount, (sold = false)::int, (abs(extract(epoch from added::timestamp) - epoch) < 2)::int,
	(day = (now() at time zone 'UTC')::date)::int from goods where name = 'New Thing'"
