# The server's message holds the whole value; ours does not.
psql -Xqc 'create table t (a int)'
{
	printf '#rows\t1\tpublic\tt\n#fields\ta\n#types\tint\n'
	head -c 1000000 /dev/zero | tr '\0' x
	printf '\n#end\t1\t0\n'
} | pg-copy postgresql://
