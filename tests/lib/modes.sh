# For the tests of what becomes of the target: source it after tap.sh and pg.sh. A PostgreSQL runs then, and there are
#
#	$T/db               a SQLite database of two tables
#	run NAME OPTION…    one run into the database of PGDATABASE, in a directory of its own, with its messages in .output
#	catalogue           all that is in the schema public but its rows
#	rows, $all          what is in the tables there; what that has to be
# shellcheck shell=sh

command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need

run()
{
	run_name=$1
	shift
	rm -rf "${T:?}/$run_name"
	pgtide -q -j 2 -d "$T/$run_name" "$@" "$T/db" "$(pg_uri)"
}

catalogue()
{
	PGTIDE_SOURCE=$(pg_uri) pg-schema | grep -v '^#'
}

rows()
{
	sql "select (select count(*) || ' ' || sum(id) from p), (select count(*) || ' ' || sum(n) from c)"
}

# A column of each table is the other's trap: a name that needs quotes, a type that is an enum in the plan.
sqlite3 -bail "$T/db" <<-'END'
	create table p (id integer primary key autoincrement, v text not null unique, "odd'c" numeric(10,2));
	create table c (id integer primary key, p integer not null references p, n integer check (n >= 0));
	create index c_n on c (n);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 200)
	insert into p select n, 't' || n, n / 4.0 from n;
	insert into c select id, 201 - id, id * 2 from p;
END
# shellcheck disable=SC2034	# for the test
all='200 20100|200 40200'
