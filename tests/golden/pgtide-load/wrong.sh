# What is wrong is said before anything runs, and nothing is left behind.
cd "$T" || exit
TMPDIR=$T
export TMPDIR
try()
{
	status=0
	echo "== $*" >&2
	pgtide "$@" || status=$?
	echo "status $status" >&2
	ls
}
cat >csv.load <<'END'
load database from 'no.db' into postgresql:///x with prefetch rows = 1, workers = 2;
load csv from 'a.csv' (a) into postgresql:///x?t;
END
echo 'load database' >bad.load
try csv.load
try bad.load
try none.load
try --with 'include drop' csv.load
try other csv.load
try csv.load other --with x
try --with 'include drop' a.db
try --with 'include drops' a.db postgresql:///x
try --cast 'type x' a.db postgresql:///x
try --with drop --field a a.db postgresql:///x
try --type oracle a.db postgresql:///x
try --field 'a, b,' a.csv postgresql:///x
try --encoding latin1 --field a a.csv 'postgresql:///x?t'
try --load-lisp-file x.lisp csv.load
try --client-min-messages loud csv.load
try --log-min-messages info csv.load
try --no-ssl-cert-verification bad.load
try --context none.ini csv.load
try -d csv.load bad.load
try --with
try --dry-run=yes csv.load
mkdir new full && echo x >full/x
try -d new bad.load
try -d full csv.load
try --logfile log bad.load
cat log
