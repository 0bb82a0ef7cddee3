#!/bin/sh
# Bad rows: exactly those are set aside, whatever is wrong with them, and the rest is loaded.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh rejects
TMPDIR=$T
export TMPDIR

# load STATUS DESC OPTION…: of $T/in, with rejects going to $T/bad.
load()
{
	load_want=$1 load_desc=$2
	shift 2
	exits "$load_want" "$load_desc" sh -c 'exec pg-copy "$@" <"$0"' "$T/in" "$@" postgresql://
	cp "$T/.output" "$T/err"
}

# What was set aside: row, SQLSTATE, column, constraint.
bad()
{
	awk -F '\t' '/^# reject/ { print $6, $2, $3, $4 }' "$T/bad"
}

# rows TABLE COLUMNS TYPES, then the rows on standard input.
rows()
{
	tr ' ' '\t' >"$T/body"
	{
		printf '#rows\t1\tpublic\t%s\n#fields\t%s\n#types\t%s\n' "$1" \
			"$(echo "$2" | tr ' ' '\t')" "$(echo "$3" | tr ' ' '\t')"
		cat "$T/body"
		printf '#end\t%d\t0\n' "$(grep -vc '^#' "$T/body" || :)"
	} >"$T/in"
}

# --- 100,000 rows, nine ways to be bad

psql -Xqf "$TOP/scripts/lib/mixed-rows.sql"
count=100000
[ -z "${PGTIDE_SANITIZE-}" ] || count=20000
awk -v rows=$count -v bad=500 -v seed=3 -v list="$T/list" -f "$TOP/scripts/lib/mixed-rows.awk" >"$T/in"
load 1 'without -e the first one ends it'
is "$(sql 'select count(*) from mixed')" 1 'and nothing is loaded'
load 0 'with -e' -e 500 -E "$T/bad" -D -S "$T/stats"
bad | cut -d ' ' -f 1,2 | LC_ALL=C sort >"$T/got"
LC_ALL=C sort "$T/list" >"$T/want"
same_file "$T/got" "$T/want" 'exactly the bad ones are set aside, each for its reason'
is "$(sql 'select count(*) from mixed')" $((count - 500 + 1)) 'the rest is loaded'
is "$(awk -F '\t' '$1 == "table" { print $4, $6 }' "$T/stats")" "$((count - 500)) 500" 'the statistics add up'
ok 'the reject file is rows(5)' rows-fmt "$T/bad"
is "$(tail -n 1 "$T/bad")" "$(printf '#end\t500\t0')" 'its count is right'
sql 'delete from mixed where id = 0'
is "$(pg-rows -t mixed postgresql:// | rows-digest | cut -f 3-4)" \
	"$(sed -n 's/^digest	//p' "$T/stats" | cut -f 3-4)" 'the digest is of what is there'
is "$(find "$T" -name 'pg-copy*')" '' 'no spool is left'

# Mended by hand, as it stands: values that are right, ids that are free.
sed -e '/^[^#]/{' -e 's/12x/12/; s/123456\.5/1.5/; s/2024-02-30/2024-02-29/; s/\\N/note/' \
	-e 's/abcdefghijk/abc/; s/sad/glad/; s/	-1$/	1/' -e '}' "$T/bad" |
	awk -F '\t' -v OFS='\t' '/^# reject.*\t23505\t/ { n = 1 } /^#/ { print; next }
		n { $1 = 1000000 + NR; n = 0 } { print }' >"$T/in"
load 0 'the reject file, mended, loads'
is "$(sql 'select count(*) from mixed')" $count 'now all are there'

# --- rows that only look bad

