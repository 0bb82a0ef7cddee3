#!/bin/sh
# The language of cast rules, by tables: tests/rules/good.txt holds rule files and what each of them decides of the schema
# in tests/rules/source, tests/rules/wrong.txt those that are refused, with the message.
#
#	PGTIDE_BLESS=1 tests/rules.t	writes what is decided now into the tables
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

awk -f "$TOP/tests/golden/cast-schema/schema.awk" -v source=mysql "$TOP/tests/rules/source" >"$T/source"

# Case N of a table is the file N.cast, and N.more.cast when there is a second one.
split()
{
	awk -v dir="$2" '
		/^#/ && !/^### / && !n { next }
		/^### / { close(file); file = dir "/" ++n ".cast"; printf "" >file; next }
		/^=> / || !n { next }
		$0 == "---" { close(file); file = dir "/" n ".more.cast"; next }
		{ print >file }
	' "$1"
}

# What rules of these files decided, a line each; without what other rules and parts see to.
decided()
{
	awk -F '\t' -v OFS=' ' '
		# Where its rows are kept.
		function placed(   i, text) {
			for (i = 4; i <= NF; i++) if ($i ~ /^(tablespace|storage)=/) text = text " " $i
			return text
		}
		$1 == "table" {
			from = ""
			for (i = 4; i <= NF; i++) if ($i ~ /^from=/) from = substr($i, 6)
			table = $2 "." $3
			if (table !~ /^(shop|arch)\./ || from != $3 || placed()) print "=> table", table placed()
		}
		$1 == "column" {
			shown = ""; from = ""; ours = 0
			for (i = 4; i <= NF; i++) {
				if ($i ~ /^(notnull|identity=|default=|using=)/) shown = shown " " $i
				if ($i ~ /^from=/) from = substr($i, 6)
				if ($i ~ /^rule=x/) { ours = 1; shown = shown " " $i }
			}
			if (ours || from != $2) print "=> " table "." $2 ": " $3 shown
		}
		$1 == "skipped" && $2 == "table" { print "=> skipped", $2, $3, $4 }
		$1 == "skipped" && $2 != "table" && /rule x/ { print "=> " table ": skipped", $2, $3, $4, $5 }
	' "$1"
}

# run TABLE: writes the table with what happens now.
run()
{
	mkdir "$T/$1"
	split "$TOP/tests/rules/$1.txt" "$T/$1"
	n=0
	while n=$((n + 1)) && [ -f "$T/$1/$n.cast" ]; do
		mv "$T/$1/$n.cast" "$T/x.cast"
		set -- "$1" -r x.cast
		if [ -f "$T/$1/$n.more.cast" ]; then
			mv "$T/$1/$n.more.cast" "$T/xx.cast"
			set -- "$@" -r xx.cast
		fi
		table=$1
		shift
		status=0
		(cd "$T" && cast-schema "$@" source >out 2>err) || status=$?
		{
			[ "$status" -ne 0 ] || decided "$T/out"
			sed 's/^cast-schema: /=> /' "$T/err"
			case $table$status in good0 | wrong2) ;; *) echo "=> status $status" ;; esac
		} >"$T/$table/$n.got"
		set -- "$table"
	done
	awk -v dir="$T/$1" '
		function flush() {
			if (n) while ((getline line <(dir "/" n ".got")) > 0) print line
			n++
		}
		/^### / { flush() }
		!/^=> / { print }
		END { flush() }
	' "$TOP/tests/rules/$1.txt" >"$T/$1.txt"
}

# cases TABLE COUNT: as many there are at least, and each comes out as the table says.
cases()
{
	run "$1"
	count=$(grep -c '^### ' "$TOP/tests/rules/$1.txt")
	[ -z "${PGTIDE_BLESS-}" ] || cp "$T/$1.txt" "$TOP/tests/rules/$1.txt"
	is "$((count >= $2))" 1 "$1: at least $2 rule files"
	same_file "$T/$1.txt" "$TOP/tests/rules/$1.txt" "$1: $count rule files"
}

cases good 120
is "$(grep -c '^=> status' "$TOP/tests/rules/good.txt" || :)" 0 'good: none is refused'
cases wrong 60
is "$(grep '^=> ' "$TOP/tests/rules/wrong.txt" | grep -vc 'x\.cast:[0-9]' || :)" 0 'wrong: each message says where'
is "$(grep -c '^=> ' "$TOP/tests/rules/wrong.txt")" "$count" 'wrong: each is one message'

# --- much of it: ten megabytes, and ten thousand parentheses ----------------------------------------

bytes=10000000
if [ -n "${PGTIDE_SANITIZE-}" ]; then
	bytes=1000000
fi

# repeated LINE…: these lines over and over, with numbers for each %
repeated()
{
	printf '%s\n' "$@" | awk -v bytes="$bytes" '
		{ line[NR] = $0 }
		END {
			while (written < bytes) {
				text = line[n % NR + 1]
				gsub(/%/, n++, text)
				print text
				written += length(text) + 1
			}
		}'
}

# nested N OPEN MIDDLE CLOSE
nested()
{
	awk -v n="$1" -v open="$2" -v middle="$3" -v shut="$4" 'BEGIN {
		printf "type int when "
		for (i = 0; i < n; i++) printf "%s", open
		printf "%s", middle
		for (i = 0; i < n; i++) printf "%s", shut
		print " to text"
	}'
}

# answered STATUS MESSAGE DESC: x.cast, within five seconds of the processor's time; other work does not count.
answered()
{
	status=0
	# shellcheck disable=SC3045	# -t is no POSIX, but all shells have it
	(cd "$T" && ulimit -t 5 && cast-schema -r x.cast source) >"$T/out" 2>"$T/err" || status=$?
	is "$status" "$1" "$3"
	like "$(cat "$T/err")" "$2" "$3: $2"
}

repeated 'type type% when unsigned and (< 9 precision) to numeric drop default' 'column table%.column% to text' \
	'column ~/^t%_/.~/c$/ to text' 'column t%_*.* set default %' 'neutral i32 when default % using right-trim' \
	'table t% rename to u%' >"$T/x.cast"
answered 0 'other rules decided nothing' "$bytes bytes of rules"
nested 10000 '(' 'precision = 11' ')' >"$T/x.cast"
answered 0 '^$' '10,000 nested parentheses'
is "$(grep -c "rule=x.cast:1$" "$T/out")" 4 '10,000 nested parentheses: the condition holds'
nested 10001 '(not ' '(= precision 11)' ')' >"$T/x.cast"
answered 0 '^$' '10,001 times not'
is "$(sed -n 's/^column	\([^	]*\).*rule=x.cast:1$/\1/p' "$T/out")" zf '10,001 times not: the condition holds'
nested 10000 '(and (or (= 1 2) (= 11 precision)) ' '(= 11 precision)' ')' >"$T/x.cast"
answered 0 '^$' '10,000 nested conditions'
nested 10000 '(' 'precision = 11' '' >"$T/x.cast"
answered 2 "expected and, or or '\)', got 'to'" '10,000 parentheses without their end'
nested "$((bytes / 2))" '(' 'precision = 12' ')' >"$T/x.cast"
answered 0 'never matched' "$bytes bytes of nested parentheses"
nested 10000 '' '' '' | sed 's/.*/type int to numeric/' | awk '{ printf "%s", $0 } END { for (i = 0; i < 10000; i++) printf "(" }' >"$T/x.cast"
answered 2 "expected '\)', got '\('" '10,000 parentheses in a type'

done_testing
