#!/bin/sh
# The EXAMPLES of the man pages are run as they stand, against a small shop in SQLite, MariaDB and PostgreSQL.
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

# --- what the examples speak of ---------------------------------------------------------------------

mkdir "$T/shop" "$T/var" "$T/backups"
cd "$T/shop"
sqlite3 -bail shop.db <<-'END'
	create table users (id integer primary key, email text not null unique, active text, password text);
	create table orders (id integer primary key, user_id integer not null references users, price decimal(10,2), made datetime);
	create table order_items (order_id integer references orders, line integer, article nvarchar(40), primary key (order_id, line));
	insert into users values (1, 'ada@example.org', 't', 'x'), (2, 'bob@example.org', 'f', null);
	insert into orders values (1, 1, 9.5, '2024-02-29 12:00:00'), (2, 2, 10, null);
	insert into order_items values (1, 1, 'bread'), (1, 2, 'salt  ');
END
cp shop.db shop.sqlite
cp shop.db "$T/shop.sqlite"
sqlite-schema shop.db >shop.schema
cp shop.schema old.schema
sed 's/text	notnull/text/' shop.schema >new.schema
cast-schema shop.schema >target.schema
pg-ddl -s pre target.schema >pre.sql
sqlite-rows -t users shop.db | cast-rows -s target.schema >users.rows

if mysql_find mariadb; then
	mysql_start mariadb
	mysql_fresh shop
	mariadb shop <<-'END'
		create table users (id int primary key auto_increment, email varchar(255) not null, active bool);
		insert into users values (1, 'ada@example.org', true), (2, 'bob@example.org', false);
	END
fi

# template NAME: what the database of an example begins with: empty, tables without rows, or all of it.
template()
{
	pg_fresh "$1"
	case $1 in
	tables) psql -Xq -v ON_ERROR_STOP=1 -f pre.sql -c 'create schema archive; create table archive.users_2025 as table users' ;;
	loaded) pgtide -q -d "$T/var/2026-11-22" shop.sqlite "postgresql:///loaded" ;;
	esac
}
template empty
template tables 2>/dev/null
template loaded 2>/dev/null
pg-schema postgresql:///loaded >after.schema

# --- the examples -----------------------------------------------------------------------------------

# Each block or line of an EXAMPLES section becomes a file PAGE.N.
mkdir "$T/examples"
find "$TOP/schema" "$TOP/extract" "$TOP/transform" "$TOP/load" "$TOP/scripts" -name '*.[157]' | sort >"$T/pages"
while IFS= read -r page; do
	awk -v to="$T/examples/$(basename "$page")" '
		/^\.Sh/ { examples = /EXAMPLES/ }
		!examples { next }
		/^\.Dl / { n++; sub(/^\.Dl /, ""); gsub(/\\e/, "\\"); print >(to "." n); next }
		/^\.Bd/ { n++; inside = 1; next }
		/^\.Ed/ { inside = 0; next }
		inside { gsub(/\\e/, "\\"); print >(to "." n) }
	' "$page"
done <"$T/pages"

state()
{
	case $1 in
	pgtide.1.* | pgtide-plan.1.* | pgtide-progress.1.* | pgtide-run.1.* | pgtide-sql.1.* | pgtide-judge.1.* | pgtide-verdict.1.*) echo empty ;;
	pg-ddl.1.* | pg-env.1.*) echo empty ;;
	pg-copy.1.* | pg-rows.1.2 | sqlite-rows.1.* | cast-rows.1.*) echo tables ;;
	*) echo loaded ;;
	esac
}

# The servers and folders of the examples are the reader's; these are ours.
ours()
{
	sed -e 's|//old/shop|///loaded|g' -e 's|//new/|///|g' -e 's|//app@db/|///|g' \
		-e "s|/var/lib/pgtide/|$T/var/|g" -e "s|/srv/|$T/|g" -e "s|/var/backups|$T/backups|g" "$1"
}

PGTIDE_TARGET=postgresql:///shop
export PGTIDE_TARGET
ok 'the man pages have examples' test "$(find "$T/examples" -type f | wc -l)" -gt 20

# Rules that another example reads.
grep -l '^-- two digits' "$T/examples"/* >"$T/rules"
ok 'the rules of cast-schema(1) are there' test -s "$T/rules"
cp "$(cat "$T/rules")" shop.cast

for example in "$T/examples"/*; do
	name=$(basename "$example")
	case $(head -c 8 "$example") in
	'#rows'*) ok "$name: a valid stream" rows-fmt -q "$example" && continue ;;
	'#schema'*) ok "$name: a valid schema" schema-fmt -q "$example" && continue ;;
	'-- '*) continue ;;
	esac
	case $name in
	mysql-*) mysql_find mariadb || { skip "$name" "$MYSQL_MISSING" && continue; } ;;
	esac
	PGDATABASE=postgres psql -Xqc 'drop database if exists shop with (force)' \
		-c "create database shop template $(state "$name")" 2>/dev/null
	case $name in
	pgtide.1.*) rm -rf "${T:?}/var/$(date +%F)" ;; # may be the day in pgtide-report(1)
	esac
	ours "$example" >"$T/run"
	rm -rf "$T/work"
	cp -r "$T/shop" "$T/work" # what one example writes is not there for the next
	(cd "$T/work" && PGDATABASE=shop sh -eu "$T/run") >"$T/out" 2>"$T/err" </dev/null && status=0 || status=$?
	# What these two compare does differ.
	case $name in
	schema.5.2) is "$status" 1 "$name runs, and finds what differs" ;;
	sqlite-schema.1.2) is "$status" 0 "$name runs, and finds nothing" ;;
	*) is "$status" 0 "$name runs" ;;
	esac
	if [ "$status" -gt 1 ] || { [ "$status" -eq 1 ] && [ "$name" != schema.5.2 ]; }; then
		diag "$(cat "$T/run" "$T/out" "$T/err")"
	fi
done

done_testing
