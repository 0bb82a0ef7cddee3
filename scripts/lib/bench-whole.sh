# Whole databases, with schema, rows, keys and indexes, from a source into an empty database "whole", against pgloader where it is
# installed. For scripts/bench, whose functions and variables it uses.
# shellcheck shell=sh disable=SC2154

fresh="psql -Xqc 'set client_min_messages = warning' -c 'drop database if exists whole' -c 'create database whole' -c checkpoint"

whole_target()
{
	echo "postgresql:///whole?host=$PGHOST&port=$PGPORT&user=$PGUSER"
}

# pgloader's words for our socket.
pgloader_target()
{
	echo "postgresql://$PGUSER@unix:$PGHOST:$PGPORT/whole"
}

# With the settings of the private servers checkpoints would come in the middle of what is measured.
whole_servers()
{
	need_server
	psql -Xq -c "alter system set max_wal_size = '8GB'" -c "alter system set checkpoint_timeout = '1h'" -c 'select pg_reload_conf()' >/dev/null
	servers="-s $(pg_pid)"
	[ "${1-}" = mariadb ] || return 0
	mysql_find mariadb || { echo "bench: $MYSQL_MISSING" >&2 && return 1; }
	mysql_start mariadb tcp
	mariadb -e 'set global innodb_buffer_pool_size = 2147483648'
	servers="$servers -s $MYSQL_PID"
}

# floor KIND SOURCE BIG TABLE…: makes the script $T/floor, which does what the server of the target has to do at least, two
# things at a time: COPY of ready text, of the big table in two halves, then keys, indexes and foreign keys as pgtide has them.
make_floor()
{
	floor_kind=$1 floor_source=$2 floor_big=$3
	shift 2
	psql -Xqc 'drop database if exists whole' -c 'create database whole' 2>/dev/null
	rm -rf "$T/plan" "$T/copy"
	mkdir "$T/copy"
	pgtide plan -q -j 2 -d "$T/plan" "$floor_source" "$(whole_target)"
	for floor_table; do
		"$floor_kind-rows" -s "$T/plan/target.schema" -t "$floor_table" "$floor_source" |
			cast-rows -s "$T/plan/target.schema" | sed '/^#/d' >"$T/copy/$floor_table"
	done
	split -n l/2 "$T/copy/$floor_big" "$T/copy/$floor_big."
	shift
	{
		cat <<-END
			set -e
			export PGDATABASE=whole PGOPTIONS='-c client_min_messages=warning -c search_path=public,employees,wide,texts,blobs'
			copy() { psql -Xqc "\\copy \$1 from '$T/copy/\$2'"; }
			each() { find $T/plan/post -name "*.\$1.sql" -print0 | xargs -r -0 -n 1 -P 2 psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -f; }
			psql -X -q -f $T/plan/pre.sql
			copy $floor_big $floor_big.aa &
			copy $floor_big $floor_big.ab
		END
		floor_turn=
		for floor_table; do
			echo "copy $floor_table $floor_table $floor_turn"
			floor_turn=$([ -n "$floor_turn" ] || echo '&')
		done
		printf '%s\n' wait 'each keys' 'each fk' 'each valid'
	} >"$T/floor"
}

# against_all TITLE SOURCE PGLOADER_SOURCE [PREFETCH]: all in turn, with memory and CPU of each. pgloader keeps so many rows in
# memory, and more than once.
against_all()
{
	against_title=$1 against_source=$2 against_pgloader=$3 against_prefetch=${4:-10000}
	set -- "pgtide=pgtide -q -j 2 '$against_source' '$(whole_target)'" \
		"pgtide --no-digest=pgtide -q -j 2 --no-digest '$against_source' '$(whole_target)'" "floor=bash $T/floor"
	if command -v pgloader >/dev/null; then
		cat >"$T/load" <<-END
			load database from $against_pgloader into $(pgloader_target)
			with workers = 2, concurrency = 2, prefetch rows = $against_prefetch;
		END
		set -- "$@" "pgloader=pgloader $T/load >/dev/null"
	fi
	# shellcheck disable=SC2086	# words
	compare "$against_title" -m $servers -b "$fresh" "$@"
}

