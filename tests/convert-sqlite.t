#!/bin/sh
# pgtide convert, end to end: command files that read SQLite make the same target as the scripts that convert makes of them.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck source=tests/lib/both-ways.sh
. "$TOP/tests/lib/both-ways.sh"

mkdir "$T/work"
cd "$T/work"
sqlite3 -bail shop.db <<'END_OF_SHOP'
create table users (Id integer primary key, userName text not null unique, active tinyint(1), born date default '2000-01-01');
create table "order's" (id integer primary key, userId integer references users, price decimal(10,2) not null, note varchar(9));
create table log_old (id integer primary key, line text);
create table log_new (id integer primary key, line text default 'x');
create index "log lines" on log_new (line);
create index byPrice on "order's" (price);
insert into users values (1, 'ada', 1, '1815-12-10'), (2, 'bob', 0, null), (3, 'éva', null, '1999-01-02');
insert into "order's" values (1, 1, 9.5, ''), (2, 2, 10.25, 'a	b'), (3, null, 0, null);
insert into log_old values (1, 'x');
insert into log_new values (1, 'y'), (7, null);
END_OF_SHOP
cp shop.db "my shop's data.db"
sqlite3 -bail "$T/chinook.db" <"$TOP/tests/load-samples/chinook-small.sql"
SHOP_DB=$PWD/shop.db CHINOOK=$T/chinook.db
export SHOP_DB CHINOOK

for load in "$TOP"/tests/convert/*.load; do
	both_ways "$(basename "$load" .load)" "$load"
done
# The printed script does the same, beside where it is run; the target stands in it.
pgtide convert "$TOP/tests/convert/full.load" >full.sh 2>"$T/err"
pg_fresh both_convert
exits 0 'full: the script that is printed' timeout 120 sh ./full.sh
held "$T/printed"
same_file "$T/printed" "$T/full.load.held" 'full: does the same'

# The same names in the file and what it includes.
sed 's/{{TARGET}}/{{SHOP_TARGET}}/' "$TOP/tests/load-samples/chinook.load" >chinook.load
cp "$TOP"/tests/load-samples/chinook*.sql .
both_ways chinook chinook.load
for name in alter-schema-sqlite from-path-with-blanks; do
	sed 's|postgresql:///shop|{{SHOP_TARGET}}|' "$TOP/tests/load-file/good/$name.load" >"$name.load"
	both_ways "$name" "$name.load"
done

done_testing
