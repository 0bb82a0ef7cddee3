# Columns called as attributes are: what is said of others is not said of them.
{
	printf '#schema\t1\tsource=mysql\ttarget=postgresql\ntable\td\tt\ncolumn\tonupdate\tinteger\n'
	printf 'column\tnotnull\ttext\ncolumn\tidentity\ttext\ncolumn\tcomment\ttext\tcomment=x\nprimary\tcomment\nkey\tdesc\n' |
		sed 's/desc/onupdate/'
	printf 'check\tnotnull\t(true)\nforeign\tcomment\td\tt\npair\tonupdate\tonupdate\n#end\t10\n'
} >"$T/plan"
sed 's/	comment=x//' "$T/plan" >"$T/found"
pgtide-objects "$T/plan" "$T/plan"
echo
pgtide-objects "$T/plan" "$T/found"
