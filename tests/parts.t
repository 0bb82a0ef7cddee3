#!/bin/sh
# Big tables are moved in parts, small ones in batches, and the target is the same.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need

# contents DIRECTORY: the catalogue of the target and the digest of each table.
contents()
{
	PGTIDE_SOURCE=$(pg_uri) pg-schema | grep -v '^#'
	while IFS= read -r schema && IFS= read -r table && read -r _ && read -r _; do
		PGTIDE_SOURCE=$(pg_uri) pg-rows -n "$schema" -t "$table" </dev/null | rows-digest
	done <"$1/tables"
}

# whole_and_parts NAME SOURCE OPTION…: moves it in one piece and in parts.
whole_and_parts()
{
	name=$1 source=$2
	shift 2
	pg_fresh whole
	exits 0 "$name: table by table" pgtide -q -j 1 -d "$T/$name.whole" "$source" "$(pg_uri)"
	contents "$T/$name.whole" >"$T/want"
	pg_fresh parts
	exits 0 "$name: in parts" pgtide -q -j 3 "$@" -d "$T/$name.parts" "$source" "$(pg_uri)"
	contents "$T/$name.parts" >"$T/got"
	same_file "$T/got" "$T/want" "$name: the target is the same"
	is "$(grep '^rows' "$T/$name.parts/verdict" | sort)" "$(grep '^rows' "$T/$name.whole/verdict" | sort)" \
		"$name: so is what the verdict says of rows"
}

# covers NAME TABLE: the parts of a table have each of its rows once.
covers()
{
	line=0
	cut -f 2 "$T/ranges" | while IFS= read -r of; do
		line=$((line + 1))
		[ "$of" != "$2" ] || "$kind-rows" -K "$T/ranges" -k "$line" -t "$2" "$source" </dev/null | rows-digest
	done | rows-digest -a >"$T/got"
	"$kind-rows" -t "$2" "$source" | rows-digest >"$T/want"
	same_file "$T/got" "$T/want" "$1: the parts of $2 are all of it"
}

parts_of()
{
	cut -f 2 "$T/ranges" | grep -cxF -e "$1"
}

# --- SQLite -----------------------------------------------------------------------------------------

kind=sqlite source=$T/db
sqlite3 -bail "$T/db" <<-'END'
	create table parent (id integer primary key, name text not null);
	create table dense (id integer primary key, p integer not null references parent, v text);
	create table sparse (id integer primary key, v text unique);
	create table "with	out" (k text primary key, v text) without rowid;
	create table empty (id integer primary key);
	create table rowid (rowid text, oid integer, v text);
	with recursive n (n) as (select 1 union all select n + 1 from n where n < 30000)
	insert into dense select n, n % 100 + 1, printf('%040d', n) from n;
	insert into sparse select case when id < 15000 then id else id * 10000000000 end, v from dense;
	insert into sparse values (-9223372036854775808, 'first'), (9223372036854775806, 'last');
	insert into "with	out" select v, v from dense;
	insert into rowid select v, id, v from dense;
	insert into parent select id, v from dense where id <= 100;
END
sqlite-schema "$T/db" >"$T/schema"
sqlite-ranges -p 5 -b 100000 -s "$T/schema" "$T/db" >"$T/sizes"
cut -f 3- "$T/sizes" >"$T/ranges"
is "$(for t in dense sparse 'with\tout' empty rowid parent; do parts_of "$t"; done | tr '\n' ' ')" '5 5 1 1 5 1 ' \
	'sqlite-ranges: what is big and has a rowid is cut'
for table in dense sparse rowid; do
	covers sqlite-ranges "$table"
done
is "$(awk -F '\t' '$4 == "empty" || $4 == "parent" { print ($1 + 0 > 0), $2 }' "$T/sizes")" "$(printf '0 0\n1 100')" \
	'sqlite-ranges: of small tables the rows are known'
whole_and_parts sqlite "$T/db" --part-size 100k
is "$(cut -f 3 "$T/sqlite.parts/steps" | sort | uniq -c | awk '$1 > 1 { n++ } END { print n }')" 3 'sqlite: three tables came in parts'
is "$(grep -c ',' "$T/sqlite.parts/steps")" 1 'sqlite: two in a batch'

# --- a batch with a bad table ------------------------------------------------------------------------

sqlite3 -bail "$T/bad.db" <<-'END'
	create table a (id integer primary key); create table b (id integer primary key, a integer references a);
	create table c (id integer primary key, n integer); create table d (id integer primary key, c integer references c);
	insert into a values (1); insert into b values (1, 1); insert into c values (1, 1), (2, 'two'); insert into d values (1, 1);
END
pg_fresh bad
exits 1 'a batch with a bad row: status 1' pgtide -q -d "$T/bad" "$T/bad.db" "$(pg_uri)"
is "$(grep -c "^sqlite-rows: main.c: rowid 2: column 'n': text 'two' in an integer column" "$T/.output")" 1 'the row is told once'
is "$(grep '^rows' "$T/bad/verdict" | sort)" "$(printf 'rows\tpublic.a\tok\t1 rows\nrows\tpublic.b\tok\t1 rows\nrows\tpublic.c\tnot ok\tstage rows ended with 1\nrows\tpublic.d\tok\t1 rows')" \
	'the other tables are in'
