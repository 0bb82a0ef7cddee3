# Wrong calls: found before any server is asked.
try()
{
	status=0
	"$@" || status=$?
	echo "status $status" >&2
}
unset PGTIDE_SOURCE MYSQL_HOST MYSQL_TCP_PORT MYSQL_UNIX_PORT MYSQL_PWD
source="mysql://app:secret@127.0.0.1/shop?option_file=/dev/null"
try mysql-rows
try mysql-rows -t
try mysql-rows -x -t t "$source"
try mysql-rows -t 'a\q' "$source"
try mysql-rows -t t "$source" "$source"
try mysql-rows -t t -K ranges "$source"
try mysql-rows -t t -K ranges -k 0 "$source"
try mysql-rows -t t -k 1 "$source"
try mysql-rows -t t -q 'select 1' -s some.schema "$source"
try mysql-rows -t t -e 1 "$source"
try mysql-rows -t t -E "$T/rejects" "$source"
try mysql-rows -t t -S "$T" "$source"
try mysql-rows -t t
