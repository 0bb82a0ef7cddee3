# Sequences that have given their last value, upwards and downwards, and one that has one left.
{
	printf '#schema\t1\tsource=mysql\ttarget=postgresql\n'
	printf 'sequence\tpublic\tdone\tincrement=10\tmin=1\tmax=100\nnext\t\t101\n'
	printf 'sequence\tpublic\tdown\tincrement=-1\tmin=-5\tmax=-1\nnext\t\t-6\n'
	printf 'sequence\tpublic\tlast\tincrement=1\tmin=1\tmax=100\nnext\t\t100\n'
	printf '#end\t6\n'
} | pg-ddl -s post | grep setval
