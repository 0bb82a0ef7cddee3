#!/bin/sh
# All that an SQLite file can hold, moved into a real PostgreSQL and compared with what tests/lib/torture.py says it has to
# become: types, each value, keys, defaults, what is left out; and each value that has to be refused, with its message.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/both-formats.sh
. "$TOP/tests/lib/both-formats.sh"
command -v python3 >/dev/null || skip_all 'no python3'
[ -x "$PGTIDE_BIN/sqlite-rows" ] || skip_all 'built without SQLite'

mkdir "$T/made"
python3 "$TOP/tests/lib/torture.py" "$T/made"

# --- what has to be refused

# refused NAME: each table of NAME.db alone. Those that are not refused as they should be are shown.
refused()
{
	while IFS='	' read -r table want; do
		status=0
		got=$(sqlite-rows -t "$table" "$T/made/$1.db" 2>&1 >"$T/rows") || status=$?
		printf '%s\t%s\n' "$table" "$got" >>"$T/$1.got"
		[ "$status" -eq 1 ] || printf '%s\tended with %d\n' "$table" "$status" >>"$T/$1.got"
		: "$want"
	done <"$T/made/$1.want"
	same_file "$T/$1.got" "$T/made/$1.want" "$1.db: $(wc -l <"$T/made/$1.want") values are refused, each with its message"
}
refused errors
refused errors16

# --- what has to arrive

# shellcheck disable=SC2119	# as it is
pg_need

sql()
{
	PGOPTIONS="-c timezone=UTC -c client_min_messages=warning" psql -XAtq "$@"
}

# move NAME: into a database of that name.
move()
{
	pg_fresh "$1"
	exits 0 "$1: pgtide ends with 0" \
		pgtide -q --quick-check -r "$T/made/rules.cast" -d "$T/$1" "$T/made/$1.db" "dbname=$PGDATABASE"
	is "$(grep -c 'not ok' "$T/$1/verdict" || :)" 0 "$1: the verdict is ok throughout"
}

rows()
{
	for table; do
		sql -f "$T/made/rows/$table.sql" >"$T/got" 2>&1 || :
		same_file "$T/got" "$T/made/rows/$table.want" "rows of $table"
	done
}

ok 'torture.db: most of it is in the log' test "$(wc -c <"$T/made/torture.db-wal")" -gt "$(wc -c <"$T/made/torture.db")"
move torture
sql -c "select attrelid::regclass, attname, format_type(atttypid, atttypmod) from pg_attribute
	where attrelid in ('t_types'::regclass, 't_strict'::regclass) and attnum > 0 order by attrelid::regclass::text desc, attnum" >"$T/types"
same_file "$T/types" "$T/made/types.want" "$(wc -l <"$T/made/types.want") declared types"
for file in "$T"/made/rows/*.want; do
	table=${file##*/}
	rows "${table%.want}"
done
schema-fmt "$T/torture/source.schema" | awk -F '\t' '$1 == "table" { print $3 }' | while IFS= read -r table; do
	sqlite-rows -s "$T/torture/target.schema" -t "$table" "$T/made/torture.db" | cast-rows -s "$T/torture/target.schema"
done >"$T/stream"
both_formats "$T/stream" public torture
schema-fmt "$T/torture/source.schema" | awk -F '\t' '$1 == "skipped" { print $2 " " $3 }' | sort >"$T/skipped"
same_file "$T/skipped" "$T/made/skipped.want" 'what is left out, and nothing else'
number=0
while IFS= read -r query <&3 && IFS= read -r want <&4; do
	number=$((number + 1))
	is "$(sql -c "$query" 2>&1)" "$want" "fact $number: $query"
done 3<"$T/made/facts.sql" 4<"$T/made/facts.want"

# Each check is there and refuses what SQLite refuses, or is a line of the report.
for values in '3, -1' '4, 4'; do
	if sql -c "insert into c_checks values ($values)" >"$T/got" 2>&1; then
		ok "a check that is not there is listed" grep -q '^  check .*c_checks' "$T/torture/report.txt"
	else
		like "$(cat "$T/got")" 'violates check constraint' "a check refuses ($values)"
	fi
done

move utf16
rows v_text v_none v_numeric v_datetime v_json
is "$(sql -c 'select "ü" from "é€😀"')" 'ñ' 'utf16: names are UTF-16 too'

done_testing
