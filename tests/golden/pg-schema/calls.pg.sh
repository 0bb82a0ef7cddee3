# Wrong calls, and where the database comes from.
try()
{
	status=0
	"$@" >"$T/out" || status=$?
	echo "$status: $(head -n 1 "$T/out")"
}
try pg-schema -x
try pg-schema -t
try pg-schema a b
unset PGTIDE_SOURCE PGTIDE_TARGET
try pg-schema
try env PGTIDE_TARGET=postgresql:/// pg-schema
try env PGTIDE_TARGET=postgresql:///other_database pg-schema
try env PGTIDE_SOURCE=postgresql:/// PGTIDE_TARGET=postgresql:///nowhere pg-schema
try pg-schema -o /dev/full postgresql:///
try pg-schema -o "$T/no/folder" postgresql:///
try env PGHOST="$T" pg-schema postgresql:///
