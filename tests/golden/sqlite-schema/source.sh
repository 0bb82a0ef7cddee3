# needs: sqlite3
# The ways to say which file, and that every name means a file.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
sqlite3 "$T/shop.old.db" 'CREATE TABLE t (a)'
cp "$T/shop.old.db" "$T/odd ?#%41.db"
cp "$T/shop.old.db" "$T/.hidden"
sqlite-schema "sqlite://$T/shop.old.db" | head -n 1
sqlite-schema "sqlite:$T/odd%20%3f%23%2541.db" | head -n 1
sqlite-schema "$T/odd ?#%41.db" | head -n 1
sqlite-schema "$T/.hidden" | head -n 1
PGTIDE_SOURCE=$T/shop.old.db sqlite-schema | head -n 1
PGTIDE_SOURCE=/nowhere sqlite-schema "$T/shop.old.db" | head -n 1
cd "$T" || exit
sqlite-schema shop.old.db | head -n 1
sqlite-schema sqlite:shop.old.db | head -n 1
try sqlite-schema :memory:
try sqlite-schema ./file:shop.old.db?immutable=1
try sqlite-schema sqlite://host/shop.old.db
try sqlite-schema sqlite:shop.old.db?mode=rw
try sqlite-schema mysql://app:secret@db/shop
try sqlite-schema sqlite:
try sqlite-schema ''
unset PGTIDE_SOURCE
try sqlite-schema
