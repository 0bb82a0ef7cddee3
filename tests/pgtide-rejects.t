#!/bin/sh
# Rows that cannot be moved: set aside by every stage within a limit, counted, reported, and loaded once they are mended.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
command -v sqlite3 >/dev/null || skip_all 'no sqlite3'
# shellcheck disable=SC2119	# without tcp
pg_need
# Of 1000 rows of t 3 cannot be read (a text, bytes, a fraction among integers), 4 do not go into varchar(3); of u none.
sqlite3 -bail "$T/db" <<-'END'
	create table t (id integer primary key, n integer, code text);
	with recursive c(i) as (select 1 union all select i + 1 from c where i < 1000)
	insert into t select i, i * 7, 'c' || i % 90 from c;
	update t set n = 'toto' where id = 17;
	update t set n = x'00ff' where id = 400;
	update t set n = 12.5 where id = 1000;
	update t set code = 'long-' || id where id in (1, 17, 500, 501, 999);
	create table u (x integer);
	insert into u values (1), (2);
END
printf 'column t.code to varchar(3)\n' >"$T/rules"

# run NAME OPTION…: pgtide into a fresh database, run directory $T/NAME.
run()
{
	name=$1
	shift
	pg_fresh rejects
	pgtide -r "$T/rules" -d "$T/$name" "$@" "$T/db" "$(pg_uri)" >"$T/out" 2>"$T/err"
}

# --- within the limit -------------------------------------------------------------------------------

exits 0 'seven rejects of ten allowed: status 0' run ten -e 10
is "$(sql 'select count(*), sum(n) from t')" "$(sqlite3 "$T/db" "select count(*), sum(n) from t where typeof(n) = 'integer' and length(code) < 4")" \
	'all other rows are there'
is "$(cd "$T/ten/rejects" && echo *)" '0001.cast 0001.rows' 'a file for each stage that rejected something, and no other'
is "$(grep "^rows	" "$T/ten/verdict" | cut -f 2-4)" "public.t	ok	1000 rows read, 993 loaded, 7 rejected
public.u	ok	2 rows" 'the verdict counts them'
is "$(sed -n 's/^# reject	\([a-z-]*	[a-z]*\).*	\([0-9]*	.*\)/\1	\2/p' "$T/ten/rejects/0001.rows" | tr '\t' ' ')" \
	'misfit n 17 rowid 17
misfit n 400 rowid 400
misfit n 1000 rowid 1000' 'the extractor says what, where, and the key'
is "$(sed -n 's/^# reject	\([a-z-]*	[a-z]*\).*	\([0-9]*	.*\)/\1	\2/p' "$T/ten/rejects/0001.cast" | tr '\t' ' ' | sed 's/ $//')" \
	'too-long code 1
too-long code 498
too-long code 499
too-long code 997' 'so does cast-rows, with rows of its own stream'
is "$(sed -n '/^REJECTED/,/^$/p' "$T/ten/report.txt")" 'REJECTED: not in the target, but in files of the run directory
  public.t: 3 rows: misfit, column n, in rejects/0001.rows
  public.t: 4 rows: too-long, column code, in rejects/0001.cast' 'the report lists them'
like "$(cat "$T/ten/report.txt")" '^verdict: ok, [0-9]* checks, but 7 rows were REJECTED$' 'and says so in its verdict'
like "$(cat "$T/err")" '^pgtide: 7 rows were rejected and are NOT in the target: ' 'and so does a message'
is "$(counter_faults "$T/ten")" '' 'the counters add up'

# Mended with sed and loaded by hand, from the stage where they were set aside: nothing is missing then.
sed -i 's/	toto	long-17$/	119	c17/; s/	12.5	/	7000	/; s/	[\\]*x00ff	/	2800	/' "$T/ten/rejects/0001.rows"
sed -i 's/	long-\([0-9]*\)$/	m/' "$T/ten/rejects/0001.cast"
for stage in rows cast; do
	ok "the mended rejects of stage $stage are loaded" \
		sh -c "cast-rows -s '$T/ten/target.schema' '$T/ten/rejects/0001.$stage' | pg-copy '$(pg_uri)'"
