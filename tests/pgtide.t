#!/bin/sh
# The main job, end to end: whole databases into a real PostgreSQL.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
pg_need tcp
server="host=$PGHOST&port=$PGPORT&user=$PGUSER"

# migrate NAME SOURCE [OPTION…]: into a fresh database of that name, run directory $T/NAME.
migrate()
{
	name=$1 source=$2
	shift 2
	pg_fresh "$name"
	exits 0 "$name: pgtide ends with 0" \
		pgtide -q -d "$T/$name" "$@" "$source" "postgresql:///$PGDATABASE?$server"
	is "$(grep -c 'not ok' "$T/$name/verdict" || :)" 0 "$name: the verdict is ok throughout"
}

# Every table and column: what sqlite-rows | cast-rows gives has the digest of what the target holds.
digests_agree()
{
	agreed=0
	while IFS= read -r to_schema && IFS= read -r to && IFS= read -r from_schema && IFS= read -r from; do
		sqlite-rows -n "$from_schema" -t "$from" -s "$T/$1/target.schema" "$2" </dev/null |
			cast-rows -s "$T/$1/target.schema" | rows-digest >"$T/sent"
		PGTIDE_SOURCE="postgresql:///$PGDATABASE?$server" pg-rows -n "$to_schema" -t "$to" </dev/null |
			rows-digest >"$T/held"
		if ! cmp -s "$T/sent" "$T/held"; then
			fail "$1: digest of $to"
			diag "$(diff "$T/sent" "$T/held")"
			continue
		fi
		agreed=$((agreed + 1))
	done <"$T/$1/tables"
	is "$agreed" "$(($(wc -l <"$T/$1/tables") / 4))" "$1: digests agree for every table and column"
}

# --- the sample database ----------------------------------------------------------------------------

sqlite3 -bail "$T/sample.db" <"$TOP/scripts/sample.sql"
migrate sample "$T/sample.db"
digests_agree sample "$T/sample.db"
is "$(sql "select count(*) from pg_constraint where contype = 'f' and convalidated")" \
	"$(sqlite3 "$T/sample.db" "select count(distinct m.name || '|' || f.id) from sqlite_schema m, pragma_foreign_key_list(m.name) f where m.type = 'table'")" \
	'sample: all foreign keys are there'
is "$(sql 'select count(*) from gps_points')" "$(sqlite3 "$T/sample.db" 'select count(*) from gps_points')" \
	'sample: as many rows as at the source'
is "$(sql "insert into customers (email, full_name) values ('new@example.org', 'New') returning id")" \
	"$(($(sqlite3 "$T/sample.db" 'select max(id) from customers') + 1))" 'sample: the next id goes on where the source was'
like "$(cat "$T/sample/report.txt")" 'view station_traffic: ' 'sample: the report lists the view that was left out'
like "$(cat "$T/sample/report.txt")" '^verdict: ok' 'sample: the report says ok'

exits 0 'sample: a second run' sh -c "
	sqlite-schema '$T/sample.db' | cmp - '$T/sample/source.schema' &&
	cast-schema '$T/sample/source.schema' | cmp - '$T/sample/target.schema' &&
	pg-ddl -s pre '$T/sample/target.schema' | cmp - '$T/sample/pre.sql' &&
	pg-ddl -s post '$T/sample/target.schema' | cmp - '$T/sample/post.sql'"

# --- hostile names ----------------------------------------------------------------------------------

cat >"$T/hostile.py" <<-'END'
	import sqlite3, sys
	names = ["a'b", 'q"q', "semi;colon", "$(touch pwned)", "`touch pwned`", "back\\slash", "new\nline", "tab\there",
	         "#hash", "%s%n", "-dash", "two  blanks", ":colon", "\\q", "--", "/*c*/", "é€😀", "x" * 70, "é" * 40, "Aa", "select", ".dot.", "a=b", "\x01\x1b[2J"]
	db = sqlite3.connect(sys.argv[1])
	quote = lambda name: '"' + name.replace('"', '""') + '"'
	for i, name in enumerate(names):
	    db.execute(f"create table {quote(name)} ({quote(name)} integer primary key, {quote('c' + name)} text not null default {quote(name)}, unique ({quote('c' + name)}))")
	    db.execute(f"create index {quote('ix ' + name)} on {quote(name)} ({quote('c' + name)} desc)")
	    db.executemany(f"insert into {quote(name)} values (?, ?)", [(i, name), (i + 1, name + "\\N"), (i + 2, "#" + name)])
	db.commit()
	print(len(names))
