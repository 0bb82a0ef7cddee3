#!/bin/sh
# pgloader's command files: each good/NAME.load gives the job NAME.job, each bad/NAME.load the message NAME.err.
#
#	tests/load-file.t [WORD…]             looks at the cases with a WORD in their name
#	PGTIDE_BLESS=1 tests/load-file.t …    writes the files instead of comparing
#
# A line `-- args: …` at the beginning of a file has options for load-file.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

cd "$TOP/tests/load-file"
# What the templates and variables in the files are.
SHOP_DB=shop.db SHOP_SOURCE='mysql://ada@db/shop' SHOP_TABLE=Orders
export SHOP_DB SHOP_SOURCE SHOP_TABLE

# look KIND STATUS FILE…: out or err of each is to be KIND.
look()
{
	kind=$1 want=$2
	shift 2
	for load; do
		name=${load%.load}
		# shellcheck disable=SC2086	# words
		wanted "$name" $words || continue
		IFS= read -r first <"$load" || :
		args=
		case $first in '-- args: '*) args=${first#-- args: } ;; esac
		status=0
		# shellcheck disable=SC2086	# words
		load-file -p $args "$load" >"$T/job" 2>"$T/err" || status=$?
		if [ -n "${PGTIDE_BLESS-}" ]; then
			cp "$T/$kind" "$name.$kind"
		fi
		if [ "$status" -ne "$want" ]; then
			fail "$name: status $status"
			sed 's/^/# /' "$T/err"
		elif [ "$kind" = job ] && [ -s "$T/err" ]; then
			fail "$name: says something"
			sed 's/^/# /' "$T/err"
		elif ! cmp -s "$name.$kind" "$T/$kind"; then
			fail "$name"
			diff -u "$name.$kind" "$T/$kind" | sed 's/^/# /'
		else
			pass "$name"
		fi
	done
}

words=$*
look job 0 good/*.load
look err 2 bad/*.load

# --- a second of the processor is enough, however long a file is, and however deep: two on a busy machine

seconds=2
[ -z "${PGTIDE_SANITIZE-}" ] || seconds=10
answers()
{
	status=0
	# shellcheck disable=SC3045	# dash, bash and ksh have it
	(ulimit -t "$seconds" && exec load-file -p "$T/big.load") >"$T/job" 2>"$T/err" || status=$?
	is "$status" "$2" "$1"
}

awk 'BEGIN {
	print "load csv from inline (a, b) into postgresql:///x?t;"
	for (i = 0; i < 700000; i++) print "1234567,\"abc\""
}' >"$T/big.load"
answers '10 MB of data in a command file' 0
awk 'BEGIN {
	printf "load csv from inline (a) into postgresql:///x?t (a text using "
	for (i = 0; i < 10000; i++) printf "("
	for (i = 0; i < 10000; i++) printf ")"
	print ");"
}' >"$T/big.load"
answers '10,000 parentheses in an expression' 0
awk 'BEGIN {
	printf "load database from mysql:///x into postgresql:///x cast type int when "
	for (i = 0; i < 10000; i++) printf "("
	printf "precision = 1"
	for (i = 0; i < 10000; i++) printf ")"
	print " to bool;"
}' >"$T/big.load"
answers '10,000 parentheses in a rule' 0
awk 'BEGIN { for (i = 0; i < 10000000 / 20; i++) printf "/* a comment here */" }' >"$T/big.load"
answers '10 MB of comments' 2
awk 'BEGIN {
	printf "load database from mysql:///x into postgresql:///x including only table names matching '\''a'\''"
	for (i = 0; i < 100000; i++) printf ", ~/^table%d$/", i % 10
}' >"$T/big.load"
answers '100,000 tables' 0

done_testing
