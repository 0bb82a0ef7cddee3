#!/bin/sh
# pg-ddl and pg-schema against each other on a real server: what one makes, the other reads back.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck disable=SC2119	# our own arguments are none of its business
pg_need

schema=$TOP/tests/golden/pg-ddl/shop.schema

# run_sql FILE: as the script does it.
run_sql()
{
	psql -XqAt -v ON_ERROR_STOP=1 -f - <"$1" >"$T/psql.out"
}

# make_target SCHEMA
make_target()
{
	pg-ddl -s pre -o "$T/pre.sql" "$1" && run_sql "$T/pre.sql" &&
		pg-ddl -s post -o "$T/post.sql" "$1" && run_sql "$T/post.sql"
}

# What must be the same on both sides, however the source or the server spells expressions.
identity()
{
	schema-fmt -l "$1" | awk -F '\t' -v OFS='\t' '
	{
		kind = $3
		if ($1 == "enum" || $1 == "sequence" || $1 == "table" || $1 == "skipped")
			kind = $1
		if (kind == "skipped" || kind == "check" || kind == "keyexpr")
			next
		line = ""
		for (i = 1; i <= NF; i++)
			if ($i !~ /^(default|defexpr|generated|from|fromschema|was|rule|where|database)=/ &&
			    $i !~ /^(deferrable|method=btree)$/)
				line = line $i "\t"
		print line
	}'
}

# A foreign key without a name, and without the column it refers to, gets both from the server.
with_names()
{
	sed -e 's/\(public	artist	foreign	\)	/\1artist_id_fkey	/' -e 's/	pair	id	$/	pair	id	id/' \
		-e 's/	pair	id		$/	pair	id	id	/' -e 's/comment=	$//' \
		-e 's/\(column	n	smallint\)	identity/\1	notnull	identity/'
}

pg_fresh first
ok 'pre and post of a schema run' make_target "$schema"
ok 'pg-schema reads it back' pg-schema -o "$T/first.schema" "postgresql:///$PGDATABASE"
ok 'what it writes is a schema' schema-fmt -q "$T/first.schema"
identity "$schema" | with_names >"$T/planned"
identity "$T/first.schema" >"$T/found"
same_file "$T/found" "$T/planned" 'objects, columns, types, keys, indexes and foreign keys are as planned'
is "$(grep -c '^column' "$T/first.schema")" "$(grep -c '^column' "$schema")" 'all columns are there'

exits 3 'a table that is there already is an error' make_target "$schema"

# The catalogue is a target schema itself: once more through SQL it is the same byte for byte.
pg_fresh second
ok 'SQL of a catalogue runs' make_target "$T/first.schema"
pg-schema "postgresql:///$PGDATABASE" | sed 's/database=[^	]*second$/database=first/' >"$T/second.schema"
sed 's/database=[^	]*first$/database=first/' "$T/first.schema" >"$T/first.same"
same_file "$T/second.schema" "$T/first.same" 'and makes the same catalogue'
pg-schema "postgresql:///$PGDATABASE" | sed 's/database=[^	]*second$/database=first/' >"$T/again.schema"
same_file "$T/again.schema" "$T/second.schema" 'a second reading is identical'

# Identities: rows are there before the positions are set. Each line: table, type, identity options, next line,
# values, what an insert without a value then gets.
pg_fresh identities
cases="$T/cases"
cat >"$cases" <<'END'
plain	bigint		8	1,2,7	8
ahead	bigint		100	1,2,7	100
behind	bigint		3	1,2,7	8
empty	bigint		1		1
untouched	bigint		42		42
negative	bigint		-8	-10,-9	1
small	smallint		32768	32767	fails
int	integer		2147483648	2147483647	fails
big	bigint		9223372036854775808	9223372036854775807	fails
last	smallint		32767	32766	32767
unsigned	bigint		18446744073709551615	1	fails
zero	integer	start=0	0		0
below	integer	start=-100,increment=10	-70	-100,-90,-80	-70
down	integer	start=100,increment=-1	97	100,99,98	97
deep	smallint	increment=-1	-32769	-32768	fails
END
tab=$(printf '\t')
{
	printf '#schema\t1\tsource=sqlite\ttarget=postgresql\n'
	while IFS= read -r line; do
		# IFS would merge empty fields.
		name=$(printf '%s\n' "$line" | cut -f 1) type=$(printf '%s\n' "$line" | cut -f 2)
		options=$(printf '%s\n' "$line" | cut -f 3 | tr , '\t') next=$(printf '%s\n' "$line" | cut -f 4)
		printf 'table\tpublic\t%s\ncolumn\tid\t%s\tidentity=bydefault%s\nnext\tid\t%s\n' \
			"$name" "$type" "${options:+$tab$options}" "$next"
	done <"$cases"
	printf '#end\t%d\n' $((3 * $(wc -l <"$cases")))
} >"$T/identities.schema"
pg-ddl -s pre "$T/identities.schema" >"$T/pre.sql"
run_sql "$T/pre.sql"
while IFS= read -r line; do
	values=$(printf '%s\n' "$line" | cut -f 5)
	if [ -n "$values" ]; then
		psql -Xqc "insert into \"${line%%"$tab"*}\" select unnest('{$values}'::bigint[])"
	fi
done <"$cases"
pg-ddl -s post "$T/identities.schema" >"$T/post.sql"
ok 'positions of identities can be set' run_sql "$T/post.sql"
while IFS= read -r line; do
	name=${line%%"$tab"*}
	got=$(psql -XqAtc "insert into \"$name\" default values returning id" 2>"$T/said" || echo fails)
	is "$got" "${line##*"$tab"}" "$name: the next value after an import"
done <"$cases"

# Nobody needs rights on the tables; a position that may not be read is said.
role=pgtide_reader_$$
psql -Xqc "create role $role login"
on_exit "psql -Xqd '$PGDATABASE' -c 'drop role if exists $role'"
ok 'a role without any right reads the catalogue' \
	env PGUSER="$role" pg-schema -t big -o "$T/norights" "postgresql:///$PGDATABASE"
like "$(PGUSER=$role pg-schema -t big "postgresql:///$PGDATABASE" 2>&1 >/dev/null)" \
	"^pg-schema: sequence 'public.big_id_seq': no right to read its position$" 'and is told what it could not'
is "$(grep -c '^next' "$T/norights")" 0 'no position is made up'

done_testing