END
count=$(python3 "$T/hostile.py" "$T/hostile.db")
(cd "$T" && migrate hostile "$T/hostile.db") >"$T/tap" || :
sed 's/^ok [0-9]*/# ok/; s/^not ok [0-9]*/# NOT ok/' "$T/tap"
is "$(grep -c '^not ok' "$T/tap" || :)" 0 'hostile names: moved, and the verdict is ok'
PGDATABASE=hostile
digests_agree hostile "$T/hostile.db"
is "$(sql "select count(*) from information_schema.tables where table_schema = 'public'")" "$count" 'hostile names: every table'
ok 'hostile names: nothing was run' test ! -e "$T/pwned"

# --- which stage it was -----------------------------------------------------------------------------

# The programs, but with one of them replaced by a script.
own_programs "$T/bin"

# broken STAGE SCRIPT WORD: the run fails with 1, its message names the stage, no row of any table is committed.
broken()
{
	printf '#!/bin/sh\n%s\n' "$2" | stand_in "$T/bin" "$1"
	pg_fresh broken
	rm -rf "$T/broken"
	exits 1 "$1 broken: status 1" "$T/bin/pgtide" -q -d "$T/broken" "$T/sample.db" "postgresql:///broken?$server" 2>"$T/err"
	like "$(cat "$T/broken/verdict")" "^rows	public.stations	not ok	stage $3( for it or a table loaded with it)?\$" "$1 broken: the verdict names it"
	is "$(sql 'select count(*) from stations')" 0 "$1 broken: no row of its table was committed"
	rm -f "$T/bin/$1"
	ln -s "$PGTIDE_BIN/$1" "$T/bin/$1"
}
real=$PGTIDE_BIN
broken sqlite-rows "$real/sqlite-rows \"\$@\" | head -c 300; exit 1" 'rows ended with 1'
broken sqlite-rows "$real/sqlite-rows \"\$@\" | head -c 300; kill -9 \$\$" 'rows ended with 137'
broken sqlite-rows "$real/sqlite-rows \"\$@\" | head -n 5; exit 0" 'cast ended with 3'
broken cast-rows "$real/cast-rows \"\$@\" | head -c 300; kill -9 \$\$" 'cast ended with 137'
broken cast-rows 'exit 1' 'cast ended with 1'
broken pg-copy 'exit 1' 'copy ended with 1'
broken pg-copy 'kill -9 $$' 'copy ended with 137'

# --- a target that needs a password -----------------------------------------------------------------

pg_fresh secret
tcp="postgresql://app@127.0.0.1:$PGPORT/secret"
unset PGPASSWORD
exits 2 'wrong password: status 2' pgtide -q -d "$T/wrong" "$T/sample.db" "postgresql://app:w%20rong@127.0.0.1:$PGPORT/secret"
is "$(grep -rl 'w%20rong\|w rong' "$T/wrong" | wc -l)" 0 'wrong password: it is in no file of the run'
exits 0 'password in the URI' pgtide -q -d "$T/right" "$T/sample.db" "postgresql://app:secret@127.0.0.1:$PGPORT/secret"
is "$(grep -rl ':secret@' "$T/right" | wc -l)" 0 'password in the URI: it is in no file of the run'
pg_fresh secret
PGPASSWORD=secret exits 0 'password in PGPASSWORD' pgtide -q -d "$T/env" "$T/sample.db" "$tcp"

# --- Chinook, where it is ---------------------------------------------------------------------------

chinook=${PGTIDE_DATA:-$TOP/../shared/data}/chinook.sqlite
if [ -f "$chinook" ]; then
	migrate chinook "$chinook"
	digests_agree chinook "$chinook"
	is "$(awk -F '\t' '$1 == "rows" { n++; sum += $4 } END { print n, sum }' "$T/chinook/verdict")" '11 15607' 'chinook: 11 tables, 15607 rows'
	is "$(sql "select string_agg(contype || n, ' ' order by contype) from (select contype, count(*) n from pg_constraint where connamespace = 'public'::regnamespace and contype in ('f', 'p') group by 1) c")" \
		'f11 p11' 'chinook: 11 primary and 11 foreign keys'
	is "$(sql "select count(*) from pg_indexes where schemaname = 'public'")" \
		"$((11 + $(sqlite3 "$chinook" "select count(*) from sqlite_schema where type = 'index' and sql is not null")))" 'chinook: all indexes'
else
	skip 'chinook' 'no chinook.sqlite in PGTIDE_DATA'
fi

done_testing
