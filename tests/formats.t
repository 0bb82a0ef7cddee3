#!/bin/sh
# The man pages rows(5) and schema(5) are enough to write a stage from: tests/lib/formats.py was
# written from them alone, and must agree with rows-fmt and schema-fmt in status and output on
#
#	tests/samples/FORMAT/valid, invalid, cut    each with one oddity, which its name tells
#	tests/lib/mutate.py                         samples damaged at random, always the same ones
#	tests/lib/compare.py                        long lines, prefixes, text that Python wrote
#
# What is written must also be canonical: written again, it stays the same.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

command -v python3 >/dev/null || skip_all 'there is no python3'

PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
samples=$TOP/tests/samples
tab=$(printf '\t')

# --- C and Python

kinds='samples mutants prefixes long written'
for what in $kinds; do
	mkdir "$T/$what"
	python3 "$TOP/tests/lib/compare.py" "$what" "$samples" "$T/$what" >"$T/$what.results" &
	echo $! >"$T/$what.pid"
done

for what in $kinds; do
	ok "$what: compared" wait "$(cat "$T/$what.pid")"
	while IFS=$tab read -r verdict case why; do
		if [ "$verdict" = ok ]; then
			pass "$case"
		else
			fail "$case"
			diag "$why"
		fi
	done <"$T/$what.results"
done

# --- formats.py is a program as well

is "$(find "$samples" -name '*.rows' | wc -l)" \
	"$(cut -f 2 "$T/samples.results" | grep -Ec '^(valid|invalid|cut): .*\.rows$')" 'no sample of rows was left out'
is "$(find "$samples" -name '*.schema' | wc -l)" \
	"$(cut -f 2 "$T/samples.results" | grep -Ec '^(valid|invalid|cut): .*\.schema$')" 'no sample of a schema was left out'

for format in rows schema; do
	for kind in valid:0 invalid:1 cut:3; do
		sample=$(find "$samples/$format/${kind%:*}" -type f | LC_ALL=C sort | sed -n 2p)
		status=0
		python3 "$TOP/tests/lib/formats.py" "$format" <"$sample" >"$T/out" 2>"$T/err" || status=$?
		is "$status" "${kind#*:}" "formats.py $format ends with ${kind#*:}"
		if [ "$status" -eq 0 ]; then
			"$format-fmt" <"$sample" >"$T/want"
			same_file "$T/out" "$T/want" "formats.py $format writes the same"
		else
			like "$(cat "$T/err")" '^formats.py: -: ' "formats.py $format says why"
			ok "formats.py $format writes nothing then" test ! -s "$T/out"
		fi
	done
done

# --- the examples in the man pages are right

for format in rows schema; do
	sed -n '/^\.Bd -literal/,/^\.Ed/{/^\./!p;/^\.Ed/q;}' "$TOP/schema/$format.5" |
		sed 's/\\e/\\/g; s/\\&//g' >"$T/example"
	ok "the first example of $format(5) is valid" "$format-fmt" -q "$T/example"
	same_file "$samples/$format/valid/man-page.$format" "$T/example" "it is among the samples"
done

done_testing
