# Each wrong call and each wrong input has its message and status.
try()
{
	"$@" || echo "status $?"
}
printf '#rows\t1\tmain\tt\n#fields\ta\n#types\ttext\nx\n#end\t1\t0\n' >"$T/in"
head -n 4 "$T/in" >"$T/cut"
try rows-digest "$T/nosuch"
try rows-digest "$T"
try rows-digest /dev/null
try rows-digest "$T/cut"
try rows-digest -o /dev/full "$T/in"
try rows-digest -z
try rows-digest a b
rows-digest -h
