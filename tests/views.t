#!/bin/sh
# Views and queries of a source as tables of the target, of SQLite and of MariaDB: nothing is made at the source.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"

command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
pg_start
unset PGTIDE_SOURCE

# moves NAME SOURCE OPTION…: a run into the target; its status in $status.
moves()
{
	name=$1 source=$2
	shift 2
	status=0
	pgtide -q -j 1 -d "$T/$name" "$@" "$source" "postgresql:///$PGDATABASE?host=$PGHOST" >"$T/$name.out" 2>"$T/$name.err" ||
		status=$?
}

rows()
{
	psql -XAtqc "SELECT * FROM $1 ORDER BY 1, 2"
}

# --- SQLite -----------------------------------------------------------------------------------------

sqlite3 "$T/db" <<'END'
create table orders (id integer primary key, customer text not null, sum decimal(10,2), day date);
insert into orders values (1, 'ada', 1.50, '2020-02-29'), (2, 'bob', 2.25, null), (3, 'ada', 10, '2021-01-01');
create view "per customer" as select customer, sum(sum) as total, count(*) as n from orders group by customer;
create view days as select id, day from orders where day is not null;
create view other as select 1;
END
cat >"$T/query.sql" <<'END'
-- What was bought late.
SELECT id, customer AS "Who;", sum FROM orders WHERE day > '2020-12-31' OR day IS NULL -- no ; here
;
END
echo 'column "per customer".total to numeric, column "per customer".n to bigint' >"$T/x.cast"
pg_fresh views
moves sqlite "$T/db" -r "$T/x.cast" --view 'per customer' --view days --query "it's late=$T/query.sql" --include orders \
	--exclude days
is "$status" 0 'SQLite: views and a query'
diag "$(cat "$T/sqlite.err")"
is "$(rows '"per customer"')" 'ada|11.5|2
bob|2.25|1' 'the rows of a view'
is "$(rows '"it'"'"'s late"')" '2|bob|2.25
3|ada|10' 'the rows of a query, though no filter includes it'
is "$(psql -XAtqc "SELECT count(*) FROM pg_tables WHERE tablename IN ('days', 'other')")" 0 'what is excluded, and what nobody asked for, is not there'
is "$(grep -c "^skipped	view	other" "$T/sqlite/target.schema")" 1 'it is a skipped line'
is "$(grep '^rows' "$T/sqlite/verdict" | sort | cut -f 2,3 | tr '\t' ' ')" "public.it's late ok
public.orders ok
public.per customer ok" 'each was judged as a table'
moves missing "$T/db" --view nosuch
is "$status:$(sed -n "s|$T/missing/||;1p" "$T/missing.err")" "1:sqlite-schema: job/copy/db: no view 'nosuch'" 'a view that is not there'
echo 'select nosuch' >"$T/query.sql"
moves wrong "$T/db" --query "q=$T/query.sql"
is "$status:$(sed -n "s|$T/wrong/||;1p" "$T/wrong.err")" "1:sqlite-schema: job/copy/db: query 'q': no such column: nosuch" 'a query that is none'
moves none "$T/db" --query "q=$T/nosuch"
is "$status" 2 'a query without a file'

# --- MariaDB ----------------------------------------------------------------------------------------

if ! mysql_find mariadb; then
	skip 'MariaDB' "$MYSQL_MISSING"
	done_testing
	exit
fi
mysql_start mariadb
pg_fresh views
mysql_fresh views
mariadb --default-character-set=utf8mb4 "$MYSQL_DATABASE" <<'END'
create table orders (id int unsigned auto_increment primary key, customer varchar(20) character set latin1 not null default 'x',
	state enum('new', 'paid') not null, sum decimal(10,2), ok tinyint(1), at datetime(3), day date not null, b varbinary(4), f double);
insert into orders values (1, 'ädä', 'new', 1.50, 1, '2020-02-29 01:02:03.5', '2020-01-01', x'00ff', 0.1),
	(2, 'bob', 'paid', 2.25, 0, null, '2020-01-02', null, -1e300), (3, 'ädä', 'paid', 10, null, null, '2020-01-03', 'x', 0);
create view per_customer as select customer, sum(sum) as total, count(*) as n, max(state) as s from orders group by customer;
create view plain as select * from orders;
END
cat >"$T/query.sql" <<'END'
SELECT o.id, o.customer, o.state, o.ok, o.at, o.day, o.b, o.f, o.sum * 2 AS twice, count(*) AS n
FROM orders o JOIN orders p ON p.id <= o.id GROUP BY o.id;
END
before=$(mariadb -N -B "$MYSQL_DATABASE" -e 'show full tables')
moves mariadb "mysql:///$MYSQL_DATABASE" --all-views --query "joined=$T/query.sql" --boolean -n public
is "$status" 0 'MariaDB: all views and a query'
diag "$(cat "$T/mariadb.err")"
is "$(rows per_customer)" 'bob|2.25|1|paid
ädä|11.50|2|paid' 'a view that groups'
is "$(rows plain)" "$(rows orders)" 'a view of a table has its rows'
is "$(psql -XAtqc "SELECT count(*) FROM information_schema.columns a JOIN information_schema.columns b USING (column_name)
	WHERE a.table_name = 'plain' AND b.table_name = 'orders' AND column_name <> 'state' AND a.data_type = b.data_type")" 8 'and its types'
is "$(rows joined | tr '\n' ' ')" '1|ädä|new|t|2020-02-29 01:02:03.5|2020-01-01|\x00ff|0.1|3.00|1 2|bob|paid|f||2020-01-02||-1e+300|4.50|2 3|ädä|paid|||2020-01-03|\x78|0|20.00|3 ' \
	'the rows of a query'
is "$(psql -XAtqc "SELECT string_agg(format_type(atttypid, atttypmod), ' ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = 'joined'::regclass AND attnum > 0")" \
	'bigint character varying(20) text boolean timestamp(3) without time zone date bytea double precision numeric(11,2) bigint' \
	'its types are those of its result'
is "$(mariadb -N -B "$MYSQL_DATABASE" -e 'show full tables')" "$before" 'nothing was made at the source'
is "$(pgtide run -q --allow-mixed-snapshot -d "$T/mariadb" 2>/dev/null; echo "$?")" 0 'a resume finds the source as it was described'
done_testing
