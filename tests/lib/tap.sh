# TAP for tests in sh. A test begins with
#
#	#!/bin/sh
#	set -eu
#	. "$(dirname "$0")/lib/tap.sh"
#
# and ends with done_testing. It has
#
#	$TOP, $T            the checkout; a directory of its own, removed at exit
#	ok DESC COMMAND…    passes if COMMAND ends with 0; its output is shown if not
#	exits N DESC COMMAND…   passes if COMMAND ends with status N
#	is GOT WANT DESC    two strings are equal
#	like GOT ERE DESC   a line of GOT matches an extended regular expression
#	same_file GOT WANT DESC   two files are equal; shows the diff if not
#	pass DESC, fail DESC, diag TEXT
#	skip DESC REASON, skip_all REASON (ends the test)
#	on_exit COMMAND
#
# Programs are taken from $PGTIDE_BIN, by default build/bin. Results count in this shell only: no
# assertions in a subshell or in a loop at the end of a pipe.
# shellcheck shell=sh

TOP=$(cd "$(dirname "$0")" && while [ ! -f Makefile ] && [ "$PWD" != / ]; do cd ..; done && pwd)
# shellcheck source=scripts/lib/on-exit.sh
. "$TOP/scripts/lib/on-exit.sh"

PGTIDE_BIN=${PGTIDE_BIN:-$TOP/build/bin}
PATH=$PGTIDE_BIN:$PATH
LC_ALL=C.UTF-8
T=$(mktemp -d "${TMPDIR:-/tmp}/pgtide-test.XXXXXX")
export TOP PGTIDE_BIN PATH LC_ALL T
on_exit 'chmod -R u+rwx "$T"; rm -rf "$T"'

tap_count=0
tap_failed=0

diag()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

pass()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

fail()
{
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
}

skip()
{
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

skip_all()
{
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

exits()
{
	tap_want=$1 tap_desc=$2 tap_got=0
	shift 2
	"$@" >"$T/.output" 2>&1 || tap_got=$?
	if [ "$tap_got" -eq "$tap_want" ]; then
		pass "$tap_desc"
	else
		fail "$tap_desc"
		diag "status $tap_got, not $tap_want: $*"
		head -n 50 "$T/.output" | sed 's/^/#   /'
	fi
}

ok()
{
	exits 0 "$@"
}

is()
{
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "     got: $1"
		diag "expected: $2"
	fi
}

like()
{
	if printf '%s\n' "$1" | grep -Eq -e "$2"; then
		pass "$3"
	else
		fail "$3"
		diag "     got: $1"
		diag "to match: $2"
	fi
}

same_file()
{
	if diff -u "$2" "$1" >"$T/.diff" 2>&1; then
		pass "$3"
	else
		fail "$3"
		head -n 50 "$T/.diff" | sed 's/^/# /'
	fi
}

done_testing()
{
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ] || exit 1
}