is "$(grep -E '^(digest|references)' "$T/bad/verdict" | cut -f 1-3 | grep 'not ok' | cut -f 2 | tr '\n' ' ')" 'public.d public.c ' \
	'and they are built and compared, but what points to the bad one'
sqlite3 "$T/bad.db" "update c set n = 2 where id = 2"
exits 0 'mended, it goes on' pgtide run -q --allow-mixed-snapshot -d "$T/bad"
is "$(psql -XAtqc 'select count(*) from c')" 2 'and all is there'

# --- a batch whose end is not known --------------------------------------------------------------------

mkdir "$T/bin"
for program in "$PGTIDE_BIN"/*; do
	ln -s "$program" "$T/bin/"
done
rm "$T/bin/pgtide" "$T/bin/pg-copy"
cp "$PGTIDE_BIN/pgtide" "$T/bin/"
# unknown END: the first time pg-copy commits, and then ends so.
unknown()
{
	printf '#!/bin/sh\n"%s/pg-copy" "$@" || exit\n[ -e "%s/ended" ] || { : >"%s/ended"; %s; }\n' "$PGTIDE_BIN" "$T" "$T" "$1" >"$T/bin/pg-copy"
	chmod +x "$T/bin/pg-copy"
	rm -rf "$T/ended" "$T/unknown"
	pg_fresh unknown
}
rows_in()
{
	psql -XAtqc 'select (select count(*) from a), (select count(*) from b), (select count(*) from c), (select count(*) from d)'
}
unknown 'exit 1'
exits 0 'a batch that was committed, and then was said to have failed' "$T/bin/pgtide" -q -d "$T/unknown" "$T/bad.db" "$(pg_uri)"
is "$(rows_in)" '1|1|2|1' 'is in once'
unknown 'kill -9 $$'
exits 1 'one whose pg-copy was killed when it had committed' "$T/bin/pgtide" -q -d "$T/unknown" "$T/bad.db" "$(pg_uri)"
like "$(cat "$T/unknown/verdict")" '^rows	public.a	not ok	stage copy ended with 137' 'is told'
exits 0 'and found when the run goes on' pgtide run -q -d "$T/unknown"
is "$(rows_in)" '1|1|2|1' 'it is in once'

# --- MySQL and MariaDB -------------------------------------------------------------------------------

for server in mariadb mysql56; do
	if ! mysql_find "$server"; then
		skip "$server" "$MYSQL_MISSING"
		continue
	fi
	mysql_start "$server"
	mysql_fresh parts
	kind=mysql source=mysql:///$MYSQL_DATABASE
	mariadb --default-character-set=utf8mb4 "$MYSQL_DATABASE" >/dev/null <<-'END'
		create table d (i int); insert into d values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
		create table two (a int not null, d date not null, v varchar(200), primary key (a, d));
		insert into two select x.i * 1000 + y.i * 100 + z.i * 10 + w.i, '2000-01-01' + interval v.i day, repeat('x', 50) from d x, d y, d z, d w, d v where x.i < 3;
		create table skew (id bigint unsigned primary key, v varchar(200));
		insert into skew select if(a < 1500, a, 18446744073709551 - a) * 10 + day(d), repeat('y', 80) from two;
		create table dates (t datetime(3) not null, n int not null, primary key (t, n));
		insert into dates select d + interval a second, a from two;
		create table `text` (k varchar(40) character set latin1 primary key, v varchar(100));
		insert into `text` select concat('é', md5(id)), repeat('z', 60) from skew;
		create table nokey (a int, v char(200)); insert into nokey select a, 'n' from two;
		create table `bytes` (k varbinary(20) primary key, v char(100)); insert into `bytes` select unhex(md5(k)), 'b' from `text`;
		create table numbers (k decimal(20, 2) primary key, v char(100)); insert into numbers select id + 0.25, 'n' from skew;
		create table few (id int primary key); insert into few values (1);
		analyze table two, skew, dates, `text`, nokey, `bytes`, numbers, few;
	END
	mysql-schema "$source" >"$T/schema"
	mysql-ranges -p 4 -b 300000 -s "$T/schema" "$source" >"$T/sizes"
	cut -f 3- "$T/sizes" >"$T/ranges"
	tables='two text numbers'
	[ "$server" = mysql56 ] || tables="$tables skew dates bytes"
	for table in $tables; do
		ok "$server: $table is cut" test "$(parts_of "$table")" -gt 2
		covers "$server" "$table"
	done
	is "$(parts_of nokey) $(parts_of few)" '1 1' "$server: a table without a key is not"
	ok "$server: parts of a skew key are of one size" awk -F '\t' '$4 == "skew" && $2 > 20000 { exit 1 }' "$T/sizes"
	[ "$server" = mysql56 ] || whole_and_parts mariadb "$source" --part-size 300k
	mysql_stop
done

done_testing
