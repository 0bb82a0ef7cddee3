#!/bin/sh
# What would stop a run is found before anything is written, all of it at once, and told with what to do.
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
# For a df of ours.
PATH=$T:$PATH

# plan NAME OPTION…: a plan, of which no run is needed to be looked at.
plan()
{
	plan_name=$1
	shift
	pgtide plan -q -d "$T/$plan_name" "$@" "$T/db" "$(pg_uri)"
}

# looks STATUS DESC NAME USER: what preflight says of a plan, in .output
looks()
{
	PGTIDE_TARGET=$(PGUSER=$4 pg_uri) exits "$1" "$2" pgtide-preflight "$T/$3"
}

says()
{
	like "$(cat "$T/.output")" "^pgtide: $1" "it says: $2"
}

sqlite3 -bail "$T/db" <<-'END'
	create table a (id integer primary key, email text, v text);
	create table b (id integer primary key, a integer references a);
	create index taken on b (a);
END
printf 'column a.email to citext2\n' >"$T/rules"
sql "do 'begin create role preflight login; exception when duplicate_object then null; end'"

pg_fresh rights
plan plain -r "$T/rules"
plan shop -n shop
sql 'revoke create on schema public from public; revoke create on database rights from public'
looks 1 'a role without rights, and a type that is not there' plain preflight
says 'target: schema public: preflight may not create in it: GRANT USAGE, CREATE ON SCHEMA public TO preflight' 'no right in the schema'
says 'target: schema pgtide: .*GRANT CREATE ON DATABASE rights TO preflight' 'no right to make the schema of marks'
says 'target: citext2: the target has no such type' 'a type'
is "$(grep -c '	not ok	' "$T/plain/checks/preflight")" 3 'the verdict has all of it'
looks 1 'a schema that is missing' shop preflight
says 'target: schema shop: is not there, and preflight may make none' 'and nobody may make it'
is "$(sql "select count(*) from pg_namespace where nspname in ('shop', 'pgtide')")" 0 'nothing was made'
looks 0 'the owner may' shop "$PGUSER"

# --- names ------------------------------------------------------------------------------------------

pg_fresh names
plan names
plan drop --drop
sql 'create view a as select 1 as x; create sequence taken; create table b (x int)'
looks 1 'names that are taken' names "$PGUSER"
says 'target: table public.a: the name is that of a view of the target' 'by a view'
says 'target: index public.taken: the name is that of a sequence' 'by a sequence'
says 'target: table public.b is there already' 'by a table'
looks 1 'a view is not dropped for a table' drop "$PGUSER"
sql 'drop view a; drop sequence taken; create role other; alter table b owner to other; grant all on schema public to preflight; grant create on database names to preflight'
looks 1 'nor a table of somebody else' drop preflight
says 'target: table public.b: belongs to other, so preflight may not drop it' 'whose it is'
looks 0 'whom a superuser need not ask' drop "$PGUSER"

# --- the server, and this machine -------------------------------------------------------------------

sql 'drop table b; alter database names set default_transaction_read_only = on'
looks 1 'a database that is read-only' names "$PGUSER"
says 'target: transactions are read-only: ALTER DATABASE' 'and how it is no more'
sql 'begin read write; alter database names reset default_transaction_read_only; commit'
PGTIDE_TARGET=$(PGUSER=nobody_is_called_this pg_uri) exits 1 'a server that does not answer' pgtide-preflight "$T/names"
says 'target: .*nobody_is_called_this' 'what it said'
printf '#!/bin/sh\nprintf "a b c d\\nx 1 1 1024 1 /\\n"\n' >"$T/df"
chmod +x "$T/df"
looks 1 'a disk that is full' names "$PGUSER"
says 'run directory: only 1 MB are free of the 16 MB' 'how full'
rm "$T/df"
looks 0 'and now nothing stops it' names "$PGUSER"
is "$(cat "$T/names/checks/preflight")" 'preflight	target	ok	' 'says the verdict'
exits 2 'no plan: wrong call' pgtide-preflight "$T"

# --- the source -------------------------------------------------------------------------------------

