#!/bin/sh
# pgtide convert: for each command file of tests/convert the script that it gives makes the same target as pgtide-load does:
# the same catalogue and the same digest of each table. And every good command file that there is becomes a script that a
# shell can read, with what has no equivalent told.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# --- all good command files -------------------------------------------------------------------------

SHOP_DB=shop.db SHOP_SOURCE='mysql://ada:secret@db/shop' SHOP_TABLE=Orders
export SHOP_DB SHOP_SOURCE SHOP_TABLE
cd "$TOP/tests/load-file/good"
# Every fifth, and those with all that there is; those that need options are for load-file.t.
grep -L '^-- args: ' -- *.load | awk 'NR % 5 == 0 || /^everything/' >"$T/loads"
# shellcheck disable=SC2046	# their names have no blanks
load-file -u -o "$T/jobs" $(cat "$T/loads") >"$T/commands"
status=0
# shellcheck disable=SC2046
pgtide convert $(cat "$T/loads") >"$T/script" 2>"$T/err" || status=$?
is "$status" 2 "$(wc -l <"$T/loads") command files at once: some cannot be run"
is "$(grep -c '^# [^ ]*\.load:[0-9]*:[0-9]*$' "$T/script")" "$(wc -l <"$T/commands")" 'each command is in the script'
ok 'which a shell can read' sh -n "$T/script"
# What is told stands in the script too.
sed -e 's/^pgtide-convert: //' -e 's/^[^ ]*: //' "$T/err" | sort -u >"$T/told"
sed -n 's/^# //p' "$T/script" | sort -u >"$T/said"
grep -v '^the password of ' "$T/told" | comm -23 - "$T/said" >"$T/missing"
same_file "$T/missing" /dev/null "what has no equivalent is told, and stands there too"
ok 'a password is told' grep -q '^the password of the source is left out' "$T/told"
ok 'and is not there' sh -c '! grep -q secret "$1"' sh "$T/script"

# --- both ways --------------------------------------------------------------------------------------

command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
cd "$T"
sqlite3 -bail shop.db <<'END'
create table users (Id integer primary key, userName text not null unique, active tinyint(1), born date default '2000-01-01');
create table "order's" (id integer primary key, userId integer references users, price decimal(10,2) not null, note varchar(9));
create table log_old (id integer primary key, line text);
create table log_new (id integer primary key, line text default 'x');
create index "log lines" on log_new (line);
create index byPrice on "order's" (price);
insert into users values (1, 'ada', 1, '1815-12-10'), (2, 'bob', 0, null), (3, 'éva', null, '1999-01-02');
insert into "order's" values (1, 1, 9.5, ''), (2, 2, 10.25, 'a	b'), (3, null, 0, null);
insert into log_old values (1, 'x');
insert into log_new values (1, 'y'), (7, null);
END
SHOP_DB=$T/shop.db
export SHOP_DB

# What a database holds: its schema, and the digests of its tables.
held()
{
	PGTIDE_SOURCE="dbname=$PGDATABASE" pg-schema | grep -v '^#schema' >"$1"
	psql -XAtqF '	' -c "select schemaname, tablename from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema', 'pgtide') order by 1, 2" >"$1.tables"
	while IFS='	' read -r schema table; do
		PGTIDE_SOURCE="dbname=$PGDATABASE" pg-rows -n "$schema" -t "$table" </dev/null | rows-digest
	done <"$1.tables" >>"$1"
}

ran=0
for load in "$TOP"/tests/convert/*.load; do
	name=$(basename "$load" .load)
	for way in load convert; do
		pg_fresh "convert_$way"
		SHOP_TARGET="postgresql://$PGUSER@/$PGDATABASE?host=$PGHOST&port=$PGPORT"
		export SHOP_TARGET
		status=0
		if [ "$way" = load ]; then
			pgtide -q -d "$T/$name.run" "$load" >"$T/$name.out" 2>&1 || status=$?
		else
			pgtide convert -d "$T/$name" "$load" >"$T/$name.out" 2>&1 || status=$?
			[ "$status" -ne 0 ] || timeout 120 sh "$T/$name/run.sh" >>"$T/$name.out" 2>&1 || status=$?
			pgtide convert "$load" >"$T/$name.sh" 2>/dev/null || :
		fi
		echo "$status" >>"$T/$name.$way.held.status"
		held "$T/$name.$way.held"
		# uniquified names have the OID of the table
		sed -i 's/idx_[0-9]*_/idx_N_/' "$T/$name.$way.held"
		is "$status" 0 "$name: $way"
		[ "$status" -eq 0 ] || sed 's/^/# /' "$T/$name.out"
	done
	same_file "$T/$name.convert.held" "$T/$name.load.held" "$name: both ways give the same"
	ok "$name: that is something" grep -q '^table' "$T/$name.load.held"
	ran=$((ran + 1))
done

# The printed script does the same, beside where it is run.
pg_fresh convert_convert
PATH=$PGTIDE_BIN:$PATH
(cd "$T" && timeout 120 sh ./full.sh) >"$T/out" 2>&1 || sed 's/^/# /' "$T/out"
held "$T/printed"
same_file "$T/printed" "$T/full.load.held" 'full: so does the script that is printed'

# --- what is wrong ----------------------------------------------------------------------------------

status=0
pgtide convert none.load >"$T/out" 2>"$T/err" || status=$?
is "$status" 2 'no such file: status 2'
like "$(cat "$T/err")" '^pgtide-convert: none.load: ' 'no such file: the message'
ok 'no such file: nothing is printed' test ! -s "$T/out"
status=0
pgtide convert -d "$T/full" "$TOP/tests/convert/plain.load" 2>"$T/err" || status=$?
is "$status" 2 'a directory that is not empty: status 2'

done_testing