done
is "$(sql 'select count(*), sum(n), sum(id) from t')" '1000|3503500|500500' 'and with them every row is there'

# --- around the limit -------------------------------------------------------------------------------

exits 4 'four rejects allowed in all, three and four in two stages: status 4' run four -e 4
like "$(cat "$T/four/verdict")" '^rejects	public.t	not ok	more than 4 rows rejected by its stages together$' 'the verdict says so'
exits 4 'two allowed: the extractor dies of the third' run two --rejects=2
like "$(cat "$T/two/verdict")" '^rejects	public.t	not ok	more than 2 rows rejected in stage rows$' 'the verdict says so'
is "$(sql 'select (select count(*) from t), (select count(*) from u)')" '0|2' 'nothing of that table was loaded, all of the other'
exits 4 'three allowed: cast-rows dies of the fourth' run three -e 3
like "$(cat "$T/three/verdict")" '^rejects	public.t	not ok	more than 3 rows rejected in stage cast$' 'the verdict says so'
exits 0 'one percent allowed' run percent -e 1%
exits 4 'half a percent allowed' run half -e 0.5%
is "$(sql 'select count(*) from t')" 993 'of the two stages neither is over it'
exits 4 'a quarter of a percent allowed' run quarter -e 0.25%
is "$(sql 'select count(*) from t')" 0 'the extractor is over it, and withholds its #end'
exits 1 'none allowed: status 1' run none -e 0
exits 1 'nothing said: status 1' run nothing
exits 2 'not a limit: status 2' run wrong -e many
ok 'nothing was done then' test ! -e "$T/wrong"

# --- at the loader ----------------------------------------------------------------------------------

# pgtide makes its tables itself, so that the loader has rejects only by hand.
pg_fresh loader
sql 'create table t (id bigint primary key, n bigint check (n > 0), code text)'
printf '#rows\t1\tpublic\tt\ttarget=postgresql\n#fields\tid\tn\tcode\n#types\tbigint\tbigint\ttext\n' >"$T/load"
printf '1\t1\ta\n2\t-2\tb\n1\t3\tc\n4\t4\td\n#end\t4\t3\n' >>"$T/load"
ok "pg-copy sets rows aside too" sh -c "pg-copy -e 5 -E '$T/load.rejects' -S '$T/load.stats' '$(pg_uri)' <'$T/load'"
is "$(sql "select string_agg(id || code, ' ' order by id) from t")" '1a 4d' 'the others are there'
is "$(sed -n 's/^# reject	\([^	]*\)	[^	]*	\([^	]*\)	[^	]*	\([0-9]*\).*/\1 \2 \3/p' "$T/load.rejects")" \
	'23514 t_n_check 2
23505 t_pkey 3' 'with SQLSTATE, constraint and row'
like "$(cat "$T/load.stats")" '^table	public	t	2	[0-9]*	5$' 'and its count goes on from that of the stages before'
sed -i 's/^2	-2/2	2/; s/^1	3/3	3/' "$T/load.rejects"
ok "mended, they are loaded" sh -c "pg-copy '$(pg_uri)' <'$T/load.rejects'"
is "$(sql 'select count(*), sum(n) from t')" '4|10' 'and with them every row is there'

# --- the check of the counters itself ---------------------------------------------------------------

mkdir "$T/doctored"
cp -r "$T/ten/." "$T/doctored/"
sed -i 's/^table	public	t	993	/table	public	t	992	/' "$T/doctored/stats/0001.3-copy"
like "$(counter_faults "$T/doctored")" ': step 0001: rows and rejects of the stages: 1000, 1000, 999$' 'a row too few is found'
rm -r "$T/doctored"

done_testing
