#!/bin/sh
# pgtide convert, end to end: command files that read MariaDB make the same target as the scripts that convert makes of them.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
[ -x "$PGTIDE_BIN/mysql-rows" ] || skip_all 'built without MySQL'
# shellcheck source=tests/lib/both-ways.sh
. "$TOP/tests/lib/both-ways.sh"
mysql_need mariadb

mkdir "$T/work"
cd "$T/work"
cp -R "$TOP/tests/load-file/good/sql" .
mysql_fresh small
mariadb --default-character-set=utf8mb4 small <"$TOP/tests/load-samples/sakila.sql"
mysql_fresh shop
mariadb --default-character-set=utf8mb4 shop <<'END_OF_SHOP'
create table users (id int unsigned auto_increment primary key, Name varchar(20) not null, born date not null default '2000-01-01',
	seen datetime default '0000-00-00 00:00:00', made datetime not null default '2001-01-01 00:00:00' on update current_timestamp, n bigint(20));
create table `Order Items` (itemId int primary key, userId int unsigned, price decimal(10,2), mood enum('sad', 'éh'), key (price),
	constraint of_user foreign key (userId) references users (id));
create table `it's` (x time, y year, z set('a', 'b'));
create table film (a int primary key, b blob);
create view sales_by_store as select mood, sum(price) as total from `Order Items` group by mood;
insert into users (Name, seen, n) values ('ada', '2020-02-29 00:00:00', 1), ('Éva', null, null);
insert into `Order Items` values (1, 1, 2.50, 'sad'), (2, null, null, 'éh');
insert into `it's` values ('10:00:00', 1999, 'a,b'), (null, null, '');
insert into film values (-1, x'00ff'), (0, null);
END_OF_SHOP

SAKILA=small
export SAKILA
sed 's/{{TARGET}}/{{SHOP_TARGET}}/' "$TOP/tests/load-samples/sakila.load" >sakila.load
both_ways sakila sakila.load
for name in alter-table-rename cast-guards hooks-mixed including-names version-4 views-all with-snake-case; do
	sed -e 's|mysql://ada@db/shop|mysql:///shop|' -e 's|postgresql:///shop|{{SHOP_TARGET}}|' \
		"$TOP/tests/load-file/good/$name.load" >"$name.load"
	if [ "$name" = version-4 ]; then
		both_ways "$name" "$name.load" -P 4
	else
		both_ways "$name" "$name.load"
	fi
done

done_testing
