#!/bin/sh
# COPY BINARY and COPY text make the same of every value: a table of edges (binary.tsv) goes either way, and what is stored,
# what is refused and why has to be the same, byte for byte.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

# shellcheck disable=SC2119	# no TCP
pg_need
pg_fresh binary
TMPDIR=$T
export TMPDIR
TAB='	'

# streams: of lines `number TAB type TAB flag TAB value`, a table for each type.
streams()
{
	awk -F "$TAB" -v OFS="$TAB" '
		function finish() { if (n) print "#end", n, 0; n = 0 }
		NR == FNR { number[$1] = "t" NR; next }
		$2 != last {
			finish()
			last = $2
			print "#rows", 1, "public", number[$2]
			print "#fields", "id", "v"
			print "#types", "integer", $2
		}
		{ print $1, $4; n++ }
		END { finish() }
	' "$T/types" -
}

# mutated: the table with more values behind each one: a byte more, a byte less, another byte, of those in the value before.
mutated()
{
	awk -F "$TAB" -v OFS="$TAB" '
		function pick(s) { return substr(s, 1 + int(rand() * length(s)), 1) }
		BEGIN { srand(7) }
		{
			print
			if ($3 ~ /\\/ || $3 !~ /^[ -~]+$/ || length($3) > 80)
				next
			for (i = 0; i < 6; i++) {
				at = int(rand() * (length($3) + 1))
				print $1, "-", substr($3, 1, at) (i % 3 == 1 ? "" : pick($1 == type ? value : $3)) \
					substr($3, at + (i % 3 == 0 ? 1 : 2))
			}
			type = $1
			value = $3
		}
	'
}

# stored NAME: what its tables hold, as the server sends it.
stored()
{
	while read -r table; do
		printf '\\copy (select * from %s order by id) to program '\''cat >>"%s"'\'' (format binary)\n' "$table" "$T/$1.stored"
	done <"$T/tables" >"$T/script"
	psql -Xq -f "$T/script"
}

sql "create type mood as enum ('glad', 'so-so', E'it\\'s \"x\"\\t')"
sql "create domain positive as integer check (value > 0);
	create domain small as positive check (value <= 100);
	create domain needed as text not null;
	create domain code as varchar(3) check (value ~ '^[A-Z]');
	create domain price as numeric(6,2);
	create domain feeling as mood check (value <> 'so-so');
	create domain flag as bit(3);
	create domain counts as integer[] check (cardinality(value) < 4);
	create domain marks as varchar(2)[];
	create domain moods as mood[] check (not 'so-so' = any (value));
	create domain chosen as small[] check (cardinality(value) < 3);
	create domain span as interval(0);
	create domain host as inet check (value << '10.0.0.0/8')"
# A check may say anything, and then the context of the error has more than COPY's line.
psql -Xq <<'END'
create function lucky(n integer) returns boolean language plpgsql as $$
	begin
		if n = 13 then
			raise exception 'not %', n using errcode = '22003', column = 'id';
		end if;
		return n <> 666;
	end $$;
create domain spoken as integer check (lucky(value));
END
sed '/^#/d' "$TOP/tests/binary.tsv" | mutated | awk -v OFS="$TAB" '{ print NR, $0 }' >"$T/table"
cut -f 2 "$T/table" | awk '!seen[$0]++' >"$T/types"
awk '{ print "t" NR }' "$T/types" >"$T/tables"
awk '{ print "create unlogged table t" NR " (id integer, v " $0 ");" }' "$T/types" >"$T/create.sql"
sed 's/^create unlogged table \(t[0-9]*\) .*/truncate \1;/' "$T/create.sql" >"$T/empty.sql"
psql -Xq -v ON_ERROR_STOP=1 -f "$T/create.sql"

streams <"$T/table" >"$T/all"
for format in text binary; do
	ok "$format: all values, the bad ones set aside" sh -c '
		exec pg-copy -f "$2" -e 100% -E "$1/$2.bad" postgresql:// <"$1/all"' sh "$T" "$format"
	stored $format
	psql -Xqf "$T/empty.sql"
done
ok 'some values are refused' grep -q '^# reject' "$T/text.bad"
ok 'some are stored' test "$(wc -c <"$T/text.stored")" -gt 10000
same_file "$T/binary.bad" "$T/text.bad" "the same $(grep -c '^# reject' "$T/text.bad") values are refused, in the same words"
same_file "$T/binary.stored" "$T/text.stored" 'and the same are stored'

# The good ones without -e, and those that need no text.
grep -v '^#' "$T/text.bad" | awk -F "$TAB" 'NR == FNR { bad[$1]; next } !($1 in bad)' - "$T/table" >"$T/taken"
streams <"$T/taken" >"$T/good"
awk -F "$TAB" '$3 == "b"' "$T/taken" | streams >"$T/straight"
ok 'the good ones go without -e' pg-copy -f binary postgresql:// <"$T/good"
stored good
same_file "$T/good.stored" "$T/text.stored" 'and the same is stored'
psql -Xqf "$T/empty.sql"

# The server tells each statement that it runs.
pg-copy -c log_statement=all -c client_min_messages=log postgresql:// <"$T/straight" >"$T/log" 2>&1
is "$(grep -c 'FORMAT binary' "$T/log")" "$(wc -l <"$T/types")" 'each type has a binary form'
is "$(grep -c 'FORMAT text' "$T/log" || :)" 0 'and what is marked with b needs no text'

# --- a message that ends the load

sql 'create table single (a integer, v small, w needed)'
for row in '1	101	a' '1	0	a' '1	1	\N' '1	\N	\N'; do
	printf '#rows	1	public	single\n#fields	a	v	w\n#types	integer	small	needed\n0	1	x\n%s\n2	2	x\n#end	3	0\n' "$row" >"$T/one"
	for format in text binary; do
		exits 1 "$format: a domain refuses" sh -c 'exec pg-copy -f "$2" postgresql:// <"$1"' sh "$T/one" $format
		cp "$T/.output" "$T/said.$format"
	done
	same_file "$T/said.binary" "$T/said.text" "$(cat "$T/said.text")"
done

# --- what only text can do

sql 'create domain minutes as interval day to minute; create domain page as xml'
for type in xml money regclass int4range 'interval day to minute' minutes page 'page[]' 'interval[]' 'counts[]'; do
	sql "create table as_text (v $type)"
	printf '#rows	1	public	as_text\n#fields	v\n#types	%s\n\\N\n#end	1	0\n' "$type" >"$T/one"
	exits 1 "$type: not as binary" sh -c 'exec pg-copy -f binary postgresql:// <"$1"' sh "$T/one"
	like "$(cat "$T/.output")" "cannot go as COPY BINARY: column 'v' is of type " 'and it says why'
	ok "$type: as text" sh -c 'exec pg-copy postgresql:// <"$1"' sh "$T/one"
	is "$(sql 'select count(*) from as_text; drop table as_text')" 1 'which is stored'
done

done_testing
