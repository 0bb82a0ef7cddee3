try()
{
	{ printf '#schema\t1\tsource=x\n'; printf '%b' "$1"; printf '#end\t%s\n' "$(printf '%b' "$1" | grep -vc '^#')"; } |
		schema-fmt -q 2>&1 || echo "status $?"
}
try 'tabel\ta\tb\n'
try 'column\ta\ttext\n'
try 'table\ta\n'
try 'table\ta\tb\ncolumn\tc\ttext\ncolumn\tc\ttext\n'
try 'table\ta\tb\ncolumn\tc\tstring\n'
try 'table\ta\tb\ncolumn\tc\ttimestamp\n'
try 'table\ta\tb\ncolumn\tc\ttext\tdefault=x\tdefexpr=y\n'
try 'table\ta\tb\ncolumn\tc\ttext\tnotnull\tnotnull\n'
try 'table\ta\tb\nprimary\tp\n'
try 'table\ta\tb\nprimary\tp\nkey\tx\n'
try 'table\ta\tb\ncolumn\tc\ttext\nprimary\tp\nkey\tc\nprimary\tq\nkey\tc\n'
try 'table\ta\tb\ntable\ta\tb\n'
try 'table\ta\tb\\q\n'
try 'table\ta\tb\tcomment=\\N\n'
try '#what\n'
try '\n'
try '#schema\t1\tsource=x\n'
try 'view\ta\tb\n#end\t1\nview\ta\tc\n'
printf '#schema\t2\tsource=x\n#end\t0\n' | schema-fmt -q 2>&1 || echo "status $?"
printf '#schema\t1\n#end\t0\n' | schema-fmt -q 2>&1 || echo "status $?"
printf 'table\ta\tb\n' | schema-fmt -q 2>&1 || echo "status $?"
printf '#schema\t1\tsource=x\ntable\ta\tb\n#end\t2\n' | schema-fmt -q 2>&1 || echo "status $?"
