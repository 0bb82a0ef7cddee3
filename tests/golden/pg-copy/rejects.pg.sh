# What the reject file looks like, and that it can be loaded as it is.
psql -Xqf - <<'END'
create table t (a int primary key, b varchar(3), "c d" text not null check ("c d" <> 'no'));
END
printf '#rows\t1\tpublic\tt\ttarget=postgresql\n#fields\ta\tb\tc d\n#types\tinteger\tcharacter varying(3)\ttext\n' >"$T/in"
# shellcheck disable=SC2016,SC1003	# backslashes
printf '%s\n' '1	abc	x' '2x	abc	x' '3	abcd	line\none' '4	\#b	\N' '5	abc	no' '1	abc	y' '6		\\' '#end	7	3' >>"$T/in"
pg-copy -e 10 -E "$T/bad" -D -S "$T/stats" postgresql:// <"$T/in"
cat "$T/bad"
grep ^table "$T/stats"
psql -XAtc 'table t'
sed -e 's/^2x/2/; s/abcd/abc/; s/\\N/null/; s/	no$/	yes/' -e 's/^1	/7	/' "$T/bad" | pg-copy postgresql://
psql -XAtc 'table t order by a'
for options in '-e 1' '-e x -E f' '-e 101% -E f' "-E $T/f" "-e 0 -E $T/f" "-e 1 -E $T"; do
	status=0
	# shellcheck disable=SC2086	# words
	pg-copy $options postgresql:// <"$T/in" || status=$?
	echo "$options: $status"
done
