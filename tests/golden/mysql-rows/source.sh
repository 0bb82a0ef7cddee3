# Sources that are wrong, whatever the server: no message shows a password.
try()
{
	status=0
	mysql-rows -t t "$@" || status=$?
	echo "status $status" >&2
}
unset PGTIDE_SOURCE MYSQL_HOST MYSQL_TCP_PORT MYSQL_UNIX_PORT MYSQL_PWD
export HOME="$T" MYSQL_HOME="$T"
try shop.db
try postgresql://app:secret@db/shop
try mysql://app:secret@db:port/shop
try mysql://app:sec%ret@db/shop
try 'mysql://app:secret@user%3droot/shop'
try 'mysql://app:secret@db/shop?timeout=1'
try 'mysql://app:secret@db/shop?sslmode=strict'
try 'mysql://app:secret@db/shop?sslmode=verify-ca'
try 'mysql://app:secret@db/shop?sslmode=require&sslcert=client.pem'
try 'mysql://app:secret@db/shop?connect_timeout=soon'
try 'mysql://app:secret@db/shop?socket='
try 'mysql://app:secret@db/shop?password=secret'
try "mysql://app:secret@db/shop?option_file=$T/missing.cnf"
bad()
{
	printf '%b' "$1" >"$T/bad.cnf"
	try "mysql:///shop?option_file=$T/bad.cnf"
}
bad '[client]\nport = secret\n'
bad '[client\n'
bad '[client]\nssl-mode=secret\n'
bad "!include $T/missing.cnf\n"
bad "!include $T/bad.cnf\n"
bad "!includefolder $T\n"
