#!/bin/sh
# What holds for the tree and for every program alike.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

# --- the top of the tree is what the design says, and not one name more

top_entries()
{
	if git -C "$TOP" rev-parse >/dev/null 2>&1; then
		git -C "$TOP" ls-files --cached --others --exclude-standard | sed 's|/.*||'
	else
		find "$TOP" -mindepth 1 -maxdepth 1 ! -name build ! -name .git -printf '%f\n'
	fi | LC_ALL=C sort -u
}

for entry in $(top_entries); do
	case $entry in
	extract | transform | load | schema | scripts | tests | Makefile | README.md | LICENSE) ;;
	.?*) ;;
	*) fail "'$entry' does not belong at the top" ;;
	esac
done
for entry in extract transform load schema scripts tests Makefile README.md LICENSE; do
	ok "there is $entry" test -e "$TOP/$entry"
done

# --- every program answers alike, and has its man page beside it

# The man page beside the source, wherever that is.
man_page()
{
	for page in "$TOP"/scripts/"$1".1 "$TOP"/extract/"$1".1 "$TOP"/transform/"$1".1 \
		"$TOP"/load/"$1".1 "$TOP"/schema/"$1".1 "$TOP"/schema/*/"$1".1; do
		[ ! -f "$page" ] || echo "$page"
	done
}

for program in "$PGTIDE_BIN"/*; do
	name=$(basename "$program")
	case $name in
	fuzz-* | '*') continue ;;
	esac

	page=$(man_page "$name")
	is "$(printf '%s\n' "$page" | grep -c .)" 1 "$name has one man page"
	if [ -n "$page" ]; then
		ok "$name: its man page names it" grep -q "^\\.Nm $name\$" "$page"
	fi

	for option in -h -V; do
		status=0
		timeout 10 "$program" "$option" </dev/null >"$T/out" 2>"$T/err" || status=$?
		is "$status" 0 "$name $option ends with 0"
		ok "$name $option writes to standard output" test -s "$T/out"
		ok "$name $option leaves standard error alone" test ! -s "$T/err"

		status=0
		timeout 10 "$program" "$option" </dev/null >/dev/full 2>"$T/err" || status=$?
		ok "$name $option notices a full disk" test "$status" -ne 0
	done
	line=$(timeout 10 "$program" -V </dev/null)
	like "$line" "^$name .*[0-9]" "$name -V says its name and version"

	status=0
	timeout 10 "$program" -@ </dev/null >"$T/out" 2>"$T/err" || status=$?
	is "$status" 2 "$name refuses an unknown option with 2"
	ok "$name: nothing on standard output then" test ! -s "$T/out"
	like "$(head -n 1 "$T/err")" "^$name: " "$name: the message begins with its name"
done

for page in $(find "$TOP/schema" "$TOP/extract" "$TOP/transform" "$TOP/load" "$TOP/scripts" \
	-name '*.[157]' | LC_ALL=C sort); do
	ok "${page#"$TOP"/} has examples" grep -q '^\.Sh EXAMPLES' "$page"
done

done_testing
