#!/bin/sh
# mysql-rows against MariaDB and MySQL 5.6: every value exactly as it is stored, and nothing else than was asked for.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
unset PGTIDE_SOURCE
started=

sql()
{
	mariadb --default-character-set=utf8mb4 -N -B "$MYSQL_DATABASE" -e "set sql_mode = ''; $1"
}

rows()
{
	mysql-rows "$@" "mysql:///$MYSQL_DATABASE" >"$T/rows" 2>"$T/err"
}

# shows DESC TABLE [OPTION…]: the rows, and before them the types, are what is on standard input.
shows()
{
	shows_desc="$kind: $1" shows_table=$2
	shift 2
	cat >"$T/want"
	rows -t "$shows_table" "$@" || diag "status $?: $(cat "$T/err")"
	sed -n -e 's/^#types	//p;t' -e '/^#/!p' "$T/rows" >"$T/got"
	same_file "$T/got" "$T/want" "$shows_desc"
	ok "$shows_desc: a valid stream" rows-fmt -q "$T/rows"
}

# refuses STATUS ERE DESC OPTION…
refuses()
{
	refuses_want=$1 refuses_ere=$2 refuses_desc="$kind: $3" refuses_got=0
	shift 3
	rows "$@" || refuses_got=$?
	is "$refuses_got" "$refuses_want" "$refuses_desc: status $refuses_want"
	like "$(cat "$T/err")" "$refuses_ere" "$refuses_desc"
}

# --- values -----------------------------------------------------------------------------------------