sql 'create table odd (id integer not null, amount numeric(4,1), day date, name varchar(3))'
awk 'BEGIN {
	for (i = 1; i <= 200; i++) {
		print "+" i, "NaN", "20240229", "äöü"
		print "0" i, ".5", "epoch", "\\\\x\\t"
		if (i % 50 == 0)
			print "x", "1", "epoch", "abc"
	}
}' | rows odd 'id amount day name' 'integer numeric(4,1) date varchar(3)'
load 0 'values that the server reads in its own way' -e 4 -E "$T/bad"
is "$(bad)" "$(for i in 101 202 303 404; do echo "$i 22P02 id "; done)" 'are not taken for bad ones'
is "$(sql 'select count(*), sum(id), count(distinct day) from odd')" '400|40200|2' 'they are loaded, each once'

sql "create type label as enum ('plain', E'a\\tb', E'c\\\\d', '')"
sql 'create table keyed (down int primary key, here_and_there bigint not null unique, label label)'
awk 'BEGIN {
	split("plain|a\\tb|c\\\\d||\\N", label, "|")
	for (i = 1; i <= 1000; i++) {
		print -i, i * 7919 % 1009, label[i % 5 + 1]
		# One that was there long before, one that was just there, and no label.
		if (i % 100 == 0)
			print -i / 2, 10000 + i, "plain"
		if (i % 100 == 1)
			print -i, 20000 + i, "plain"
		if (i % 100 == 2)
			print -2000 - i, 30000 + i, "plan"
	}
}' | rows keyed 'down here_and_there label' 'integer bigint text'
load 0 'keys in other orders than that of their numbers, labels with escapes' -e 30 -E "$T/bad"
is "$(bad | cut -d ' ' -f 2- | sort | uniq -c | xargs)" '10 22P02 label 20 23505 keyed_pkey' 'only what is there already and no label is set aside'
is "$(sql "select count(*), sum(down), string_agg(distinct replace(label::text, E'\\t', 'TAB'), '|') from keyed")" \
	'1000|-500500||aTABb|c\d|plain' 'the rest is there'

again()
{
	sql "truncate mixed; insert into mixed values (0, 0, 0, '2024-01-01', '', '', 'glad', 1)"
}
again
awk -v rows=2000 -v bad=20 -v seed=4 -f "$TOP/scripts/lib/mixed-rows.awk" >"$T/in"
load 1 'one too many' -e 19 -E "$T/bad"
like "$(cat "$T/err")" 'more than 19 rejects' 'is told'
load 1 'a share too high' -e 0.9% -E "$T/bad"
like "$(cat "$T/err")" '20 rejects of 2000 rows' 'is told'
is "$(sql 'select count(*) from mixed')" 1 'and nothing is loaded'
load 0 'a share high enough' -e 1% -E "$T/bad"
again
exits 0 'from a slow pipe' sh -c '
	{ head -c 5003; sleep 0.2; head -c 70001; sleep 0.2; cat; } <"$1/in" |
		pg-copy -e 20 -E "$1/bad" postgresql://' sh "$T"
is "$(sql 'select count(*) from mixed') $(bad | wc -l)" '1981 20' 'the same rows are set aside'
load 2 'without a file' -e 1
load 2 'a file that cannot be' -e 1 -E "$T/no/where"
load 1 'a file without room' -e 30 -E /dev/full
is "$(sql 'select count(*) from mixed')" 1981 'nothing was loaded'

# --- rows that are longer than any buffer

sql 'create table big (a int, b text check (length(b) <> 3000000))'
big()
{
	printf '%s\t' "$1"
	head -c "$2" /dev/zero | tr '\0' x
	printf '\n'
}
{
	printf '#rows\t1\tpublic\tbig\n#fields\ta\tb\n#types\tinteger\ttext\n'
	big 1 10; big 2x 2000000; big 3 3000000; big 4 1000000; big 5 3000000; big 6 1
	big 7y 5; big 8 900000; big 9z 700000
	printf '#end\t9\t0\n'
} >"$T/in"
load 0 'long rows' -e 5 -E "$T/bad"
is "$(bad | tr '\n' ';')" '2 22P02 a ;3 23514  big_b_check;5 23514  big_b_check;7 22P02 a ;9 22P02 a ;' 'the bad ones are set aside'
is "$(sql 'select array_agg(a order by a) from big')" '{1,4,6,8}' 'the others are there'
is "$(wc -c <"$T/bad")" "$(($(grep '^#' "$T/bad" | wc -c) + 2000004 + 3000003 * 2 + 9 + 700004))" 'no byte of them is lost'

