#!/bin/sh
# pgloader's command files, end to end: what a file asks for is what the catalogue of the target shows.
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
mkdir "$T/work"
cd "$T/work"

# run NAME OPERAND…: pgtide, with its run directories in $T/NAME, and what it says in the file said.
run()
{
	name=$1 status=0
	shift
	pgtide -d "$T/$name" "$@" >said 2>&1 || status=$?
	is "$status" 0 "$name: ends with 0"
	[ "$status" -eq 0 ] || diag "$(cat said)"
	is "$(cat "$T/$name"/[0-9]*/verdict | grep -c 'not ok' || :)" 0 "$name: the verdict is ok throughout"
}

# Tables of the target as schema.table:rows.
tables()
{
	sql "select string_agg(t, ' ' order by t) from (select format('%s.%s:%s', table_schema, table_name,
		(xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name),
		false, true, '')))[1]) from information_schema.tables where table_type = 'BASE TABLE'
		and table_schema not in ('pg_catalog', 'information_schema', 'pgtide')) as x(t)"
}

columns()
{
	sql "select string_agg(format('%s %s%s', attname, format_type(atttypid, atttypmod), case when attnotnull then ' not null' else '' end),
		', ' order by attnum) from pg_attribute where attrelid = '$1'::regclass and attnum > 0 and not attisdropped"
}

# --- SQLite -----------------------------------------------------------------------------------------

sqlite3 -bail shop.db <<'END'
create table Users (Id integer primary key autoincrement, EMail varchar(40) not null unique, Born date, Active tinyint default 1);
create table OrderItems (Id integer primary key, UserId int references Users (Id), Price decimal(10,2), Made datetime);
create index items_made on OrderItems (Made);
create table Notes (Id integer primary key, Text text);
create table tmp_cache (k text, v blob);
create table Audit_Log (at datetime, what text);
insert into Users values (1, 'ada@example.org', '1815-12-10', 1), (7, 'bob@example.org', null, 0);
insert into OrderItems values (1, 1, 9.5, '2024-02-29 12:00:00'), (2, 7, 10, null), (3, 7, 0.25, '2024-03-01 00:00:00');
insert into Notes values (1, 'a'), (2, null);
insert into tmp_cache values ('x', x'00ff');
insert into Audit_Log values ('2024-01-01 00:00:00', 'start');
END

pg_fresh names
cat >names.load <<END
LOAD DATABASE
     FROM 'shop.db'
     INTO postgresql:///$PGDATABASE

 WITH include no drop, workers = 2, prefetch rows = 10000

 CAST type varchar to text drop typemod,
      type date to date drop not null,
      column Users.Active to boolean drop default using tinyint-to-boolean,
      column OrderItems.Price to numeric keep typemod

 EXCLUDING TABLE NAMES LIKE 'TMP%'
 ALTER TABLE NAMES MATCHING ~/^Notes\$/ RENAME TO 'remarks'
 ALTER TABLE NAMES MATCHING ~/_Log\$/, 'Notes' SET SCHEMA 'logs';
END
run names names.load
ok 'names: what has no effect is said with its place' \
	grep -q '^pgtide: names.load:5:37: without effect here: prefetch rows = 10000: ' said
ok 'names: there is a summary' grep -q '^ *public.users *0 *2 *2 ' said
is "$(tables)" 'logs.audit_log:1 logs.remarks:2 public.orderitems:3 public.users:2' \
	'names: tables are left out, renamed, put into a schema, and in lower case'
is "$(columns public.users)" 'id bigint not null, email text not null, born date, active boolean' \
	'names: columns are as the rules say'
like "$(columns public.orderitems)" 'price numeric\(10,2\)' 'names: a type keeps its length'
is "$(sql 'select count(*), count(active) filter (where active) from users')" '2|1' 'names: values went through the transform'
is "$(sql "select count(*) from pg_index i join pg_class c on c.oid = indexrelid where indrelid = 'orderitems'::regclass and relname ~ '^idx_[0-9]+_'")" \
	2 'names: indexes have the OID of their table in their names'
is "$(sql "select count(*) from pg_constraint where contype = 'f' and conrelid = 'orderitems'::regclass and confrelid = 'users'::regclass")" \
	1 'names: foreign keys are there'
