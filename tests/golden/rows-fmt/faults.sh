# One line of text and what is said of it.
try()
{
	printf '#rows\t1\ts\tt\n#fields\ta\tb\n#types\ttext\ttext\n%b#end\t1\t0\n' "$1" | rows-fmt -q 2>&1 || echo "status $?"
}
try '1\t2\n'
try '1\n'
try '1\t2\t3\n'
try '\n'
try '1\t\\x41\n'
try '1\t\\.\n'
try '1\t\\Nx\n'
try '1\tx\\N\n'
try '1\tx\\#\n'
try '1\t#x\n'
try '#x\t1\n'
try '#\n'
try '1\tx\r\n'
try '1\t\0\n'
try '1\t\0303\0050\n'
try '1\t2\n3\t4\n'
try ''
try '1\t2\n#rows\t1\ts\tt\n'