# --- however much comes: a spool of 64 MiB, and little memory

sql 'create unlogged table wide (a text check (length(a) <> 999))'
{
	printf '#rows\t1\tpublic\twide\n#fields\ta\n#types\ttext\n'
	yes "$(head -c 1000 /dev/zero | tr '\0' x)" | head -n 160000 | sed '2~20000s/x//'
	printf '#end\t160000\t0\n'
} >"$T/in"
# shellcheck disable=SC3045	# dash has it
(
	ulimit -f 135000
	python3 "$TOP/tests/lib/peak.py" "pg-copy -e 10 -E $T/bad postgresql://" <"$T/in" 2>"$T/peak" >/dev/null
) || :
is "$(tail -n 1 "$T/peak" | cut -f 1)" 0 '160 MB'
is "$(sql 'select count(*) from wide') $(bad | wc -l)" "$((160000 - 8)) 8" 'all is there'
[ -n "${PGTIDE_SANITIZE-}" ] ||
	is "$(tail -n 1 "$T/peak" | awk '$2 > 16384')" '' 'never more than 16 MiB of memory'
sql 'drop table wide'

# --- foreign keys

sql 'create table org (id int primary key); insert into org select generate_series(1, 10)'
sql 'create table member (id int primary key, org int references org, place text)'
seq 1 300 | awk '{ print $1, $1 % 50 == 0 ? 77 : $1 % 7 ? $1 % 10 + 1 : "\\N", $1 == 120 ? "x\\tx" : "y" }' |
	rows member 'id org place' 'integer integer text'
load 0 'a foreign key' -e 6 -E "$T/bad"
is "$(bad | tr '\n' ';')" '50 23503 org member_org_fkey;100 23503 org member_org_fkey;150 23503 org member_org_fkey;200 23503 org member_org_fkey;250 23503 org member_org_fkey;300 23503 org member_org_fkey;' 'its offenders are set aside'
is "$(sql 'select count(*) from member')" 294 'the rest is loaded'
sql 'truncate member'
load 1 'one offender more than allowed' -e 5 -E "$T/bad"
is "$(sql 'select count(*) from member')" 0 'loads nothing'
sed 's/^\(1[0-9]\)	/\1x	/' "$T/in" >"$T/in2" && mv "$T/in2" "$T/in"
load 0 'foreign keys and bad values' -e 20 -E "$T/bad"
is "$(bad | cut -d ' ' -f 2 | sort | uniq -c | tr -s ' ' | tr '\n' ';')" ' 10 22P02; 6 23503;' 'both are set aside'
is "$(sql 'select count(*) from member')" 284 'the rest is loaded'

for how in '' 'deferrable' 'deferrable initially deferred'; do
	sql "create table tree (id int primary key, up int references tree $how, org int not null references org $how)"
	# A child before its parent; 20 has none, 21 and 22 hang on it; 30 has a bad value, and 31 hangs on it.
	rows tree 'id up org' 'integer integer integer' <<-'END'
		1 2 1
		2 \N 1
		20 99 1
		21 20 1
		22 21 2
		30 2 x
		31 30 3
		40 1 77
		50 2 3
		50 2 4
	END
	load 0 "a tree ${how:-not deferrable}" -e 9 -E "$T/bad"
	is "$(bad | cut -d ' ' -f 1,2,3 | sort -n | tr '\n' ';')" \
		'3 23503 up;4 23503 up;5 23503 up;6 22P02 org;7 23503 up;8 23503 org;10 23505 ;' 'whatever has no parent is set aside'
	is "$(sql 'select array_agg(id order by id) from tree')" '{1,2,50}' 'the rest is there'
	sql 'drop table tree'
done

