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
#	wanted NAME [WORD…]   whether a case of this name is wanted: it has one of the words, or there are none
#	wait_for TENTHS COMMAND…  until COMMAND ends with 0, or so many tenths of a second have passed: then it fails
#	gives TEXT COMMAND…  whether that is what COMMAND prints
#	own_programs DIR    all programs there, for some of them to be replaced; $DIR/pgtide finds these
#	stand_in DIR PROGRAM    of these, PROGRAM is the script on standard input
#	counter_faults DIR  what does not add up in the figures of a run of pgtide, a line each
#
# Every run directory of pgtide that is left in $T at the end is looked at by counter_faults.
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

wanted()
{
	tap_name=$1
	shift
	[ $# -gt 0 ] || return 0
	for tap_word; do
		case $tap_name in *"$tap_word"*) return 0 ;; esac
	done
	return 1
}

wait_for()
{
	tap_tries=$1
	shift
	until "$@"; do
		[ "$tap_tries" -gt 0 ] || return 1
		tap_tries=$((tap_tries - 1))
		sleep 0.1
	done
}

gives()
{
	tap_text=$1
	shift
	[ "$("$@")" = "$tap_text" ]
}

own_programs()
{
	mkdir "$1"
	for tap_program in "$PGTIDE_BIN"/*; do
		ln -s "$tap_program" "$1/"
	done
	# It looks for the others where it is itself, and not where a link to it is.
	rm "$1/pgtide"
	cp "$PGTIDE_BIN/pgtide" "$1/"
}

stand_in()
{
	rm -f "$1/$2"
	cat >"$1/$2"
	chmod +x "$1/$2"
}

# Where all stages of a table's pipe ended well: rows given on and rejected up to there are the same number at each of
# them, and as many rows are in reject files as the last one counts. Independent of what pgtide itself finds.
counter_faults()
{
	for tap_stats in "$1"/stats/*.1-rows; do
		[ -f "$tap_stats" ] || continue
		tap_id=${tap_stats##*/}
		tap_id=${tap_id%.1-rows}
		[ "$(cat "$1/status/$tap_id".[123]-* 2>/dev/null | tr -d '\n')" = 000 ] || continue
		{
			cat "$1/stats/$tap_id".[123]-*
			find "$1/rejects" -name "$tap_id.*" -exec cat {} +
		} | awk -F '\t' -v where="$1: step $tap_id" '
			$1 == "stage" { stage++; table = 0 }
			$1 == "table" { sums[stage, ++table] = $4 + $6; tables = table; n++ }
			$1 == "table" && stage == 3 { rejected += $6 }
			$1 == "#end" { kept += $2 }
			END {
				if (stage != 3 || n != 3 * tables)
					print where ": " n " figures of " stage " stages for " tables " tables"
				for (i = 1; i <= tables; i++)
					if (sums[1, i] != sums[2, i] || sums[2, i] != sums[3, i])
						print where ": rows and rejects of the stages: " sums[1, i] ", " sums[2, i] ", " sums[3, i]
				if (kept + 0 != rejected + 0)
					print where ": " rejected + 0 " rejected, " kept + 0 " in files"
			}
		'
	done
}

tap_counters()
{
	find "$T" -name verdict -type f 2>/dev/null | while IFS= read -r tap_verdict; do
		counter_faults "${tap_verdict%/verdict}"
	done >"$T/.counters"
	if [ -s "$T/.counters" ]; then
		fail 'the counters of all stages add up in every run of pgtide'
		sed 's/^/# /' "$T/.counters"
	fi
}

done_testing()
{
	tap_counters
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ] || exit 1
}