is "$(sql "insert into users (email) values ('new') returning id")" 8 'names: sequences go on where the source was'

# --- two nights -------------------------------------------------------------------------------------

pg_fresh names
run night -q names.load
for file in pre.sql post.sql; do
	same_file "$T/night/1/$file" "$T/names/1/$file" "two nights: $file is the same"
done

# --- several commands, and one that fails -----------------------------------------------------------

pg_fresh several
cat >several.load <<END
load database from '{{DB}}' into postgresql:///$PGDATABASE
 with include no drop including only table names like 'users' alter schema 'main' rename to 'one';
load database from 'none.db' into postgresql:///$PGDATABASE with include no drop;
load database from sqlite://./shop.db into postgresql:///$PGDATABASE
 with include no drop, snake_case identifiers including only table names matching 'OrderItems' alter schema 'main' rename to 'two';
END
printf '[pgloader]\nDB = shop.db\n' >several.ini
status=0
pgtide -q -d "$T/several" --context several.ini several.load >out 2>err || status=$?
ok 'several: the status is that of the command that failed' test "$status" -ne 0
like "$(cat err)" '^pgtide: several.load:3:1: this command ended with status' 'several: it says which'
is "$(tables)" 'one.users:2 two.order_items:3' 'several: the others have run'

# --- the command line -------------------------------------------------------------------------------

pg_fresh options
exits 0 'options: ends with 0' pgtide -q --root-dir "$T/root" --summary s.json --logfile "$T/log" \
	--with 'include no drop' --with 'quote identifiers, on error stop, batch rows = 7' --cast 'type varchar to text' shop.db \
	"postgresql:///$PGDATABASE"
is "$(tables)" 'public.Audit_Log:1 public.Notes:2 public.OrderItems:3 public.Users:2 public.tmp_cache:1' \
	'options: names keep their case'
ok 'options: the summary is JSON' python3 -c 'import json, sys
assert sum(t["imported"] for t in json.load(open(sys.argv[1]))) == 9' "$T/root/s.json"
is "$(cd "$T/root" && ls)" s.json 'options: what is done leaves nothing else in the root directory'
is "$(head -n 1 "$T/log")" 'pgtide: --with:1:35: without effect here: batch rows = 7: rows are streamed through pipes: nothing is collected in batches' \
	'options: messages go into the log file'
before=$(tables)
exits 0 'options: a dry run ends with 0' pgtide --dry-run --with 'include no drop' shop.db "postgresql:///$PGDATABASE"
is "$(tables)" "$before" 'options: a dry run loads nothing'

# --- from elsewhere ---------------------------------------------------------------------------------

if command -v curl >/dev/null && command -v unzip >/dev/null && command -v python3 >/dev/null; then
	mkdir served
	cp shop.db "served/it's.db"
	(cd served && python3 -m zipfile -c one.zip "it's.db" && touch more && python3 -m zipfile -c two.zip "it's.db" more)
	python3 -u -m http.server 0 --bind 127.0.0.1 --directory served >port 2>requests &
	http_pid=$!
	wait_for 100 grep -q 'port [0-9]' port
	url=http://127.0.0.1:$(sed 's/.* port \([0-9]*\).*/\1/' port)
	pg_fresh fetched
	echo "load database from '$url/it%27s.db' into postgresql:///$PGDATABASE;" >http.load
	run http http.load
	is "$(sql 'select count(*) from orderitems')" 3 'a file that a web server has'
	echo "load database from $url/one.zip into postgresql:///$PGDATABASE with include drop;" >zip.load
	run zip zip.load
	is "$(sql 'select count(*) from orderitems')" 3 'an archive of one'
	sed 's/one.zip/two.zip/' zip.load >two.load
	exits 1 'an archive of two: status 1' pgtide -d "$T/two" two.load
	like "$(cat "$T/.output")" 'two.load:1:1: the archive does not hold one file$' 'and it is said'
	sed 's/one.zip/none.db/' zip.load >none.load
	exits 1 'what is not there: status 1' pgtide -d "$T/none" none.load
	like "$(cat "$T/.output")" 'none.load:1:1: the source cannot be fetched$' 'and it is said'
	kill "$http_pid"
	wait "$http_pid" 2>/dev/null || :
else
	skip 'sources to fetch' 'no curl, unzip or python3'
fi

done_testing
