# Wrong calls: status 2.
try()
{
	status=0
	pg-ddl "$@" || status=$?
	echo "$status: $*" | tr -d '\n' | sed "s|$T|T|g"
	echo
}

try -s both shop.schema
try shop.schema
try -s
try -x
try -s pre shop.schema another
try -s pre "$T/nothing"
try -s pre /
try -s pre -o "$T/no/folder" shop.schema
