#!/bin/sh
# All that MariaDB and MySQL can hold, moved into a real PostgreSQL and compared with what tests/lib/torture_mysql.py says
# it has to become: types, each value, floats by their bits, keys, defaults, names, what is left out; and each value that
# has to be refused, with its message.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/both-formats.sh
. "$TOP/tests/lib/both-formats.sh"
# shellcheck source=tests/lib/mysql.sh
. "$TOP/tests/lib/mysql.sh"
command -v python3 >/dev/null || skip_all 'no python3'
[ -x "$PGTIDE_BIN/mysql-rows" ] || skip_all 'built without MySQL'

# shellcheck disable=SC2119	# as it is
pg_need

sql()
{
	PGOPTIONS="-c timezone=UTC -c client_min_messages=warning -c search_path=torture" psql -XAtq "$@"
}

# load NAME: $made/NAME.sql into a database of that name.
load()
{
	mysql_fresh "$1"
	mariadb --default-character-set=utf8mb4 --binary-mode "$1" <"$made/$1.sql"
}

# The rows of a table of the database errors, through all stages.
refused()
{
	if mysql-rows -t "$1" -s "$T/errors.target" mysql:///errors 2>>"$T/said" |
		cast-rows -s "$T/errors.target" 2>>"$T/said" |
		PGTIDE_TARGET="dbname=$PGDATABASE" pg-copy 2>>"$T/said"
	then
		echo 'was not refused'
	fi
}

errors()
{
	load errors
	# Values that no server takes today: the file of one table under the definition of another.
	data=$(mariadb -Ne 'select @@datadir')errors
	mariadb -e 'flush tables' errors
	for like in "$data"/like_*.frm; do
		cp -p "$like" "$data/${like##*/like_}"
		rm -f "${like%.frm}".*
	done
	mariadb -e 'flush tables' errors
	mysql-schema -o "$T/errors.source" mysql:///errors
	cast-schema -o "$T/errors.target" "$T/errors.source"
	pg_fresh "errors_$server"
	pg-ddl -s pre "$T/errors.target" | sql -v ON_ERROR_STOP=1
	while IFS='	' read -r table want; do
		: >"$T/said"
		refused "$table" </dev/null >>"$T/said"
		# What later stages say of a cut stream is no news.
		printf '%s\t%s\n' "$table" "$(sed '/: input ended early: no #end$/d' "$T/said")"
		: "$want"
	done <"$made/errors.want" >"$T/errors.got"
	same_file "$T/errors.got" "$made/errors.want" "$server: $(wc -l <"$made/errors.want") values are refused, each with its message"
}

torture()
{
	load torture
	pg_fresh "torture_$server"
	exits 0 "$server: pgtide ends with 0" \
		pgtide -q -r "$made/rules.cast" -d "$T/run-$server" mysql:///torture "dbname=$PGDATABASE"
	is "$(grep -c 'not ok' "$T/run-$server/verdict" || :)" 0 "$server: the verdict is ok throughout"

	sql -c "select relname, attname, format_type(atttypid, atttypmod) from pg_attribute join pg_class c on c.oid = attrelid
		where relname like 'v\\_%' and relkind = 'r' and attnum > 1" | sort >"$T/types"
	sort "$made/types.want" >"$T/types.want"
	same_file "$T/types" "$T/types.want" "$server: $(wc -l <"$made/types.want") declared types"
	for file in "$made"/rows/*.want; do
		sql -f "${file%.want}.sql" >"$T/got" 2>&1 || :
		table=${file##*/}
		same_file "$T/got" "$file" "$server: rows of ${table%.want}"
	done
	schema-fmt "$T/run-$server/source.schema" | awk -F '\t' '$1 == "table" { print $3 }' | while IFS= read -r table; do
		mysql-rows -s "$T/run-$server/target.schema" -t "$table" mysql:///torture | cast-rows -s "$T/run-$server/target.schema"
	done >"$T/stream"
	both_formats "$T/stream" torture "$server"
	sql -c "select attname, pg_get_expr(adbin, adrelid) from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
		where attrelid = 'd_defaults'::regclass and attnum > 1 order by attnum" >"$T/defaults"
	same_file "$T/defaults" "$made/defaults.want" "$server: defaults"
	schema-fmt "$T/run-$server/source.schema" | awk -F '\t' '$1 == "skipped" { print $2 " " $3 }' | sort >"$T/skipped"
	same_file "$T/skipped" "$made/skipped.want" "$server: what is left out, and nothing else"
	number=0
	while IFS= read -r query <&3 && IFS= read -r want <&4; do
		number=$((number + 1))
		is "$(sql -c "$query" 2>&1 | paste -sd '|' -)" "$want" "$server: fact $number: $query"
	done 3<"$made/facts.sql" 4<"$made/facts.want"

	mysql-schema mysql:///torture | cast-schema -r "$made/rules.cast" >"$T/again"
	same_file "$T/again" "$T/run-$server/target.schema" "$server: a second run finds the same"
}

# The slow build asks one of them.
servers='mariadb mysql56'
[ -z "${PGTIDE_SANITIZE-}" ] || servers=mariadb
for server in $servers; do
	if ! mysql_find "$server"; then
		skip "$server" "$MYSQL_MISSING"
		continue
	fi
	made=$T/$server
	mkdir "$made"
	python3 "$TOP/tests/lib/torture_mysql.py" "$server" "$made"
	mysql_start "$server"
	errors
	torture
done
done_testing