bench_tables()
{
	whole_servers
	awk 'BEGIN {
		print "pragma journal_mode = off; begin;"
		for (t = 1; t <= 200; t++) {
			rows = int(10 * exp(t / 200 * log(10000)))
			printf "create table t%d (id integer primary key, a integer not null, b text not null, c real);\n", t
			printf "create index t%d_a on t%d (a);\n", t, t
			printf "with recursive n(i) as (select 1 union all select i + 1 from n where i < %d)", rows
			printf " insert into t%d select i, i * 7919 %% 10007, hex(i * 31), i / 7.0 from n;\n", t
		}
		print "commit;"
	}' | sqlite3 -bail "$T/200.db" >/dev/null
	echo
	echo "200 tables of 10 to 100000 rows from SQLite, $(($(wc -c <"$T/200.db") / 1000000)) MB, each with a key and an index"
	set -- "pgtide -j 2=pgtide -q -j 2 $T/200.db '$(whole_target)'" "pgtide -j 1=pgtide -q -j 1 $T/200.db '$(whole_target)'"
	! command -v pgloader >/dev/null ||
		set -- "$@" "pgloader=pgloader $T/200.db '$(pgloader_target)' >/dev/null"
	# shellcheck disable=SC2086	# words
	compare tables -m $servers -b "$fresh" "$@"
	pgtide -q --drop -j 2 -d "$T/run" "$T/200.db" "$(whole_target)" >/dev/null
	echo "index builds that were done before the last row was in: $(find "$T/run/done" -name '*.keys' ! -newer "$T/run/done/read" | grep -c .)" \
		"of $(find "$T/run/done" -name '*.keys' | grep -c .)"
	rm -rf "$T/run" "$T/200.db"
}

bench_many()
{
	whole_servers
	awk 'BEGIN {
		print "pragma journal_mode = off; begin;"
		for (t = 1; t <= 5000; t++) {
			printf "create table t%d (id integer primary key, a integer not null, b text not null);\n", t
			printf "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)"
			printf " insert into t%d select i, i * 7919 %% 101, hex(i) from n;\n", t
		}
		print "commit;"
	}' | sqlite3 -bail "$T/5000.db" >/dev/null
	echo
	echo '5000 tables of 100 rows from SQLite'
	set -- "pgtide=pgtide -q -j 2 $T/5000.db '$(whole_target)'"
	! command -v pgloader >/dev/null ||
		set -- "$@" "pgloader=pgloader $T/5000.db '$(pgloader_target)' >/dev/null"
	# shellcheck disable=SC2086	# words
	compare many -w $servers -b "$fresh" "$@"
	rm "$T/5000.db"
}

