#!/bin/sh
# Only a part of it: no rows, no keys, some rows.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"
# shellcheck source=tests/lib/modes.sh
. "$TOP/tests/lib/modes.sh"

# --- less -------------------------------------------------------------------------------------------

pg_fresh schemaonly
exits 0 '--schema-only: no rows, and that is right' run schemaonly --schema-only
is "$(sql "select (select count(*) from p), (select count(*) from c), (select count(*) from pg_constraint where conname in ('c_p_fkey', 'p_v_key'))")" '0|0|2' \
	'tables and keys, and no rows'
exits 0 '… into which --data-only goes' run into --data-only
is "$(rows)" "$all" 'as it says'

pg_fresh less
exits 0 '--no-indexes' run noindexes --no-indexes --no-sequences
is "$(sql "select count(*) from pg_index where indrelid in ('p'::regclass, 'c'::regclass)")" 0 'no key, no index'
like "$(cat "$T/noindexes/report.txt")" '^not asked for: 4 keys and indexes$' 'the report says so'
is "$(sql "insert into p (v) values ('new') returning id")" 1 'nor a position'
exits 0 '--no-foreign-keys' run noforeign --drop --no-foreign-keys
is "$(sql "select count(*) from pg_constraint where contype = 'f'")|$(sql "select count(*) from pg_index where indrelid = 'p'::regclass")" '0|2' 'keys, but none to others'
exits 0 '--limit' run limit --drop --limit 10
is "$(sql "select (select count(*) from p), (select count(*) from c), (select count(*) from pg_constraint where contype = 'f')")" '10|10|0' 'so many rows of each table'
like "$(cat "$T/limit/report.txt")" '^NOT ALL ROWS: only the first 10 rows of each table were asked for' 'the report says so'
like "$(cat "$T/limit/verdict")" '^partial	rows	ok	only the first 10 rows' 'and the verdict'
exits 0 '--sample' run sample --drop --sample 10%
is "$(rows)" '20 1920|20 3840' 'one row of ten'
exits 0 '--no-digest' run nodigest --drop --no-digest
is "$(rows)|$(ls "$T/nodigest/digest")" "$all|" 'all rows, and none is read back'
is "$(grep '^digest' "$T/nodigest/verdict")" 'digest	rows	ok	not compared: --no-digest' 'the verdict says so'
like "$(cat "$T/nodigest/report.txt")" '^  digest: rows: not compared: --no-digest$' 'and the report'
exits 1 '--no-schemas: a schema that is missing' run noschemas -n nowhere --no-schemas
sql 'create schema nowhere'
exits 0 'one that is there' run noschemas2 -n nowhere --no-schemas
is "$(sql 'select count(*) from nowhere.c')" 200 'is used'

done_testing