numbers()
{
	sql "create table ints (a tinyint(1), b tinyint unsigned, c smallint(3) zerofill, d mediumint, e int(2), f bigint, g bigint unsigned, h int(10) unsigned zerofill, i decimal(65,30), j decimal(8,3) zerofill, k year);
		insert into ints values
			(127, 255, 7, -8388608, -2147483648, -9223372036854775808, 18446744073709551615, 42, -12345678901234567890123456789012345.000000000000000000000000000001, 1.5, 2155),
			(-128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
			(null, null, null, null, null, null, null, null, null, null, null)"
	shows 'integers and decimals' ints <<-'END'
		i8	u8	u16	i32	i32	i64	u64	u32	decimal(65,30)	decimal(8,3)	year
		127	255	7	-8388608	-2147483648	-9223372036854775808	18446744073709551615	42	-12345678901234567890123456789012345.000000000000000000000000000001	1.500	2155
		-128	0	0	0	0	0	0	0	0.000000000000000000000000000000	0.000	0
		\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
	END

	sql "create table bits (a bit(1), b bit(12), c bit(64), d bit(9));
		insert into bits values (1, 5, 18446744073709551615, 256), (0, 4095, 1, 1), (null, 0, 0, 0)"
	shows 'as many bits as the type has' bits <<-'END'
		bit(1)	bit(12)	bit(64)	bit(9)
		1	000000000101	1111111111111111111111111111111111111111111111111111111111111111	100000000
		0	111111111111	0000000000000000000000000000000000000000000000000000000000000001	000000001
		\N	000000000000	0000000000000000000000000000000000000000000000000000000000000000	000000000
	END
}

# The text protocol would give 3.40282e38, 16777200 and 1.4013e-45.
floats()
{
	sql "create table floats (f float, d double, m float(7,3), n double(10,2), z double zerofill);
		insert into floats values
			(3.4028234663852886e38, 1.7976931348623157e308, 1234.567, 12345678.91, 1.5),
			(-3.4028234663852886e38, -2.2250738585072014e-308, -1, -1, 0),
			(16777216, 9007199254740993, 0.1, 0.1, 1e100),
			(1.401298464324817e-45, 5e-324, 9999.999, 99999999.99, 2.5),
			(1.1754943508222875e-38, 0.1, 0, 0, 0),
			(0.1, 123456789012345678, 0, 0, 0),
			(8388609, 1e23, 0, 0, 0),
			(null, null, null, null, null)"
	shows 'floats' floats <<-'END'
		f32	f64	f32	f64	f64
		3.4028235e+38	1.7976931348623157e+308	1234.567	12345678.91	1.5
		-3.4028235e+38	-2.2250738585072014e-308	-1	-1	0
		1.6777216e+07	9.007199254740992e+15	0.1	0.1	1e+100
		1e-45	5e-324	9999.999	99999999.99	2.5
		1.1754944e-38	0.1	0	0	0
		0.1	1.2345678901234568e+17	0	0	0
		8.388609e+06	9.999999999999999e+22	0	0	0
		\N	\N	\N	\N	\N
	END

	# MariaDB stores 0 for a DOUBLE of -0, but has a FLOAT of -0 from what was too small for one.
	sql 'create table zeros (f float, d double); insert into zeros values (-1e-60, -1e-200 * 1e-200)'
	zero=-0
	if [ "$kind" = mariadb ]; then
		zero=0
	fi
	rows -t zeros
	is "$(sed 1,3d "$T/rows" | head -n 1)" "-0	$zero" "$kind: the sign of zero"

	python3 - "$T/sent" <<-'END' >"$T/insert"
		import random, struct, sys
		r = random.Random(6)
		rows = []
		while len(rows) < 1000:
		    f = struct.unpack('<f', r.randbytes(4))[0]
		    d = struct.unpack('<d', r.randbytes(8))[0]
		    if abs(f) < float('inf') and abs(d) < float('inf'):
		        rows.append((f, d))
		print('create table random (f float, d double); insert into random values',
		      ','.join('(%r,%r)' % (f, d) for f, d in rows))
		with open(sys.argv[1], 'w') as out:
		    for f, d in rows:
		        out.write('%s %s\n' % (struct.pack('<f', f).hex(), struct.pack('<d', d).hex()))
	END
	mariadb "$MYSQL_DATABASE" <"$T/insert"
	rows -t random
	sed 1,3d "$T/rows" | grep -v '^#' | python3 -c '
import struct, sys
for line in sys.stdin:
    f, d = line.split()
    print(struct.pack("<f", float(f)).hex(), struct.pack("<d", float(d)).hex())' >"$T/came"
	same_file "$T/came" "$T/sent" "$kind: 1000 random floats and doubles, bit for bit"
}

dates()
{
	sql "set time_zone = '+00:00'; set sql_mode = 'ALLOW_INVALID_DATES';
		create table times (a date, b datetime, c datetime(6), d timestamp(3) null, e time, f time(6));
		insert into times values
			('0000-00-00', '0000-00-00', '0000-00-00', '0000-00-00', '-838:59:59', '838:59:59'),
			('2010-00-00', '2010-05-00 00:00:00', '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07.999', '-00:00:01', '00:00:00.000001'),
			('2009-02-31', '0000-01-01 00:00:00', '2024-03-31 02:30:00', '1970-01-01 00:00:01', '24:00:00', null)"
	shows 'dates and times as they are stored, TIMESTAMP in UTC' times <<-'END'
		date	timestamp(0)	timestamp(6)	timestamptz(3)	time(0)	time(6)
		0000-00-00	0000-00-00 00:00:00	0000-00-00 00:00:00.000000	0000-00-00 00:00:00.000+00	-838:59:59	838:59:59.000000
		2010-00-00	2010-05-00 00:00:00	9999-12-31 23:59:59.999999	2038-01-19 03:14:07.999+00	-00:00:01	00:00:00.000001
		2009-02-31	0000-01-01 00:00:00	2024-03-31 02:30:00.000000	1970-01-01 00:00:01.000+00	24:00:00	\N
	END
}

texts()
{
	sql "create table texts (id int, l varchar(20) character set latin1, u varchar(20) character set utf8mb4, o text character set utf8, s varchar(9) character set sjis, w varchar(9) character set utf16, c char(5), t longtext);
		insert into texts values
			(1, x'e98099', x'f09f9880', 'é', x'955c', x'd83dde00', 'a  ', concat('a\t', char(10), char(13), '\\\\.')),
			(2, '', '', '#', '', '', '', concat('x', char(0), 'y')),
			(3, '\\\\N', 'NULL', '#1', null, 'a', '#', repeat('é\n', 3))"
	shows 'texts of all charsets' texts <<-'END'
		i32	varchar(20)	varchar(20)	text	varchar(9)	varchar(9)	char(5)	text
		1	é€™	😀	é	表	😀	a	a\t\n\r\\.
		2			\#				x\000y
		3	\\N	NULL	\#1	\N	a	\#	é\né\né\n
	END

	sql "create table bytes (id int, a binary(4), b varbinary(9), c longblob);
		insert into bytes values (1, 'a', x'005c0aff', x''), (2, '', '', null), (3, null, null, repeat(x'5c00', 5))"
	shows 'bytes' bytes <<-'END'
		i32	binary(4)	varbinary(9)	bytes
		1	\\x61000000	\\x005c0aff	\\x
		2	\\x00000000	\\x	\N
		3	\N	\N	\\x5c005c005c005c005c00
	END

	sql "create table labels (id int, e enum('','a b','it''s','x\\\\y') character set latin1, s set('a','b c','q\"r','NULL','x\\\\y','{z}','é') character set latin1);
		insert into labels values (1, 1, 127), (2, 'none', 0), (3, 4, 'a'), (4, null, null), (5, 'IT''S', 'b c')"
	shows 'labels' labels <<-'END'
		i32	enum	set
		1		{a,"b c","q\\"r","NULL","x\\\\y","{z}",é}
		2		{}
		3	x\\y	{a}
		4	\N	\N
		5	it's	{"b c"}
	END
}

geometries()
{
	sql "create table shapes (g geometry);
		insert into shapes values
			(geomfromtext('point(1 2)')),
			(geomfromtext('point(1 2)', 4326)),
			(geomfromtext('geometrycollection(point(1 2),linestring(0 0,1 1))', 4326)),
			(null)"
	shows 'geometries as EWKB, the SRID once' shapes <<-'END'
		geometry
		\\x0101000000000000000000f03f0000000000000040
		\\x0101000020e6100000000000000000f03f0000000000000040
		\\x0107000020e6100000020000000101000000000000000000f03f000000000000004001020000000200000000000000000000000000000000000000000000000000f03f000000000000f03f
		\N
	END
}

# --- what only MariaDB has --------------------------------------------------------------------------

mariadb_alone()
{
	sql "create table modern (id int, hidden int invisible default 7, twice int as (id * 2) virtual, thrice int as (id * 3) stored,
			j json, u uuid, v4 inet4, v6 inet6, plain longtext check (json_valid(plain) and plain <> '1'));
		insert into modern (id, j, u, v4, v6, plain) values (1, '{\"a\": 1, \"a\":\"\\\\n\"}', 'ABCDEF01-2345-6789-abcd-ef0123456789', '1.2.3.4', '::FFFF:1.2.3.4', '[]')"
	shows 'hidden and generated columns, json, uuid, inet' modern <<-'END'
		i32	i32	i32	i32	json	uuid	inet	inet	text
		1	7	2	3	{"a": 1, "a":"\\n"}	abcdef01-2345-6789-abcd-ef0123456789	1.2.3.4	::ffff:1.2.3.4	[]
	END
	sql 'create table kept (id int) with system versioning; insert into kept values (1), (2); update kept set id = 3 where id = 1; delete from kept where id = 2'
	shows 'the current rows of a versioned table' kept <<-'END'
		i32
		3
	END
	sql 'create sequence counter'
	refuses 1 "counter is a sequence, not a table$" 'a sequence is no table' -t counter
	shows 'types of a query that only MariaDB tells' q -q 'select j, u, v4, v6 from modern' <<-'END'
		json	uuid	inet	inet
		{"a": 1, "a":"\\n"}	abcdef01-2345-6789-abcd-ef0123456789	1.2.3.4	::ffff:1.2.3.4
	END
}

# --- what is read -----------------------------------------------------------------------------------

names()
{
	sql "create table \`a\`\`b.c 'd\` (\`x	y\` int, \`select\` int, \`é\"\` int); insert into \`a\`\`b.c 'd\` values (1, 2, 3)"
	rows -t "a\`b.c 'd"
	is "$(sed -n 1,2p "$T/rows")" "#rows	1	$MYSQL_DATABASE	a\`b.c 'd
#fields	x\\ty	select	é\"" "$kind: names need quotes"
	sql 'create table parted (id int primary key) partition by hash (id) partitions 3; insert into parted values (1), (2), (3)'
	rows -t parted
	is "$(sed 1,3d "$T/rows" | sort | tr '\n' ' ')" '#end	3	0 1 2 3 ' "$kind: partitions are one table"

	sql 'create table T2 (a int); create view v as select 1 as one'
	refuses 1 'no such table, or none that the user may read$' 'another case is another table' -t t2
	refuses 1 'v is a view, not a table: -q reads it$' 'a view is no table' -t v
	refuses 2 "Unknown database 'nowhere' \(1049\)$" 'another database' -t t -n nowhere
	rows -n mysql -t plugin
	like "$(head -n 1 "$T/rows")" '^#rows	1	mysql	plugin$' "$kind: the database of -n"
}

queries()
{
	sql "create table q (id int unsigned, d decimal(8,2), f float, s varchar(7), b blob, e enum('a','b'), t timestamp(2) null);
		insert into q values (1, -1.5, 0.1, 'x', x'00', 'b', '2024-02-29 12:00:00')"
	shows 'a query with the types of its result' v -q 'select id, d, f + 0e0 as f, s, b, e, t + interval 0 second as u from q' <<-'END'
		u32	decimal(8,2)	f64	varchar(7)	bytes	enum	timestamp(2)
		1	-1.50	0.10000000149011612	x	\\x00	b	2024-02-29 15:00:00.00
	END
	refuses 2 'column .f. is a FLOAT, of which a query gives six digits: write f \+ 0e0 AS f$' 'a FLOAT in a query' -t v -q 'select f from q'
	refuses 2 'two columns are called .id.: name one of them with AS$' 'a name twice' -t v -q 'select id, id from q'
	refuses 1 'You have an error in your SQL syntax.* \(1064\)$' 'a query that is none' -t v -q 'select from'
	refuses 1 'READ ONLY transaction \(1792\)$' 'a query that writes' -t v -q 'insert into q (id) values (2)'
	refuses 1 'READ ONLY transaction \(1792\)$' 'a query that makes a table' -t v -q 'create table made (a int)'
}

schemas()
{
	sql 'create table s (id int primary key, name varchar(10), added date); insert into s values (1, 0x78, null)'
	printf '#schema\t1\tsource=mysql\ntable\t%s\ts\ncolumn\tname\tvarchar(10)\ncolumn\tid\ti32\n#end\t3\n' "$MYSQL_DATABASE" >"$T/schema"
	shows 'the columns of a schema' s -s "$T/schema" <<-'END'
		varchar(10)	i32
		x	1
	END
	is "$(cat "$T/err")" "mysql-rows: $MYSQL_DATABASE.s: column 'added' is not in $T/schema: left out" "$kind: what a schema lacks is said"
	cast-schema "$T/schema" >"$T/target"
	shows 'the columns of a target schema' s -s "$T/target" <<-'END'
		varchar(10)	i32
		x	1
	END
	is "$(cat "$T/err")" '' "$kind: a target schema may lack columns"
	sql 'alter table s modify name varchar(20)'
	refuses 1 "s: column 'name' is varchar\(20\) now, not 'varchar\(10\)': the source changed since $T/target was written$" 'a type that changed' -t s -s "$T/target"
	sql 'alter table s drop name'
	refuses 1 "s has no column 'name' any more: the source changed since $T/target was written$" 'a column that is gone' -t s -s "$T/target"
	sql 'drop table s'
	refuses 1 "s: no such table: the source changed since $T/target was written$" 'a table that is gone' -t s -s "$T/target"
	refuses 1 "no table 'none'$" 'a table that the schema lacks' -t none -s "$T/target"
}

# cover DESC TABLE LINE…: the ranges of these lines are all rows of the table, each once.
cover()
{
	cover_desc="$kind: ranges: $1" cover_table=$2
	shift 2
	printf "$MYSQL_DATABASE\t$cover_table\t%b\n" "$@" >"$T/ranges"
	rows -t "$cover_table"
	sed -e 1,3d -e '/^#end/d' "$T/rows" | sort >"$T/all"
	: >"$T/parts"
	n=1
	while [ "$n" -le $# ]; do
		rows -t "$cover_table" -K "$T/ranges" -k "$n" || diag "range $n: $(cat "$T/err")"
		sed -e 1,3d -e '/^#end/d' "$T/rows" >"$T/part"
		ok "$cover_desc: part $n is not empty" test -s "$T/part"
		cat "$T/part" >>"$T/parts"
		n=$((n + 1))
	done
	sort "$T/parts" >"$T/sorted"
	same_file "$T/sorted" "$T/all" "$cover_desc"
}

ranges()
{
	sql "create table r (a int, b varchar(9) character set latin1, c bigint unsigned, d datetime not null, e binary(2) not null, f int, primary key (a, b, c), key (d), key (e), key (f));
		insert into r (a, b, c, d, e) values
			(1, 'a', 0, '2024-01-01', x'0001'), (1, 'B', 18446744073709551615, '2024-01-02', x'00ff'), (1, 'é''\\\\\\\\', 5, '2024-01-03', x'ffff'),
			(2, 'a', 7, '2024-01-04', x'5c27'), (2, 'a', 8, '2024-01-04', x'5c28'), (-5, '', 1, '1999-12-31 23:59:59', x'0000')"
	cover 'one column' r '1\ta\t\\N\t1' '1\ta\t1\t2' '1\ta\t2\t\\N'
	cover 'three columns' r '3\ta\tb\tc\t\\N\t\\N\t\\N\t1\tB\t7' '3\ta\tb\tc\t1\tB\t7\t1\té'"'"'\\\\\t5' \
		'3\ta\tb\tc\t1\té'"'"'\\\\\t5\t2\ta\t8' '3\ta\tb\tc\t2\ta\t8\t\\N\t\\N\t\\N'
	cover 'times' r '1\td\t\\N\t2024-01-01 00:00:00' '1\td\t2024-01-01 00:00:00\t\\N'
	cover 'bytes' r '1\te\t\\N\t\\\\x00ff' '1\te\t\\\\x00ff\t\\\\x5c28' '1\te\t\\\\x5c28\t\\N'
	cover 'no key' r '0'
	printf '%s\tr\t1\t%s\n' "$MYSQL_DATABASE" 'none	1	2' "$MYSQL_DATABASE" "a	1 or 1=1	\\N" >"$T/ranges"
	printf 'other\tr\t0\n' >>"$T/ranges"
	printf '%s\tr\t2\ta\tf\t\\N\t\\N\t1\t2\n' "$MYSQL_DATABASE" >>"$T/ranges"
	refuses 2 "ranges:4: key 'f': the column may be NULL, and rows with NULL are in no range$" 'a key that may be NULL' -t r -K "$T/ranges" -k 4
	refuses 1 "ranges:1: key 'none': no such column$" 'a key that is no column' -t r -K "$T/ranges" -k 1
	refuses 1 "ranges:2: key 'a': '1 or 1=1' is no limit of a column of type i32$" 'a limit that is none' -t r -K "$T/ranges" -k 2
	refuses 2 "ranges:3: a range of another table than $MYSQL_DATABASE.r$" 'a range of another table' -t r -K "$T/ranges" -k 3
	refuses 2 'ranges' 'a range that is not there' -t r -K "$T/ranges" -k 5
}

# --- what does not fit ------------------------------------------------------------------------------

# No statement puts such bytes there, so the files of one table become another's.
invalid()
{
	sql "create table raw (id int primary key, t blob, n int) engine=myisam;
		create table bad (id int primary key, t text character set utf8mb4, n int) engine=myisam;
		create table old (id int primary key, t text character set utf8, n int) engine=myisam;
		insert into raw values (1, 'good', 1), (17, x'61ff62', 2), (18, x'c3', 3), (19, 'é', null);
		flush tables raw, bad, old"
	for table in bad old; do
		for suffix in MYD MYI; do
			cat "$MYSQL_DIR/data/$MYSQL_DATABASE/raw.$suffix" >"$MYSQL_DIR/data/$MYSQL_DATABASE/$table.$suffix"
		done
	done
	sql 'flush tables bad, old'
	for table in bad old; do
		refuses 1 "^mysql-rows: $MYSQL_DATABASE.$table: id 17: column 't': x'61ff62': invalid UTF-8 at byte 1$" "invalid bytes in $table" -t "$table"
		ok "$kind: no #end behind them in $table" test "$(grep -c '^#end' "$T/rows")" -eq 0
	done
	shows 'invalid bytes, set aside' bad -e 50% -E "$T/rejects" -S "$T/stats" <<-'END'
		i32	text	i32
		1	good	1
		19	é	\N
	END
	cat >"$T/want" <<-END
		#rows	1	$MYSQL_DATABASE	bad
		#fields	id	t	n
		#types	i32	text	i32
		# reject	encoding	t		x'61ff62': invalid UTF-8 at byte 1; here it stands in hexadecimal	2	id 17
		17	\\\\x61ff62	2
		# reject	encoding	t		x'c3': invalid UTF-8 at byte 0; here it stands in hexadecimal	3	id 18
		18	\\\\xc3	3
		#end	2	0
	END
	same_file "$T/rejects" "$T/want" "$kind: the rejects"
	like "$(cat "$T/stats")" "^table	$MYSQL_DATABASE	bad	2	[0-9]*	2$" "$kind: the statistics count them"
	refuses 1 'more than 1 rejects' 'more rejects than allowed' -t bad -e 1 -E "$T/rejects"
	refuses 1 "row 1: column 't': x'61ff62': invalid UTF-8 at byte 1$" 'invalid bytes in a query, of utf8mb4' -t q -q 'select t from bad where id = 17'
	# What the man page warns of; when this is refused, it is to say so.
	shows 'invalid bytes in a query, of utf8' q -q 'select t from old where id = 17' <<-'END'
		text
		a?b
	END
}

# foreign CHARSET HEX…: a table of that charset whose texts are these bytes, in the way of invalid().
foreign()
{
	foreign_set=$1
	shift
	sql "drop table if exists raw, $foreign_set;
		create table raw (id int auto_increment primary key, t blob) engine=myisam;
		create table $foreign_set (id int auto_increment primary key, t text character set $foreign_set) engine=myisam;
		insert into raw (t) values $(printf ",(x'%s')" "$@" | cut -c 2-), (null);
		flush tables raw, $foreign_set"
	for suffix in MYD MYI; do
		cat "$MYSQL_DIR/data/$MYSQL_DATABASE/raw.$suffix" >"$MYSQL_DIR/data/$MYSQL_DATABASE/$foreign_set.$suffix"
	done
	sql "flush tables $foreign_set"
}

# Bytes that a charset does not have: the server makes ? or U+FFFD of them, or drops them at the end. d098 would be UTF-8.
unknown()
{
	foreign cp1251 3f d098 c0c13f 98
	refuses 1 "^mysql-rows: $MYSQL_DATABASE.cp1251: id 2: column 't': x'd098': no text of character set cp1251$" 'no text of cp1251' -t cp1251
	shows 'no texts of cp1251, set aside' cp1251 -e 50% -E "$T/rejects" <<-'END'
		i32	text
		1	?
		3	АБ?
		5	\N
	END
	cat >"$T/want" <<-END
		#rows	1	$MYSQL_DATABASE	cp1251
		#fields	id	t
		#types	i32	text
		# reject	encoding	t		x'd098': no text of character set cp1251; here it stands in hexadecimal	2	id 2
		2	\\\\xd098
		# reject	encoding	t		x'98': no text of character set cp1251; here it stands in hexadecimal	4	id 4
		4	\\\\x98
		#end	2	0
	END
	same_file "$T/rejects" "$T/want" "$kind: the rejects of cp1251"
	for case in greek:d2 tis620:db sjis:82a080 sjis:955c81 ujis:8fa1 big5:a440a4 gbk:813f; do
		foreign "${case%:*}" "${case#*:}"
		refuses 1 "id 1: column 't': x'${case#*:}': no text of character set ${case%:*}$" "no text of $case" -t "${case%:*}"
	done
	sql "create table cyrillic (s set('да','нет'), e enum('да','нет'), c char(4)) character set cp1251; insert into cyrillic values ('да,нет', 'да', 'ч '), ('', 0, null)"
	shows 'texts and labels of cp1251' cyrillic <<-'END'
		set	enum	char(4)
		{да,нет}	да	ч
		{}		\N
	END
	# Characters that are there twice, with question marks that are ones.
	foreign cp932 3ffa54 81ca3f
	shows 'texts of cp932' cp932 <<-'END'
		i32	text
		1	?￢
		2	￢?
		3	\N
	END
	foreign armscii8 a4a53f
	shows 'texts of armscii8' armscii8 <<-'END'
		i32	text
		1	)(?
		2	\N
	END
	foreign latin1 "$(awk 'BEGIN { for (i = 1; i < 256; i++) printf "%02x", i }')"
	exits 0 "$kind: all bytes are characters of latin1" mysql-rows -t latin1 "mysql:///$MYSQL_DATABASE"
	foreign ascii c3a9 ff
	refuses 1 "id 2: column 't': x'ff': invalid UTF-8 at byte 0$" 'no ascii: the bytes themselves' -t ascii
}

# One table after another, each as if it were alone: texts of any character set, names that are no ASCII.
several()
{
	sql "create table s1 (\`é\` varchar(9) character set latin1); insert into s1 values (x'e9'), ('a');
		create table \`s ü\` (\`ö\` int primary key); insert into \`s ü\` values (7)"
	for several_table in s1 's ü' s1; do
		mysql-rows -t "$several_table" "mysql:///$MYSQL_DATABASE"
	done >"$T/want"
	rows -t s1 -n "$MYSQL_DATABASE" -t 's ü' -t s1 -S "$T/stats"
	same_file "$T/rows" "$T/want" "$kind: several tables"
	is "$(grep '^table' "$T/stats" | cut -f 3,4 | tr '\n' ' ')" 's1	2 s ü	1 s1	2 ' "$kind: figures of each"
	refuses 1 "\.nowhere: no such table" 'the second one is not there' -t s1 -t nowhere
	refuses 2 'of one table$' 'a query has one name' -t s1 -t s2 -q 'select 1'
}

# An account that may SELECT and nothing else.
rights()
{
	sql "create table mine (a int, b int); insert into mine values (1, 2);
		grant select on \`$MYSQL_DATABASE\`.* to reader@localhost identified by 'secret';
		grant select (b) on \`$MYSQL_DATABASE\`.mine to part@localhost identified by 'secret'"
	exits 0 "$kind: SELECT is enough" mysql-rows -t mine "mysql://reader:secret@localhost/$MYSQL_DATABASE"
	ok "$kind: of one column, too" sh -c 'mysql-rows -t mine "$0" | sed -n 4p | grep -qx 2' "mysql://part:secret@localhost/$MYSQL_DATABASE"
}

# --- memory -----------------------------------------------------------------------------------------

memory()
{
	[ -z "${PGTIDE_SANITIZE-}" ] || return 0
	# Nothing is stored: what is measured is how rows pass through.
	python3 "$TOP/tests/lib/peak.py" "mysql-rows -t many -q 'select seq, md5(seq) from seq_1_to_300000' mysql:///$MYSQL_DATABASE" cat \
		2>"$T/peaks" >/dev/null || :
	ok "300,000 rows: $(awk 'NR == 1 { print $2 }' "$T/peaks") KiB are under 16 MiB" \
		awk 'NR == 1 && ($1 != 0 || $2 > 16384) { exit 1 }' "$T/peaks"
	python3 "$TOP/tests/lib/peak.py" "mysql-rows -t big -q 'select repeat(0xff5c, 8388608), repeat(0x410a, 8388608) from seq_1_to_3' mysql:///$MYSQL_DATABASE" \
		cat 2>"$T/peaks" >/dev/null || :
	ok "values of 16 MiB: $(awk 'NR == 1 { print $2 }' "$T/peaks") KiB are under 2.5 times that" \
		awk 'NR == 1 && ($1 != 0 || $2 > 40960) { exit 1 }' "$T/peaks"
}

for kind in mariadb mysql56; do
	if ! mysql_find "$kind"; then
		skip "$kind" "$MYSQL_MISSING"
		continue
	fi
	started=yes
	mysql_start "$kind"
	mysql_fresh rows_t
	numbers
	floats
	dates
	texts
	geometries
	names
	queries
	schemas
	ranges
	invalid
	unknown
	several
	rights
	if [ "$kind" = mariadb ]; then
		mariadb_alone
		memory
	fi
	mysql_stop
done
[ -n "$started" ] || skip_all 'no MariaDB or MySQL server installed'
done_testing
