#!/bin/sh
# More tables than the locks of one transaction should be for: they are made in several, and a run that was ended between
# two of them goes on.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need

awk 'BEGIN {
	print "begin;"
	for (t = 1; t <= 1200; t++) {
		printf "create table t%d (id integer primary key autoincrement, v text default \047a;\n-- b\047);\n", t
		printf "insert into t%d (v) values (null), (\047x\047);\n", t
	}
	print "commit;"
}' | sqlite3 -bail "$T/db"

pg_fresh many
pgtide plan -q -d "$T/run" "$T/db" "$(pg_uri)"
is "$(find "$T/run/pre" -name '*.sql' | grep -c .)" 3 'tables are made in three transactions'
sed 1,3d "$T/run/pre.sql" >"$T/whole"
sed -s 1,3d "$T"/run/pre/*.sql >"$T/parts"
same_file "$T/parts" "$T/whole" 'which are all of pre.sql'

# The second cannot be done as long as there is another table of that name.
(cd "$T/run" && PGTIDE_TARGET=$(pg_uri) pgtide-sql -R "$(cat job/name)" -k pre.0001 pre/0001.sql)
name=$(sed -n 's/^CREATE TABLE public\.\(t[0-9]*\) .*/\1/p' "$T/run/pre/0002.sql" | head -n 1)
sql "create table $name ()"
: >"$T/run/log/pre"
exits 1 'a table in the way of the second' pgtide run -q -d "$T/run"
sql "drop table $name"
exits 0 'it goes on' pgtide run -q -d "$T/run"
is "$(sql "select count(*) from pgtide.steps where run = '$(cat "$T/run/job/name")' and step ~ '^(pre|rest)' and finished is not null")" \
	"$((4 + $(find "$T/run/post" -name 'rest*.sql' | grep -c .)))" 'all parts are done'
is "$(grep -c '^rows	.*	ok	' "$T/run/verdict")|$(grep -c 'not ok' "$T/run/verdict" || :)" '1200|0' 'all tables are there, and all is well'
is "$(sql "insert into t1200 (v) values ('y') returning id")" 3 'positions are set'

done_testing
