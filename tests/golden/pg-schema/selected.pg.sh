# -n and -t choose; what they do not find is a fault.
psql -Xq -v ON_ERROR_STOP=1 -f shop.sql
try()
{
	status=0
	pg-schema "$@" postgresql:/// >"$T/out" || status=$?
	echo "== $*: $status"
	grep -E '^(table|enum|sequence|skipped|next|#end)' "$T/out" || :
}
try -t artist
try -t artist -t parts
try -n app
try -n empty
try -n app -n public -t Album
try -n nowhere
try -n app -t artist
try -t album
try -n pg_catalog
