# Wrong calls: found before any server is asked, and nothing is left behind.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
unset PGTIDE_SOURCE PGTIDE_SNAPSHOT MYSQL_HOST MYSQL_TCP_PORT MYSQL_UNIX_PORT MYSQL_PWD
cd "$T" || exit
source="mysql://app:secret@127.0.0.1:1/shop?option_file=/dev/null&sslmode=disable"
try mysql-snapshot
try mysql-snapshot -x
try mysql-snapshot -o
try mysql-snapshot -o socket
try mysql-snapshot -o socket "$source" "$source"
try mysql-snapshot -j 0 -o socket "$source"
try mysql-snapshot -j 65 -o socket "$source"
try mysql-snapshot -i soon -o socket "$source"
try mysql-snapshot -o socket postgresql://app:secret@db/shop
try mysql-snapshot -l -o none
try mysql-snapshot -e -o none
try mysql-snapshot -l -o none/none
: >file
try mysql-snapshot -l -o file
try env PGTIDE_SNAPSHOT=none mysql-rows -t t "$source"
try env PGTIDE_SNAPSHOT=none mysql-rows -t t -k 1 "$source"
ls -A "$T"