# A deferred key is satisfied by the table behind.
sql 'create table a (id int primary key); create table b (id int, a int references a deferrable initially deferred)'
{
	printf '#rows\t1\tpublic\tb\n#fields\tid\ta\n#types\tinteger\tinteger\n1\t1\n2\t5x\n3\t2\n#end\t3\t0\n'
	printf '#rows\t1\tpublic\ta\n#fields\tid\n#types\tinteger\n1\n2\n2\n#end\t3\t0\n'
} >"$T/in"
load 0 'a child before its parent, deferred' -e 5 -E "$T/bad"
is "$(sql 'select count(*), (select count(*) from a) from b')" '2|2' 'both are there'
ok 'two tables in a reject file' rows-fmt "$T/bad"
sql 'truncate a, b'
sed '/^#rows	1	public	a/,$d' "$T/in" >"$T/in2" && mv "$T/in2" "$T/in"
load 0 'a child without its parent' -e 5 -E "$T/bad"
is "$(bad | tr '\n' ';')" '2 22P02 a ;1 23503 a b_a_fkey;3 23503 a b_a_fkey;' 'is set aside'

# --- other errors without a line

sql 'create table u (a int unique deferrable initially deferred, b int)'
seq 1 100 | awk '{ print $1 % 40, $1 }' | rows u 'a b' 'integer integer'
load 0 'a deferrable unique constraint' -e 80 -E "$T/bad"
is "$(sql 'select count(*), count(distinct a) from u') $(bad | cut -d ' ' -f 2- | sort | uniq -c | tr -s ' ')" \
	'40|40  60 23505 u_a_key' 'each value is there once'

sql "create table c (a int)"
sql "create function odd() returns trigger language plpgsql as
	\$\$ begin if new.a = 7 then raise 'seven'; end if; return null; end \$\$"
sql 'create constraint trigger odd after insert on c for each row execute function odd()'
seq 1 10 | rows c a integer
load 1 "a constraint trigger's own error" -e 5 -E "$T/bad"
like "$(cat "$T/err")" "^pg-copy: public.c: behind the rows, out of a trigger's own code.*: seven \(P0001\)" 'fails the range, and says so'
load 0 'unless it is disabled' -x
is "$(sql 'select count(*) from c')" 10 'then all is there'
is "$(sql "select tgenabled from pg_trigger where tgname = 'odd'")" O 'the trigger is enabled again'
sql 'drop trigger odd on c; truncate c'
sql 'create trigger odd before insert on c for each row execute function odd()'
load 1 'a trigger that swallows rows' -e 5 -E "$T/bad"
like "$(cat "$T/err")" 'dropped some' 'is noticed'

sql 'create table e (a int, exclude using btree (a with =))'
{ seq 1 5; echo 3; } | rows e a integer
load 0 'an exclusion constraint' -e 5 -E "$T/bad"
is "$(bad)" '6 23P01  e_a_excl' 'its offender is set aside'

# --- characters that the target lacks, and messages in other words

psql -Xqc "create database rejects_latin1 encoding latin1 locale 'C' template template0" 2>/dev/null
sql 'create table t (a text)' >/dev/null
PGDATABASE=rejects_latin1 psql -Xqc 'create table t (a text)'
seq 1 5000 | sed 's/^4[0-9]0$/& €/; s/^[0-9]*1$/& é/' >"$T/body"
{ printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\ttext\n'; cat "$T/body"; printf '#end\t5000\t0\n'; } >"$T/in"
exits 0 'a euro where there is none' sh -c 'PGDATABASE=rejects_latin1 exec pg-copy -e 10 -E "$1/bad" postgresql:// <"$1/in"' sh "$T"
is "$(bad | cut -d ' ' -f 1,2 | tr '\n' ' ')" '400 22P05 410 22P05 420 22P05 430 22P05 440 22P05 450 22P05 460 22P05 470 22P05 480 22P05 490 22P05 ' \
	'is set aside'
psql -Xqc 'drop database rejects_latin1'

done_testing
