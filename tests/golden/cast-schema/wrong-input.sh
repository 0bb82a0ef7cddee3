# Each wrong call and each wrong input has its message and status.
try()
{
	"$@" || echo "status $?"
}
awk -f schema.awk </dev/null >"$T/empty"
printf '#schema\t1\tsource=sqlite\ntable\tmain\tt\n' >"$T/cut"
cast-schema "$T/empty" >"$T/cast"
cat "$T/cast"
try cast-schema "$T/nosuch"
try cast-schema "$T"
try cast-schema /dev/null
try cast-schema "$T/cut"
try cast-schema "$T/cast"
try cast-schema -r "$T/nosuch" "$T/empty"
try cast-schema -r "$T" "$T/empty"
try cast-schema -o "$T/no/such" "$T/empty"
try cast-schema -o /dev/full "$T/empty"
try cast-schema -z
try cast-schema -r
try cast-schema a b
printf '#schema\t2\tsource=sqlite\n' | try cast-schema
cast-schema -V
