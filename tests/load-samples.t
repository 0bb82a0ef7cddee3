#!/bin/sh
# Command files with casts, filters, renames, schemas, views, parameters and hooks, from MariaDB, MySQL and SQLite: what each
# clause asks for is what the catalogue of the target shows. The samples Sakila and Chinook themselves where they are at
# hand, and always small databases with tables of these names.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# no argument: no TCP
pg_need
samples=$TOP/tests/load-samples
data=${PGTIDE_DATA:-$TOP/../shared/data}

# moves NAME FILE OPTION…: the command file, with its target in a new database.
moves()
{
	name=$1 file=$2 status=0
	shift 2
	pg_fresh "samples_$name"
	TARGET=$(pg_uri)
	export TARGET
	pgtide -d "$T/$name" "$@" "$samples/$file" >"$T/$name.out" 2>&1 || status=$?
	is "$status" 0 "$name: ends with 0"
	[ "$status" -eq 0 ] || diag "$(cat "$T/$name.out")"
	is "$(grep -c 'not ok' "$T/$name/1/verdict" || :)" 0 "$name: the verdict is ok throughout"
}

# columns TABLE COLUMN…: their types.
columns()
{
	table=$1
	shift
	for column; do
		sql "select format('%s %s%s%s%s', attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' end,
			case when attidentity <> '' then ' identity' end, ' default ' || pg_get_expr(adbin, adrelid)) from pg_attribute
			left join pg_attrdef on adrelid = attrelid and adnum = attnum
			where attrelid = '$table'::regclass and attname = '$column'"
	done
}

# Tables in these schemas, in one line.
tables()
{
	sql "select string_agg(format('%s.%s', schemaname, tablename), ' ' order by schemaname, tablename) from pg_tables where schemaname in ($1)"
}

# keys TABLE,… REGEX: their primary keys and checks, and the foreign keys of such names.
keys()
{
	sql "select string_agg(case contype when 'f' then format('%s to %s', conname, confrelid::regclass)
		else format('%s %s', conrelid::regclass, contype) end, ', ' order by contype, conname) from pg_constraint where conrelid = any ('{$1}'::regclass[])
		and (contype in ('p', 'c') or contype = 'f' and conname ~ '$2')"
}

# --- Sakila -----------------------------------------------------------------------------------------

source_sql()
{
	mariadb --default-character-set=utf8mb4 -BNe "$1" "$SAKILA" | tr '\t' '|'
}

# both WHAT MYSQL-QUERY POSTGRESQL-QUERY: have the same answer, of which there is some.
both()
{
	source_sql "$2" >"$T/source.got"
	sql "$3" >"$T/target.got"
	if [ -s "$T/source.got" ]; then
		same_file "$T/target.got" "$T/source.got" "$name: $1"
	else
		fail "$name: $1: the source has none"
	fi
}

sakila()
{
	SAKILA=$2
	export SAKILA
	moves "$1" sakila.load
	for what in 'without effect here: net_read_timeout' 'without effect here: concurrency = 1'; do
		ok "$name: is told: $what" grep -q "sakila.load:.*$what" "$T/$name.out"
	done
	is "$(tables "'pagila', 'mv'")" "$3" "$name: tables are left out, renamed and put into schemas"
	is "$(columns pagila.films film_id release_year language_id rental_rate replacement_cost last_update
		columns pagila.customer customer_id email active create_date
		columns pagila.payment amount last_update)" "film_id integer not null identity
release_year integer
language_id integer not null
rental_rate numeric not null default 4.99
replacement_cost numeric(5,2) not null default 19.99
last_update timestamp with time zone default date_trunc('second'::text, CURRENT_TIMESTAMP)
customer_id integer not null identity
email text
active boolean not null
create_date timestamp without time zone
amount bigint not null
last_update timestamp with time zone" "$name: columns are as the casts say"
	is "$(keys pagila.films,pagila.customer,pagila.payment 'film_language$|payment_customer$|staff$|store$')" \
		'pagila.films c, fk_film_language to pagila.language, fk_payment_customer to pagila.customer, fk_payment_staff to pagila.staff, pagila.customer p, pagila.films p, pagila.payment p' \
		"$name: keys and checks are there, but none to tables that are not"
	is "$(sql "select reloptions from pg_class where oid = 'pagila.payment'::regclass")" '{fillfactor=40}' "$name: storage parameters"
	is "$(sql "select obj_description('pagila.films'::regclass)")" "it's $SAKILA" "$name: a comment of after load"
	is "$(sql "select string_agg(what || '=' || value, ' ' order by what desc) from said")" 'created=0 before=12MB after=true' \
		"$name: hooks have run when they should, with the parameters"
	both 'rows of films' 'select count(*), sum(film_id), sum(length(title)), sum(rental_rate) from film' \
		'select count(*), sum(film_id), sum(octet_length(title)), sum(rental_rate) from pagila.films'
	both 'a boolean, and an expression' 'select customer_id, active, lower(email) from customer order by 1' \
		"select customer_id, active::int, coalesce(email, 'NULL') from pagila.customer order by 1"
	both 'cents, by an expression' 'select payment_id, round(amount * 100) from payment order by 1' \
		'select payment_id, amount from pagila.payment order by 1'
	both 'a view' 'select FID, title from film_list order by 1' 'select fid, title from mv.film_list order by 1'
	both 'a view of the file' 'select customer_id, count(*), sum(amount) from payment group by 1 having sum(amount) > 0 order by 1' \
		'select customer_id, payments, paid from mv.takings order by 1'
	is "$(source_sql "select count(*) from information_schema.tables where table_schema = '$SAKILA' and table_name = 'takings'")" 0 \
		"$name: nothing is made at the source"
}

