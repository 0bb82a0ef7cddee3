#!/bin/sh
# pgtide convert: every good command file that there is becomes a script that a shell can read, with what has no equivalent
# told; and the script asks pgtide for the same as pgtide-load does with the file, options, rules and SQL. What both make
# of a target is in convert-sqlite.t and convert-mysql.t.
set -eu
# shellcheck source=tests/lib/tap.sh
. "$(dirname "$0")/lib/tap.sh"

SHOP_DB=shop.db SHOP_SOURCE='mysql://ada:secret@db/shop' SHOP_TABLE=Orders
export SHOP_DB SHOP_SOURCE SHOP_TABLE
cd "$TOP/tests/load-file"

# Tells of what it is asked for, with the files that options name; no password, as a script has none.
own_programs "$T/bin"
rm "$T/bin/pgtide-load"
cp "$PGTIDE_BIN/pgtide-load" "$T/bin/"
stand_in "$T/bin" pgtide <<'END_OF_STAND_IN'
#!/bin/sh
shown()
{
	printf '%s %s\n' "$1" "$2" | sed 's|\(://[^:@/]*\):[^@/]*@|\1@|'
}
echo run
while [ $# -gt 0 ]; do
	case $1 in
	-q) ;;
	-d) shift ;;
	--rules=* | --before=* | --after=* | --after-schema=* | --query=*) echo "${1%=*}" && cat "${1##*=}" ;;
	-*) echo "$1" ;;
	*) break ;;
	esac
	shift
done
shown from "${1-$PGTIDE_SOURCE}"
shown into "${2-$PGTIDE_TARGET}"
END_OF_STAND_IN

# Of a list of files, those whose commands all have a source that can be read; why the others are only converted.
runnable()
{
	load-file -o "$T/jobs" "$@"
	for job in "$T"/jobs/*; do
		file=$(sed 's/:.*//' "$job/place") kind=$(cat "$job/kind")
		case $kind,$(cat "$job/source" 2>/dev/null || :) in
		*,http*) echo "$file	its source would have to be fetched" ;;
		sqlite,* | mysql,*) echo "$file" ;;
		*) echo "$file	its source is of $kind" ;;
		esac
	done | awk -F '\t' -v others="$T/others" '
		!($1 in n) { file[++files] = $1 }
		{ n[$1]++ }
		NF > 1 { why[$1] = $2 }
		END {
			for (i = 1; i <= files; i++)
				if (file[i] in why)
					print file[i] ": " why[file[i]] >others
				else
					print file[i]
		}'
	rm -r "$T/jobs"
}

# converts NAME WANT OPTION…: those in the list of this name, into $T/script.
converts()
{
	name=$1 want=$2
	shift 2
	status=0
	# shellcheck disable=SC2046	# their names have no blanks
	pgtide convert "$@" $(cat "$T/$name") >"$T/script" 2>"$T/err" || status=$?
	is "$status" "$want" "$name: $(wc -l <"$T/$name") command files: status $want"
	[ -s "$T/script" ] || cp "$T/$name.converted/run.sh" "$T/script"
	ok "$name: a shell can read the script" sh -n "$T/script"
	# What is told stands in the script too.
	sed -e 's/^pgtide-convert: //' -e 's/^[^ ]*: //' "$T/err" | sort -u >"$T/told"
	sed -n 's/^# //p' "$T/script" | sort -u >"$T/said"
	grep -v '^the password of ' "$T/told" | comm -23 - "$T/said" >"$T/missing"
	same_file "$T/missing" /dev/null "$name: what has no equivalent is told, and stands there too"
}

# both_ask NAME CONVERT-OPTIONS LOAD-OPTIONS: pgtide-load with the files in the list of this name, and the script.
both_ask()
{
	# shellcheck disable=SC2086	# words
	converts "$1" 0 $2 -d "$T/$1.converted"
	# shellcheck disable=SC2030,SC2031,SC2046,SC2086
	(PATH=$T/bin:$PATH && pgtide-load -q $3 -d "$T/$name.load" $(cat "$T/$name")) >"$T/by-load" 2>"$T/err" || diag "$(cat "$T/err")"
	# shellcheck disable=SC2031
	(PATH=$T/bin:$PATH && sh "$T/$name.converted/run.sh") >"$T/by-script" || diag "$name: the script fails"
	same_file "$T/by-script" "$T/by-load" "$name: both ask for the same, $(grep -c '^run$' "$T/by-load") times"
	ok "$name: which is something" test "$(grep -c '^run$' "$T/by-load")" -ge "$(wc -l <"$T/$name")"
}

grep -L '^-- args: ' good/*.load >"$T/all"
# shellcheck disable=SC2046	# their names have no blanks
runnable $(cat "$T/all") >"$T/files"
both_ask files '' ''
ok 'a password is told' grep -q '^the password of the source is left out' "$T/told"
ok 'and is not there' sh -c '! grep -rq secret "$@"' sh "$T/script" "$T/files.converted"
grep -lx -e '-- args: -P 4' good/*.load >"$T/version-4"
both_ask version-4 '-P 4' '--pgloader 4'
grep -lx -e '-- args: -C good/context.ini' good/*.load >"$T/context"
both_ask context '-C good/context.ini' '-C good/context.ini'

while IFS= read -r line; do
	diag "only converted: $line"
done <"$T/others"
sed 's/: .*//' "$T/others" | sort >"$T/rest"
converts rest 2
is "$(cat "$T/files" "$T/version-4" "$T/context" "$T/rest" | sort)" "$(ls good/*.load)" 'these are all that there are'

# --- what is wrong ----------------------------------------------------------------------------------

cd "$T"
status=0
pgtide convert none.load >"$T/out" 2>"$T/err" || status=$?
is "$status" 2 'no such file: status 2'
like "$(cat "$T/err")" '^pgtide-convert: none.load: ' 'no such file: the message'
ok 'no such file: nothing is printed' test ! -s "$T/out"
status=0
pgtide convert -d "$T/bin" "$TOP/tests/convert/plain.load" 2>"$T/err" || status=$?
is "$status" 2 'a directory that is not empty: status 2'

done_testing
