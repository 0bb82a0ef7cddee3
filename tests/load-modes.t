#!/bin/sh
# pgloader's command files, end to end: their defaults on tables that are there, hooks, parameters, and the modes.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# no argument: no TCP
pg_need
mkdir "$T/work"
cd "$T/work"

# run NAME TEXT: what the text asks for behind the target; its run directories are $T/NAME.
run()
{
	printf "load database from 'shop.db' into postgresql:///%s\n%s;\n" "$PGDATABASE" "$2" >"$1.load"
	exits 0 "$1: ends with 0" pgtide -q -d "$T/$1" "$1.load"
	is "$(grep -c 'not ok' "$T/$1/1/verdict" || :)" 0 "$1: the verdict is ok throughout"
}

sqlite3 -bail shop.db <<'END'
create table users (id integer primary key autoincrement, email text not null unique);
create table orders (id integer primary key, user_id int references users (id), price decimal(10,2));
insert into users values (1, 'ada@example.org'), (7, 'bob@example.org');
insert into orders values (1, 1, 9.5), (2, 7, 10);
END

pg_fresh modes
cat >grants.sql <<'END'
-- after all is there
\i comment.sql
END
echo "comment on table orders is 'it''s loaded'" >comment.sql
# shellcheck disable=SC2016	# the file's own dollars
run first 'set work_mem to '\''17MB'\'', application_name to '\''the night'\''
before load do $$ create table log (what text, setting text); $$, $$ insert into log values ('\''before'\'', current_setting('\''work_mem'\'')) $$
after create schema do $$ alter table users set (fillfactor = 90); $$
after load execute '\''grants.sql'\'', do $$ insert into log select '\''after'\'', count(*)::text from users $$'
is "$(sql "select string_agg(what || '=' || setting, ' ' order by what desc) from log")" 'before=17MB after=2' \
	'first: hooks have run, with the parameters'
is "$(sql "select obj_description('orders'::regclass), (select reloptions from pg_class where oid = 'users'::regclass)")" \
	"it's loaded|{fillfactor=90}" 'first: files of SQL, and what hooks make of tables'

sql 'create view two as select 2; insert into users (email) values ($$late$$)'
run again ''
is "$(sql 'select (select count(*) from users), (select count(*) from orders), (select count(*) from two)')" '2|2|1' \
	'again: tables of the source are made anew, others stay'

sql "insert into orders values (99, 1, 1)"
run emptied 'with data only, truncate'
is "$(sql 'select count(*), max(id) from orders')" '2|2' 'emptied: rows are those of the source'
sql 'truncate orders'
run indexed 'with create no tables, truncate'
is "$(sql "select count(*) from pg_index where indrelid = 'users'::regclass and indisvalid")" 2 \
	'indexed: keys and indexes are there again'
is "$(sql "select count(*) from orders o join users u on u.id = user_id")" 2 'indexed: rows are there'

sql 'drop table orders, users'
run shape 'with schema only, no foreign keys'
is "$(sql "select (select count(*) from users), (select count(*) from pg_constraint where contype = 'f')")" '0|0' \
	'shape: tables without rows and foreign keys'

done_testing