# What the same file asks for a night later, of the target that the first one made, is the same to the byte.
night()
{
	status=0
	sql 'truncate said'
	pgtide -q -d "$T/$name.night" "$samples/sakila.load" >"$T/$name.out" 2>&1 || status=$?
	is "$status" 0 "$name: the second night ends with 0"
	[ "$status" -eq 0 ] || diag "$(cat "$T/$name.out")"
	for file in rules command before.sql after-schema.sql after.sql query-1.sql; do
		sed "s|$T/$name.night/|$T/$name/|" "$T/$name.night/load/1/$file" >"$T/night.got"
		same_file "$T/night.got" "$T/$name/load/1/$file" "$name: two nights: $file is the same"
	done
	for file in pre.sql post.sql; do
		same_file "$T/$name.night/1/$file" "$T/$name/1/$file" "$name: two nights: $file is the same"
	done
}

# Of the target's schema for the source, but not where sequences stand.
catalogue()
{
	PGTIDE_SOURCE=$TARGET pg-schema -n "$SAKILA" | sed -e '/^#schema/d' -e '/^next/d' >"$1"
}

# mode NAME WITH: a run with these options into a target that stays.
mode()
{
	exits 0 "$name: with $2" pgtide -q -d "$T/$name.$1" --with "$2" "mysql:///$SAKILA" "$TARGET"
	is "$(grep -c 'not ok' "$T/$name.$1/1/verdict" || :)" 0 "$name: with $2: the verdict is ok throughout"
}

modes()
{
	pg_fresh "modes_$name"
	TARGET=$(pg_uri)
	export TARGET
	mode shape 'schema only'
	is "$(sql "select count(*) from $SAKILA.film")" 0 "$name: with schema only: there are no rows"
	both 'foreign keys have their names, though indexes have them too' "select table_name, constraint_name
		from information_schema.referential_constraints where constraint_schema = '$SAKILA' order by 1, 2" \
		"select relname, conname from pg_constraint
		join pg_class c on c.oid = conrelid where contype = 'f' order by relname collate \"C\", conname collate \"C\""
	sql "create function no() returns trigger language plpgsql as \$\$ begin raise 'no'; end \$\$;
		create trigger no before insert on $SAKILA.payment for each row execute function no()"
	catalogue "$T/shape"
	for with in 'data only, disable triggers' 'data only, truncate, disable triggers, drop indexes' \
		'create no tables, truncate, disable triggers'; do
		mode "$(printf %s "$with" | tr -d ' ,')" "$with"
		catalogue "$T/shape.got"
		same_file "$T/shape.got" "$T/shape" "$name: with $with: the catalogue stays as it is"
		both "with $with: rows" 'select count(*), sum(amount) from payment' "select count(*), sum(amount) from $SAKILA.payment"
	done
	exits 1 "$name: with triggers that are not disabled: one stops it" \
		pgtide -q -d "$T/$name.stopped" --with 'data only, truncate' "mysql:///$SAKILA" "$TARGET"
}

for server in mariadb mysql56; do
	if ! { [ -x "$PGTIDE_BIN/mysql-rows" ] && mysql_find "$server"; }; then
		skip "$server" 'no such server'
		continue
	fi
	mysql_start "$server"
	mysql_fresh small
	mariadb --default-character-set=utf8mb4 small <"$samples/sakila.sql"
	sakila "$server" small 'mv.film_list mv.staff_list mv.takings pagila.actor pagila.customer pagila.films pagila.language pagila.payment pagila.staff'
	[ "$server" = mariadb ] || continue
	night
	modes
	if [ -f "$data/sakila-mysql.zip" ]; then
		python3 -m zipfile -e "$data/sakila-mysql.zip" "$T/zip"
		for part in schema data; do
			mariadb --default-character-set=utf8mb4 <"$T/zip/sakila-db/sakila-$part.sql"
		done
		sakila sakila sakila \
			'mv.film_list mv.staff_list mv.takings pagila.actor pagila.address pagila.category pagila.city pagila.country pagila.customer pagila.film_category pagila.films pagila.inventory pagila.language pagila.payment pagila.rental pagila.staff'
		modes
	fi
done

# --- texts whose character set is another ------------------------------------------------------------

