# For tests that need a MariaDB or MySQL: source it after tap.sh. What it gives is described in the file
# it takes from the scripts.
#
#	mysql_need KIND [tcp]   mysql_start, or skip the whole test when no such server is installed
#	mysql_fresh NAME        a new empty database, which MYSQL_DATABASE then names
# shellcheck shell=sh

# shellcheck source=scripts/lib/mysql-private.sh
. "$TOP/scripts/lib/mysql-private.sh"

mysql_need()
{
	mysql_find "$1" || skip_all "$MYSQL_MISSING"
	mysql_start "$@"
}

mysql_fresh()
{
	# shellcheck disable=SC2034	# for the test
	MYSQL_DATABASE=$1
	mysql_quoted=\`$(printf %s "$1" | sed 's/`/``/g')\`
	mariadb -e "drop database if exists $mysql_quoted; create database $mysql_quoted character set utf8mb4"
}
