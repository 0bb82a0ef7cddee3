#!/bin/sh
# Which tables are taken, what they are called and where they are put: from the call of pgtide to the target's catalogue.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
pg_start
TAB='	'

sqlite3 "$T/db" <<'END'
create table users (ID integer primary key, userName text not null unique);
create table "order lines" (id integer primary key, user integer references users, log integer references log_old);
create table log_old (id integer primary key, line text);
create table log_new (id integer primary key, line text);
create index "log lines" on log_new (line);
insert into users values (1, 'ada'), (2, 'bob');
insert into "order lines" values (1, 1, null), (2, 2, 1);
insert into log_old values (1, 'x');
insert into log_new values (1, 'y');
END

# run NAME OPTION…: a run into a fresh database; its status in $status.
run()
{
	pg_fresh "select"
	plan_or_run "$@"
}

plan_or_run()
{
	name=$1
	shift
	status=0
	# shellcheck disable=SC2086	# the word plan, or none
	pgtide ${plan-} -q -d "$T/$name" "$@" "$T/db" "postgresql:///$PGDATABASE?host=$PGHOST" >"$T/$name.out" 2>"$T/$name.err" ||
		status=$?
}

tables()
{
	psql -XAtqc "SELECT schemaname || '.' || tablename FROM pg_tables
		WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgtide') ORDER BY 1" | tr '\n' ' '
}

# shellcheck disable=SC2088	# a pattern, not a folder
run include --include 'log_*' --include '~/^order/' --exclude log_old
is "$status" 0 'include and exclude: a run'
is "$(tables)" 'public.log_new public.order lines ' 'include and exclude: the tables'
is "$(grep -c '^skipped	table' "$T/include/target.schema")" 2 'include and exclude: the others are skipped lines'
is "$(grep -o '^skipped	foreign.*reason=[^	]*' "$T/include/target.schema" | cut -f 2,3,4)" \
	"foreign${TAB}order lines_log_fkey${TAB}reason=the table it points to is left out
foreign${TAB}order lines_user_fkey${TAB}reason=the table it points to is left out" 'foreign keys to them are skipped lines'
like "$(sed -n '/^left out/,/^$/p' "$T/include/report.txt")" 'table users: no rule includes it' 'and the report says so'

run nothing --exclude 'nosuch*'
is "$status" 2 'a pattern that matches nothing'
like "$(cat "$T/nothing.err")" "exclude table matching 'nosuch\*'': the source has no such table" 'the message names it'
is "$(tables)" '' 'and nothing is made'

# One argument stays one pattern, whatever is in it.
plan=plan
for pattern in "log_old' table users rename to hacked --" "x
exclude table users" ''; do
	plan_or_run hostile --exclude "$pattern"
	is "$status" 2 "no pattern: $(printf '%s' "$pattern" | tr '\n' ' ')"
	like "$(cat "$T/hostile.err")" 'is no pattern' 'the message says so'
	rm -r "$T/hostile"
done
plan=''
run styles --include '"order lines"' --include users --identifiers snake_case --index-names=uniquify
is "$status:$(tables)" '0:public.order lines public.users ' 'a name in double quotes'
is "$(psql -XAtqc "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
	WHERE attrelid = 'users'::regclass AND attnum > 0")" 'id user_name' 'snake_case: columns'
is "$(psql -XAtqc "SELECT relname FROM pg_class WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace" | LC_ALL=C sort)" \
	"$(psql -XAtqc "SELECT 'idx_' || 'users'::regclass::oid || '_primary', 'idx_' || '\"order lines\"'::regclass::oid || '_primary',
	'idx_' || 'users'::regclass::oid || '_users_user_name_key'" | tr '|' '\n' | LC_ALL=C sort)" \
	'uniquify: indexes by the OID of their table'
is "$(grep -c '^primary	.*idx_OID_primary	ok' "$T/styles/verdict")" 2 'and they are found under that name'
plan=plan
plan_or_run again --include '"order lines"' --include users --identifiers snake_case --index-names=uniquify
is "$(cmp "$T/styles/post.sql" "$T/again/post.sql" && grep -c gexec "$T/again/post.sql")" 3 'the SQL is the same the next night'
plan=''

cat >"$T/x.cast" <<'END'
table users rename to people set schema crm set (fillfactor = 60)
table ~/^log/ set schema archive set tablespace pg_default
exclude table log_old
END
run rules -r "$T/x.cast" -n shop
is "$status" 0 'rules: a run'
is "$(tables)" 'archive.log_new crm.people shop.order lines ' 'rules: names and schemas'
is "$(psql -XAtqc "SELECT reloptions FROM pg_class WHERE relname = 'people'")" '{fillfactor=60}' 'rules: storage'
is "$(psql -XAtqc "SELECT confrelid::regclass FROM pg_constraint WHERE contype = 'f'")" 'crm.people' \
	'a foreign key follows the new name'

plan=plan
sqlite3 "$T/twins" 'create table t (userID int, user_id int)'
status=0
pgtide plan -q -d "$T/twins.run" --identifiers snake_case "$T/twins" "postgresql:///$PGDATABASE?host=$PGHOST" 2>"$T/err" || status=$?
is "$status" 1 'two columns with one name'
like "$(cat "$T/err")" "columns 'userID' and 'user_id' would both be named 'user_id'" 'both are named'
printf 'table log_old rename to log_new\n' >"$T/x.cast"
plan=plan
plan_or_run collision -r "$T/x.cast"
is "$status" 1 'two tables with one name'
like "$(cat "$T/collision.err")" "'main.log_new' and 'main.log_old' would both be named 'log_new'" 'both are named'

done_testing
