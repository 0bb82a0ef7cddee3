# Each wrong call and each wrong input has its message and status.
try()
{
	"$@" || echo "status $?"
}
awk -f schema.awk >"$T/s" <<'END'
table|public|t|fromschema=main|from=t
column|a|text|from=a|was=text|rule=x:1
END
printf '#rows\t1\tmain\tt\n#fields\ta\n#types\ttext\nx\n#end\t1\t0\n' >"$T/in"
head -n 4 "$T/in" >"$T/cut"
printf '#schema\t1\tsource=sqlite\n#end\t0\n' >"$T/source"
try cast-rows "$T/in"
try cast-rows -s "$T/nosuch" "$T/in"
try cast-rows -s "$T/source" "$T/in"
try cast-rows -s "$T/s" "$T/nosuch"
try cast-rows -s "$T/s" "$T"
try cast-rows -s "$T/s" /dev/null
try cast-rows -s "$T/s" "$T/cut"
try cast-rows -s "$T/s" -o "$T/no/such" "$T/in"
try cast-rows -s "$T/s" -o /dev/full "$T/in"
try cast-rows -s "$T/s" -S "$T/no/such" "$T/in"
try cast-rows -z
try cast-rows -s "$T/s" a b
try cast-rows -s
