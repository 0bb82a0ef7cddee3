# What no statement can carry, with the line it stands in. Each try is a table of one column and a line more.
try()
{
	status=0
	{
		printf '#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\n'
		printf '%b' "$1"
		printf '#end\t%d\n' "$(($(printf '%b' "$1" | wc -l) + 1))"
	} >"$T/try"
	pg-ddl -s "$section" "$T/try" || status=$?
	[ "$status" -eq 1 ] || echo "status $status: $1"
}

section=pre
try 'column\ta\tint; drop table x\n'
try 'column\ta\tint, b int\n'
try 'column\ta\tnumeric(10,2\n'
try 'column\ta\tnumeric)(\n'
try 'column\ta\tnumeric(3,--2)\n'
try 'column\ta\tpublic."mood\n'
try "column\ta\tint default 'x'\n"
try 'column\ta\t\n'
try 'column\ta\tint:x\n'
try 'column\ta\tint\\\\q\n'
try 'column\ta\tint\tdefexpr=1; drop table x\n'
try 'column\ta\tint\tdefexpr=1) primary key, (2\n'
try 'column\ta\tint\tdefexpr=(1\n'
try 'column\ta\tint\tdefexpr=1, b int\n'
try "column\ta\tint\tdefexpr='1\n"
try 'column\ta\tint\tdefexpr="1\n'
try "column\ta\tint\tdefexpr=E'1\\\\\\\\'\n"
try 'column\ta\tint\tdefexpr=1 /* two\n'
try 'column\ta\tint\tdefexpr=-- none\n'
try 'column\ta\tint\tdefexpr=\n'
try 'column\ta\tint\tdefexpr=$$x$$\n'
try 'column\ta\tint\tdefexpr=1 \\\\q\n'
try 'column\ta\tint\tdefault=\\000\n'
try 'column\ta\tint\tcomment=\\000\n'
try 'column\ta\\000\tint\n'
try 'column\tabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd\tint\n'
try 'column\ta\tint\tidentity=sometimes\n'
try 'column\ta\tint\tidentity=always\tstart=one\n'
try 'column\ta\tint\tidentity=always\tincrement=0\n'

section=post
try 'column\ta\tint\nnext\ta\t1\n'
try 'column\ta\tint\tidentity=always\nnext\ta\t1e3\n'
try 'column\ta\tint\tidentity=always\nnext\ta\t1, 2)\n'
try 'column\ta\tint\nprimary\tp\nkey\ta\tcollate=C\n'
try 'column\ta\tint\nindex\ti\nkey\ta\tprefix=3\n'
try 'column\ta\tint\nindex\ti\nkey\ta\tnulls=between\n'
try 'column\ta\tint\nindex\ti\twhere=a > 0) where (b\nkey\ta\n'
try 'column\ta\tint\nindex\ti\nkeyexpr\ta), (b\n'
try 'column\ta\tint\nunique\tu\tdeferred\nkey\ta\tdesc\n'
try 'column\ta\tint\ncheck\tc\ta > 0); drop table t; --\n'
try 'column\ta\tint\nforeign\tf\tpublic\tt\tondelete=explode\npair\ta\ta\n'
try 'column\ta\tint\nforeign\tf\tpublic\tt\tmatch=partial\npair\ta\ta\n'
# Storage parameters are words.
for storage in 'fillfactor' '=40' 'fillfactor=' 'a b=1' 'a=1,' "a='1'" 'a=1) as select 1--=1' 'a=1,,b=2'; do
	printf '#schema\t1\tsource=sqlite\ttarget=postgresql\ntable\tpublic\tt\tstorage=%s\ncolumn\ta\tint\n#end\t2\n' \
		"$storage" >"$T/try"
	pg-ddl -s pre "$T/try" || echo "status $?: $storage"
done
