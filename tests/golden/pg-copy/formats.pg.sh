psql -Xqc 'create table t (a int, b text, c numeric(4,1))' -c 'create table d (a money)'
head() { printf '#rows\t1\tpublic\tt\n#fields\ta\tb\tc\n#types\tinteger\ttext\tnumeric(4,1)\n'; }
told() { pg-copy -c log_statement=all -c client_min_messages=log "$@" postgresql:// 2>&1 | grep -o 'FORMAT [a-z]*\|.*: row .*\|.*goes as.*\|.*cannot go.*'; }

echo two rows without a binary form, one by one:
{ head; printf '1\tx\t1.5\n+2\tx\t1\n3\tx\t1\n4\tx\t+100\n5\t\\N\t\\N\n#end\t5\t0\n'; } | told
psql -XAtc 'table t' -c 'truncate t'
echo as text only:
{ head; printf '1\tx\t1.5\n+2\tx\t1\n#end\t2\t0\n'; } | told -f text
echo rows are counted from the first one on:
{ head; printf '1\tx\t1.5\n+2\tx\t1\n3\tx\t1\n4\tx\t1000\n#end\t4\t0\n'; } | told
{ head; printf '1\tx\t1.5\n2\tx\t1\n3x\tx\t1\n#end\t3\t0\n'; } | told
echo a type that has to be text:
printf '#rows\t1\tpublic\td\n#fields\ta\n#types\tinteger\n1\n#end\t1\t0\n' >"$T/d"
told -v <"$T/d"
told -f binary <"$T/d"
