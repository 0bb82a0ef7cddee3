try()
{
	PGTIDE_TARGET=$1 pg-env 2>&1 || echo "status $?"
}
try ''
try 'postgresql://h:secret:x/d'
try 'nonsense=1 password=secret'
try 'postgresql://h/d?keepalives=1'
pg-env postgresql://h/d 2>&1 || echo "status $?"
PGTIDE_TARGET=postgresql://h/d pg-env >/dev/full 2>&1 || echo "status $?"
PGTIDE_TARGET=postgresql://h/d pg-env >/dev/full
