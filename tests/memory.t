#!/bin/sh
# Memory does not grow with the table, nor with the value; only the extractor holds a value whole, once or twice.
# `tests/memory.t full` takes ten million rows instead of one.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
[ -z "${PGTIDE_SANITIZE-}" ] || skip_all 'sanitizers use memory of their own'
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# no argument: no TCP
pg_need

rows=1000000
if [ "${1-}" = full ]; then
	rows=10000000
fi
PGTIDE_TARGET="postgresql:///$PGDATABASE?host=$PGHOST&port=$PGPORT&user=$PGUSER"
export PGTIDE_TARGET

# peaks DESC LIMIT-OF-THE-FIRST-IN-KIB COMMAND…: runs the pipe; all but its first stage stay under 16 MiB.
peaks()
{
	desc=$1 limit=$2
	shift 2
	python3 "$TOP/tests/lib/peak.py" "$@" 2>"$T/peaks" || :
	diag "$desc: $(awk '{ printf "%s %.1f MiB (status %s)  ", $3, $2 / 1024, $1 }' "$T/peaks")"
	is "$(awk '$1 != 0' "$T/peaks" | wc -l)" 0 "$desc: every stage ends well"
	is "$(awk -v limit="$limit" 'NR == 1 && $2 > limit' "$T/peaks" | wc -l)" 0 "$desc: the extractor under $((limit / 1024)) MiB"
	is "$(awk 'NR > 1 && $2 > 16384' "$T/peaks" | wc -l)" 0 "$desc: the other stages under 16 MiB"
}

sqlite3 -bail "$T/db" <<-END
	pragma journal_mode = off;
	create table many (id integer primary key, name text, price real, made datetime);
	with recursive n(i) as (select 1 union all select i + 1 from n where i < $rows)
	insert into many select i, 'name ' || i, i / 100.0, datetime(i, 'unixepoch') from n;
	create table big (id integer primary key, value text, bytes blob);
	insert into big values (1, replace(hex(zeroblob(100000000)), '00', 'ab'), null),
		(2, replace(hex(zeroblob(100000000)), '0', '\\'), null),
		(3, null, zeroblob(200000000));
END
sqlite-schema "$T/db" >"$T/source.schema"
cast-schema "$T/source.schema" >"$T/schema"
pg-ddl -s pre "$T/schema" >"$T/pre.sql"
psql -Xq -v ON_ERROR_STOP=1 -f "$T/pre.sql"

for table in many big; do
	limit=16384
	if [ "$table" = big ]; then
		limit=$((200000000 * 5 / 2 / 1024)) # 2.5 times the value
	fi
	peaks "$table, into PostgreSQL" "$limit" \
		"sqlite-rows -t $table -s $T/schema $T/db" "cast-rows -s $T/schema" "rows-fmt -c" "pg-copy -D -S $T/stats"
	# libpq gives out a row at a time: pg-rows holds one as text, twice; the stages behind it do not.
	peaks "$table, read back" $((1024 * 1024)) \
		"PGTIDE_SOURCE='$PGTIDE_TARGET' pg-rows -t $table" "rows-digest -o $T/digest"
	sed -n 's/^digest	//p' "$T/stats" >"$T/sent"
	same_file "$T/digest" "$T/sent" "$table: what was read back is what was sent"
done

# A column that has work to do keeps one value at a time.
echo 'column many.price to numeric(10,2)' >"$T/rules"
cast-schema -r "$T/rules" "$T/source.schema" >"$T/schema"
peaks 'many, with a check' 16384 \
	"sqlite-rows -t many -s $T/schema $T/db" "cast-rows -s $T/schema" "rows-digest -o $T/digest"

done_testing