# As many rows, columns and keys as the sample database of that name, of which people know how long it takes.
employees_tables()
{
	mariadb -e 'drop database if exists employees; create database employees'
	mariadb employees <<-'END'
		create table employees (emp_no int not null primary key, birth_date date not null, first_name varchar(14) not null,
			last_name varchar(16) not null, gender enum('M','F') not null, hire_date date not null);
		insert into employees select 10000 + seq, '1952-02-01' + interval seq * 17 % 4750 day,
			concat('First', seq % 1275), concat('Last', seq % 1637), if(seq % 5 < 3, 'M', 'F'),
			'1985-01-01' + interval seq * 13 % 5500 day from seq_1_to_300024;
		create table departments (dept_no char(4) not null primary key, dept_name varchar(40) not null, unique key (dept_name));
		insert into departments select concat('d00', seq), concat('Department ', seq) from seq_1_to_9;
		create table dept_manager (emp_no int not null, dept_no char(4) not null, from_date date not null, to_date date not null,
			primary key (emp_no, dept_no), key (dept_no), foreign key (emp_no) references employees (emp_no) on delete cascade,
			foreign key (dept_no) references departments (dept_no) on delete cascade);
		insert into dept_manager select 10000 + seq * 100, concat('d00', 1 + seq % 9), '1990-01-01', '9999-01-01' from seq_1_to_24;
		create table dept_emp (emp_no int not null, dept_no char(4) not null, from_date date not null, to_date date not null,
			primary key (emp_no, dept_no), key (dept_no), foreign key (emp_no) references employees (emp_no) on delete cascade,
			foreign key (dept_no) references departments (dept_no) on delete cascade);
		insert into dept_emp select 10001 + (seq - 1) % 300024, concat('d00', 1 + (seq + seq div 300025) % 9), '1990-01-01', '9999-01-01' from seq_1_to_331603;
		create table titles (emp_no int not null, title varchar(50) not null, from_date date not null, to_date date,
			primary key (emp_no, title, from_date), foreign key (emp_no) references employees (emp_no) on delete cascade);
		insert into titles select 10001 + (seq - 1) % 300024, elt(1 + (seq + seq div 300025) % 7, 'Engineer', 'Senior Engineer', 'Staff',
			'Senior Staff', 'Assistant Engineer', 'Technique Leader', 'Manager'), '1990-01-01', if(seq % 3, '9999-01-01', null) from seq_1_to_443308;
		create table salaries (emp_no int not null, salary int not null, from_date date not null, to_date date not null,
			primary key (emp_no, from_date), foreign key (emp_no) references employees (emp_no) on delete cascade);
		insert into salaries select 10001 + (seq - 1) div 10 % 300024, 38000 + seq * 7919 % 90000,
			'1986-01-01' + interval (seq - 1) % 10 year, '1987-01-01' + interval (seq - 1) % 10 year from seq_1_to_2844047;
		analyze table employees, departments, dept_manager, dept_emp, titles, salaries;
	END
}