if mysql_find mariadb; then
	mysql_start mariadb
	mysql_fresh shop_1
	mariadb shop_1 <<-'END'
		create table seen (id int primary key, v text);
		create table `un``readable` (id int primary key, v text);
		create table half (id int primary key, v text, secret text);
		create table unseen (id int primary key);
		insert into seen values (1, 'a');
		create view on_unseen as select id from unseen;
		create user `o'd\d`@localhost identified by 'x', viewer@localhost identified by 'x';
		grant select on shop_1.seen to `o'd\d`@localhost;
		grant insert on shop_1.`un``readable` to `o'd\d`@localhost;
		grant select (id, v) on shop_1.half to `o'd\d`@localhost;
		grant select, show view on shop_1.on_unseen to `o'd\d`@localhost;
		grant create view, select on shop_1.* to viewer@localhost;
		create definer = viewer@localhost view later as select id from unseen;
		grant select on shop_1.later to `o'd\d`@localhost;
		revoke create view, select on shop_1.* from viewer@localhost;
	END
	account="'o''d\\\\d'@'localhost'"
	PGTIDE_SOURCE="mysql://o'd%5Cd:x@localhost/shop_1?socket=$MYSQL_UNIX_PORT"
	export PGTIDE_SOURCE
	pg_fresh source
	PGTIDE_TARGET=$(pg_uri)
	export PGTIDE_TARGET
	sql 'create schema shop_1; create table shop_1.seen (id int)'
	exits 1 'an account that may not read all of it' pgtide -q -j 2 --part-size 1 -d "$T/source" --view later
	says 'target: table shop_1.seen is there already' 'what is wrong with the target, in the same list'
	is "$(grep '^pgtide: source: ' "$T/.output")" "pgtide: source: database shop_1: $account has no right to all of it: a table that it may not see is missing in the target, without a word: GRANT SELECT ON \`shop\\_1\`.* TO $account
pgtide: source: table shop_1.half: $account may not read all of its columns: GRANT SELECT ON \`shop_1\`.\`half\` TO $account, or leave it out with --exclude and move what may be read with --query
pgtide: source: view shop_1.later: cannot be read: View 'shop_1.later' references invalid table(s) or column(s) or function(s) or definer/invoker of view lack rights to use them (1356): mend it, or leave it out with --exclude
pgtide: source: table shop_1.un\`readable: $account may not read it: GRANT SELECT ON \`shop_1\`.\`un\`\`readable\` TO $account, or leave it out with --exclude
pgtide: source: database shop_1: one session holds the instant, so readers take turns: GRANT RELOAD ON *.* TO $account" \
		'what it may not read, and what to do'
	is "$(cut -f 1-3 "$T/source/checks/preflight" | grep source | tr '\t\n' ' ;')" \
		'source database shop_1 ok;source table shop_1.half not ok;source view shop_1.later not ok;source table shop_1.un`readable not ok;source database shop_1 ok;' 'the verdict has all of it'
	is "$(sql "select count(*) from pg_namespace where nspname = 'pgtide'")" 0 'nothing was made'
	sql 'set client_min_messages = warning; drop schema shop_1 cascade'
	exits 0 'what it may read is moved' pgtide -q -j 2 -d "$T/less" --exclude half --exclude 'un*'
	says "source: database shop_1: .* has no right to all of it" 'what nobody knows of is said'
	like "$(cat "$T/less/report.txt")" '^  source: database shop_1: .*: GRANT SELECT ON `shop\\_1`\.\* TO ' 'also in the report'
	says 'source: database shop_1: views are listed without their text' 'and what it may not see'
	mariadb -e "$(sed -n 's/.*: \(GRANT .*\)/\1;/p' "$T/.output")"
	exits 0 'with those rights all is' pgtide -q -j 2 -d "$T/all" -n all --view on_unseen
	is "$(grep -c '^pgtide: source' "$T/.output") $(sql "select count(*) from pg_tables where schemaname = 'all'")" '0 5' 'and nothing to be said'
else
	skip 'rights at the source' "$MYSQL_MISSING"
fi

done_testing
