#!/bin/sh
# Every NAME.sh under tests/golden is a case: its output, messages and status must be NAME.out,
# NAME.err and NAME.exit (no file: nothing, nothing, 0).
#
#	tests/golden.t [WORD…]              runs the cases with a WORD in their path
#	PGTIDE_BLESS=1 tests/golden.t …     writes the files instead of comparing
#
# A case runs in its own folder under `sh -eu`, without input. $T is an empty directory of its own;
# its path, and that of the server's socket, appear in the results as $T and $PGHOST. A line
# `# needs: PROGRAM…` skips the case where one is missing. NAME.pg.sh has a PostgreSQL with an empty
# database (psql just works) and is compared with NAME.out and so on as well.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"
# shellcheck source=tests/lib/pg.sh
. "$TOP/tests/lib/pg.sh"

cd "$TOP/tests"

# Prints the first program of the `# needs:` lines that is not there.
missing()
{
	# shellcheck disable=SC2013	# words are what we want
	for program in $(sed -n 's/^# needs: *//p' "$1"); do
		command -v "$program" >/dev/null || { echo "$program"; return; }
	done
}

# The server starts with the first case that wants it.
pg_state=unknown
pg_ready()
{
	if [ "$pg_state" = unknown ]; then
		pg_state=none
		if [ -n "${PGTIDE_TEST_PGHOST-}" ] || pg_find; then
			pg_start
			pg_state=running
		fi
	fi
	[ "$pg_state" = running ]
}

mask()
{
	LC_ALL=C sed -e "s|$T/case|\$T|g" ${PGHOST:+-e "s|$PGHOST|\$PGHOST|g"} \
		${PG_SHARED_DATABASE:+-e "s|${PG_SHARED_DATABASE}_||g"}
}

# What the case left, in $T/got.out, .err and .exit; nothing to say is no file.
run_case()
{
	rm -rf "$T/case" "$T"/got.*
	mkdir "$T/case"
	status=0
	(cd "$(dirname "$1")" && T=$T/case timeout 300 sh -eu "$(basename "$1")") \
		</dev/null >"$T/raw.out" 2>"$T/raw.err" || status=$?
	mask <"$T/raw.out" >"$T/got.out"
	mask <"$T/raw.err" >"$T/got.err"
	echo "$status" >"$T/got.exit"
	[ -s "$T/got.out" ] || rm "$T/got.out"
	[ -s "$T/got.err" ] || rm "$T/got.err"
	[ "$status" -ne 0 ] || rm "$T/got.exit"
}

bless()
{
	for kind in out err exit; do
		rm -f "$1.$kind"
		if [ -f "$T/got.$kind" ]; then
			cp "$T/got.$kind" "$1.$kind"
		fi
	done
}

compare()
{
	for kind in exit err out; do
		want=$1.$kind got=$T/got.$kind
		[ -f "$want" ] || want=/dev/null
		[ -f "$got" ] || got=/dev/null
		cmp -s "$want" "$got" || diff -u -a --label "$1.$kind" --label "got, $kind" "$want" "$got"
	done >"$T/diff" || :
	find "$T/case" -name verdict -type f | while IFS= read -r run; do
		counter_faults "${run%/verdict}"
	done >>"$T/diff"
	[ ! -s "$T/diff" ]
}

for case in $(find golden -name '*.sh' 2>/dev/null | LC_ALL=C sort); do
	name=${case%.sh}
	name=${name%.pg}
	wanted "$case" "$@" || continue

	lacks=$(missing "$case")
	if [ -n "$lacks" ]; then
		skip "$name" "$lacks is not there"
		continue
	fi
	case $case in
	*.pg.sh)
		if ! pg_ready; then
			skip "$name" 'no PostgreSQL server installed'
			continue
		fi
		pg_fresh golden
		;;
	esac

	run_case "$case"
	if [ -n "${PGTIDE_BLESS-}" ]; then
		bless "$name"
		pass "$name # blessed"
	elif compare "$name"; then
		pass "$name"
	else
		fail "$name"
		head -n 100 "$T/diff" | sed 's/^/# /'
	fi
done

[ "$tap_count" -gt 0 ] || skip_all 'no such case'
done_testing