# The same in SQLite, whose client cannot tell NULL in what it imports.
employees_sqlite()
{
	{
		cat <<-'END'
			create table employees (emp_no integer not null primary key, birth_date date not null, first_name varchar(14) not null,
				last_name varchar(16) not null, gender text not null, hire_date date not null);
			create table departments (dept_no char(4) not null primary key, dept_name varchar(40) not null unique);
			create table dept_manager (emp_no int not null references employees on delete cascade,
				dept_no char(4) not null references departments on delete cascade, from_date date not null, to_date date not null,
				primary key (emp_no, dept_no));
			create table dept_emp (emp_no int not null references employees on delete cascade,
				dept_no char(4) not null references departments on delete cascade, from_date date not null, to_date date not null,
				primary key (emp_no, dept_no));
			create table titles (emp_no int not null references employees on delete cascade, title varchar(50) not null,
				from_date date not null, to_date date, primary key (emp_no, title, from_date));
			create table salaries (emp_no int not null references employees on delete cascade, salary int not null,
				from_date date not null, to_date date not null, primary key (emp_no, from_date));
			create index manager_dept on dept_manager (dept_no);
			create index emp_dept on dept_emp (dept_no);
		END
		for table in employees departments dept_manager dept_emp titles salaries; do
			mariadb -B -N employees -e "select * from $table" >"$T/$table.txt"
			printf '.mode tabs\n.import %s %s\n' "$T/$table.txt" $table
		done
		echo "update titles set to_date = null where to_date = 'NULL';"
	} | sqlite3 -bail "$T/employees.db"
	rm "$T"/*.txt
}

bench_employees()
{
	whole_servers mariadb
	employees_tables >/dev/null
	make_floor mysql mysql:///employees salaries titles dept_emp employees departments dept_manager
	echo
	echo 'employees: 3.9 million rows in 6 tables from MariaDB, with keys, indexes and foreign keys'
	against_all employees mysql:///employees "mysql://app:secret@127.0.0.1:$MYSQL_TCP_PORT/employees"
	employees_sqlite
	make_floor sqlite "$T/employees.db" salaries titles dept_emp employees departments dept_manager
	echo
	echo 'employees from SQLite'
	against_all 'employees from SQLite' "$T/employees.db" "sqlite://$T/employees.db"
	rm "$T/employees.db"
}

# A bit of everything, as tables have that grew for years.
wide_table()
{
	mariadb "$1" <<-END
		create table wide (id bigint unsigned primary key, i1 int, i2 int, i3 smallint, i4 tinyint unsigned, i5 mediumint,
			d1 decimal(12,4), d2 decimal(20,0), f1 float, f2 double, t1 varchar(100), t2 varchar(255), t3 text, c1 char(12),
			dt1 datetime(6), dt2 datetime, ts1 timestamp null, da1 date, ti1 time(3), y1 year, b1 bit(8), e1 enum('new','paid','sent'),
			s1 set('a','b','c'), v1 varbinary(40), bl1 blob)
			select seq id, seq i1, -seq i2, seq % 30000 i3, seq % 250 i4, seq * 3 % 8000000 i5, seq / 7 d1, seq * 1000003 d2,
			seq / 3 f1, seq / 11 f2, concat('a short text ', seq) t1, repeat('some words that are longer ', seq % 9) t2,
			concat('a text with a\ttab, a\\\\ and a\nline ', seq) t3, concat('code ', seq % 9973) c1,
			'2020-01-01' + interval seq * 1000003 microsecond dt1, '2020-01-01' + interval seq second dt2,
			'2020-01-01' + interval seq second ts1, '1990-01-01' + interval seq % 10000 day da1, sec_to_time(seq % 86400) ti1,
			1970 + seq % 100 y1, seq % 256 b1, 1 + seq % 3 e1, seq % 8 s1, unhex(sha1(seq)) v1, repeat(unhex(md5(seq)), seq % 12) bl1
			from seq_1_to_1000000;
	END
}

bench_wide()
{
	bench_one wide 'a million rows of 25 columns'
}

# As of a forum or of mail: most texts are of a few kB, some of none, some of 200 kB; with line breaks, tabs and letters of two
# and three bytes.
texts_table()
{
	mariadb "$1" <<-'END'
		create table texts (id int primary key, title varchar(200) not null, body mediumtext not null, note text)
			select seq id, concat('Re: subject ', seq * 7919 % 100003) title,
			repeat(concat('A line of text, ', md5(seq), ' größer als – das,\tund\nmore of it ', seq, '\n'),
				if(seq % 1000 = 0, 2400, seq * 31 % 60)) body,
			if(seq % 3, null, concat('note ', sha1(seq))) note
			from seq_1_to_200000;
	END
}

# As of files that were put into a database: 0 to 60 kB, a few of 1 MB, of bytes that no compression makes smaller.
blobs_table()
{
	mariadb "$1" <<-'END'
		create table pieces (n int primary key, bytes blob not null)
			select seq n, (select group_concat(unhex(sha2(concat(seq, ':', s.seq), 512)) separator '') from seq_1_to_15 s) bytes
			from seq_1_to_1000;
		create table blobs (id int primary key, name varchar(100) not null, data longblob not null)
			select seq id, concat('file-', seq, '.bin') name,
			repeat((select bytes from pieces where n = 1 + seq % 1000), if(seq % 1000 = 0, 1000, seq * 31 % 60)) data
			from seq_1_to_20000;
		drop table pieces;
	END
}

# bench_one NAME WHAT [PREFETCH]: the table NAME of a database of that name.
bench_one()
{
	whole_servers mariadb
	mariadb -e "drop database if exists $1; create database $1"
	"$1_table" "$1"
	make_floor mysql "mysql:///$1" "$1"
	echo
	echo "$1: $2 from MariaDB, $(($(wc -c <"$T/copy/$1") / 1000000)) MB as text"
	against_all "$1" "mysql:///$1" "mysql://app:secret@127.0.0.1:$MYSQL_TCP_PORT/$1" ${3:+"$3"}
}

bench_texts()
{
	bench_one texts '200000 rows of texts' 1000
}

bench_blobs()
{
	bench_one blobs '20000 rows of binary data' 100
}
