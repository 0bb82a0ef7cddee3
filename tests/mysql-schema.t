#!/bin/sh
# mysql-schema against MariaDB and MySQL 5.6: each NAME.sql under tests/mysql-schema is loaded and described, and the
# result is NAME.schema, or NAME.mysql56.schema where that says something else. NAME says mariadb where only that can load it.
#
#	tests/mysql-schema.t [mariadb | mysql56]
#	PGTIDE_BLESS=1 tests/mysql-schema.t     writes the files instead of comparing
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"

CASES=$TOP/tests/mysql-schema

# load NAME: a new database for the file. Backslashes are the client's business nowhere.
load()
{
	mysql_fresh "$1"
	mariadb --default-character-set=utf8mb4 --binary-mode "$1" <"$CASES/$1.sql"
}

# The version of the server is its own.
described()
{
	mysql-schema -n "$1" mysql://localhost 2>"$T/err" | grep -av '^# server '
	cat "$T/err" >>"$T/messages"
}

# What MariaDB says is NAME.schema; another kind has a file of its own where it says something else.
golden()
{
	want=$CASES/$1.$KIND.schema
	if [ -n "${PGTIDE_BLESS-}" ]; then
		rm -f "$want"
		if [ "$KIND" = mariadb ]; then
			cp "$T/$1" "$CASES/$1.schema"
		elif ! cmp -s "$T/$1" "$CASES/$1.schema"; then
			cp "$T/$1" "$want"
		fi
	fi
	[ -f "$want" ] || want=$CASES/$1.schema
	same_file "$T/$1" "$want" "$KIND: $1"
}

cases()
{
	for file in "$CASES"/*.sql; do
		name=$(basename "$file" .sql)
		case $KIND,$name in mysql56,*mariadb*) continue ;; esac
		load "$name"
		described "$name" >"$T/$name"
		golden "$name"
		ok "$KIND: $name is canonical" sh -c 'schema-fmt "$1" | cmp - "$1"' - "$T/$name"
	done
}

# The same database gives the same bytes.
twice()
{
	mysql-schema -n keys mysql://localhost >"$T/first"
	mysql-schema -n keys mysql://localhost >"$T/second"
	same_file "$T/second" "$T/first" "$KIND: twice the same, comments too"
	like "$(sed -n 2p "$T/first")" '^# server [0-9]+\.' "$KIND: the version of the server is a comment"
}

# An account that may only SELECT sees all but what belongs to others' programs.
only_select()
{
	mariadb -e "grant select on *.* to 'reader'@'localhost' identified by ''"
	for name in keys labels defaults; do
		mysql-schema -n "$name" mysql://reader@localhost >"$T/got" 2>"$T/err"
		grep -av '^# server ' "$T/got" >"$T/reader"
		same_file "$T/reader" "$T/$name" "$KIND: $name, with the right to SELECT only"
	done
	mariadb -e "grant select on \`keys\`.* to 'more'@'localhost' identified by ''; grant insert on \`keys\`.self to 'more'@'localhost'"
	mysql-schema -n keys mysql://more@localhost | grep -a '^foreign' >"$T/reader"
	grep -a '^foreign' "$T/keys" >"$T/want"
	same_file "$T/reader" "$T/want" "$KIND: foreign keys, with the right to INSERT into one table"
	if [ "$KIND" = mariadb ]; then
		mysql-schema -n mariadb mysql://reader@localhost | grep -a '^check\|src=json' >"$T/reader"
		grep -a '^check\|src=json' "$T/mariadb" >"$T/want"
		same_file "$T/reader" "$T/want" "$KIND: checks, with the right to SELECT only"
	fi
}

# Names of tables choose among all of them, to the byte.
some_tables()
{
	mysql-schema -n names -t shop -t 't\tab' mysql://localhost | grep -a '^table' >"$T/got"
	printf 'table\tnames\t%s\tcollate=utf8mb4_general_ci\n' shop 't\tab' >"$T/want"
	same_file "$T/got" "$T/want" "$KIND: two tables"
	for table in Shop '\#hash' '\\\\N' '/*only*/'; do
		mysql-schema -n names -t "$table" mysql://localhost >"$T/got"
		is "$(grep -a '^table' "$T/got" | cut -f 3)" "$table" "$KIND: one table, $table"
	done
	mysql-schema -n others -t pl mysql://localhost | grep -a '^skipped' | cut -f 1-3 >"$T/got"
	printf 'skipped\t%s\n' 'partition	x' 'partition	y' 'trigger	tr1' >"$T/want"
	same_file "$T/got" "$T/want" "$KIND: what is skipped of one table"
}

# A column more is a line more, whatever else happened to rows, counters and comments.
drift()
{
	mysql-schema -n keys mysql://localhost | schema-fmt -d >"$T/old"
	mariadb keys -e "alter table composite add column d int after a; insert into tiny values (1); insert into child (id) values (null);
		alter table parent comment 'another'"
	mysql-schema -n keys mysql://localhost | schema-fmt -d >"$T/new"
	is "$(diff "$T/old" "$T/new" | grep '^[<>]' | grep -v '#end')" '> column	d	i32	src=int(11)' "$KIND: one column more is one line"
}

try()
{
	echo "$ $*" >>"$T/said"
	status=0
	"$@" >>"$T/said" 2>&1 || status=$?
	echo "status $status" >>"$T/said"
}

messages()
{
	mysql_fresh nothing
	: >"$T/said"
	try mysql-schema -n nowhere mysql://localhost
	try mysql-schema mysql://localhost/nowhere
	try mysql-schema mysql://localhost
	try mysql-schema -n nothing -o "$T/nothing" mysql://localhost
	try mysql-schema -t missing mysql://localhost/keys
	try mysql-schema -t PARENT mysql://localhost/keys
	try mysql-schema -t v mysql://localhost/others
	try mysql-schema -t child -t 'a\x' mysql://localhost/keys
	try mysql-schema mysql://nobody@localhost/keys
	try mysql-schema -x
	try mysql-schema -t
	try mysql-schema mysql://localhost/keys mysql://localhost/keys
	try mysql-schema -o "$T" mysql://localhost/keys
	try mysql-schema -o /dev/full mysql://localhost/keys
	try mysql-schema shop.db
	try env -u PGTIDE_SOURCE mysql-schema
	sed "s|$T|\$T|g" "$T/said" >"$T/messages-said"
	[ -z "${PGTIDE_BLESS-}" ] || cp "$T/messages-said" "$CASES/messages"
	same_file "$T/messages-said" "$CASES/messages" "$KIND: messages"
}

for KIND in ${1:-mariadb mysql56}; do
	if ! mysql_find "$KIND"; then
		skip "$KIND" "$MYSQL_MISSING"
		continue
	fi
	mysql_start "$KIND"
	: >"$T/messages"
	cases
	[ -z "${PGTIDE_BLESS-}" ] || cp "$T/messages" "$CASES/warnings.$KIND"
	same_file "$T/messages" "$CASES/warnings.$KIND" "$KIND: what is warned of"
	twice
	only_select
	some_tables
	drift
	messages
	mysql_stop
done

done_testing