# What an application wrote in UTF-8 through a connection that said latin1.
decoding()
{
	mysql_fresh decoding
	mariadb --default-character-set=latin1 decoding <<-'END_OF_DECODING'
		create table messed_up (id int primary key, name varchar(20) not null, note text, mood enum('a', 'b'), u varchar(20) character set utf8mb4,
			ru text character set koi8r, key (name)) character set latin1;
		create table fine (id int primary key, name varchar(20)) character set latin1;
		insert into messed_up values (1, 'Zoë', null, 'a', _utf8mb4 x'c3a9', null), (2, 'plain', 'naïve – 10 €', 'b', null, null), (3, '日本', '', null, null, null);
		insert into fine values (1, _latin1 x'e9');
	END_OF_DECODING
	cat >"$T/decoding.load" <<-'END_OF_LOAD'
		load database from mysql:///decoding into {{TARGET}} with include no drop
		cast column messed_up.note to text using (lambda (v) (when v (string-upcase (decode-as v "utf8"))))
		decoding table names matching ~/messed/, 'no_such' as utf8;
	END_OF_LOAD
	pg_fresh decoding
	TARGET=$(pg_uri)
	export TARGET
	exits 0 'decoding: ends with 0' pgtide -q -d "$T/decoding" "$T/decoding.load"
	is "$(sql 'select * from decoding.messed_up order by id')" '1|Zoë||a|é|
2|plain|NAÏVE – 10 €|b||
3|日本||||' 'decoding: texts are what was meant, those of UTF-8 as they were'
	is "$(sql 'select name from decoding.fine')" é 'decoding: other tables are as they were'
	# Nothing is passed over: what changes such texts itself has to decode them.
	sed 's/(decode-as v "utf8")/v/' "$T/decoding.load" >"$T/undecoded.load"
	exits 2 'decoding: an expression that does not decode is refused' pgtide -q -d "$T/undecoded" "$T/undecoded.load"
	like "$(cat "$T/.output")" "column 'note': its expression takes 'note' as it is stored, but the table is to be decoded" 'and says why'
	sed 's/(lambda .*/right-trim/' "$T/decoding.load" >"$T/trimmed.load"
	exits 2 'decoding: so is a transform' pgtide -q -d "$T/trimmed" "$T/trimmed.load"
	like "$(cat "$T/.output")" "column 'note': the table is to be decoded as 'utf8', but rule .*:1 changes the values" 'and says why'
	# What is none in that character set is an error, with its row.
	mariadb decoding -e "insert into messed_up (id, name) values (4, _latin1 x'e9')"
	pg_fresh decoding
	exits 1 'decoding: bytes that cannot be' pgtide -q -d "$T/broken" "$T/decoding.load"
	like "$(cat "$T/.output")" "row 4: column 'name': decode-as takes .*, not 'é': .*xe9 at byte 1 is no utf8" 'are told with row and column'
}
if [ -x "$PGTIDE_BIN/mysql-rows" ] && mysql_find mariadb; then
	mysql_start mariadb
	decoding
fi

# --- Chinook ----------------------------------------------------------------------------------------

chinook()
{
	CHINOOK=$2
	export CHINOOK
	moves "$1" chinook.load
	is "$(tables "'music', 'sales'")" "$3" "$name: tables are left out, renamed and put into schemas"
	is "$(columns sales.invoice invoice_date total
		columns music.track length_ms unit_price name
		columns music.people artist_id)" 'invoice_date timestamp without time zone
total bigint not null
length_ms integer
unit_price numeric(10,2) not null
name text not null
artist_id bigint not null identity' "$name: columns are as the casts say"
	is "$(keys music.album,sales.invoice_line .)" \
		'album_artist_id_fkey to music.people, invoice_line_invoice_id_fkey to sales.invoice, invoice_line_track_id_fkey to music.track, music.album p, sales.invoice_line p' \
		"$name: keys are there"
	is "$(sql "select string_agg(what || '=' || value, ' ' order by what desc) from said")" 'created=0 before=9MB after=true' \
		"$name: hooks have run when they should, with the parameters"
	is "$(sql 'select count(*), sum(total), min(invoice_date::date) from sales.invoice')" \
		"$(sqlite3 "$CHINOOK" 'select count(*), cast(sum(round(Total * 100)) as int), min(date(InvoiceDate)) from Invoice')" "$name: cents and days"
	is "$(sql "select customer_id, bought from sales.totals order by 1")" \
		"$(sqlite3 "$CHINOOK" 'select CustomerId, count(*) from Invoice group by 1 order by 1')" "$name: a view of the file"
	is "$(sql "select count(*), count(company) from music.customer where company is distinct from ''")" \
		"$(sqlite3 "$CHINOOK" "select count(*), count(nullif(Company, '')) from Customer")" "$name: a transform"
	is "$(sql 'select count(*) from music.works')" "$(sqlite3 "$CHINOOK" 'select count(*) from Album')" "$name: a file of SQL"
}

sqlite3 -bail "$T/small.db" <"$samples/chinook-small.sql"
chinook small "$T/small.db" 'music.album music.customer music.people music.track sales.invoice sales.invoice_line sales.totals'
if [ -f "$data/chinook.sqlite" ]; then
	chinook chinook "$data/chinook.sqlite" \
		'music.album music.customer music.employee music.genre music.media_type music.people music.track sales.invoice sales.invoice_line sales.totals'
fi

done_testing
