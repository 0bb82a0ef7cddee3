# The digests of parts add up to that of the whole, carries and all.
part()
{
	printf '#rows\t1\ts\tt\n#fields\tid\ta=b\n#types\ti64\ttext\n'
	seq "$1" "$2" | sed 's/.*/&\tx&/'
	printf '#end\t%d\t0\n' $(($2 - $1 + 1))
}
for p in "1 10" "11 500" "501 500" "501 1000"; do
	part "${p% *}" "${p#* }" | rows-digest
done >"$T/parts"
rows-digest -a "$T/parts" >"$T/sum"
part 1 1000 | rows-digest | cmp - "$T/sum" && echo equal
try()
{
	status=0
	rows-digest -a || status=$?
	echo "status $status"
}
ones=ffffffffffffffffffffffffffffffff
printf 's\tt\t1\t%s\ns\tt\t2\t%s\n' $ones $ones | try
printf 's\tt\t1\t%s\ns\tu\t2\t%s\n' $ones $ones | try
printf 's\tt\t1\t%s\ta=%s\ns\tt\t2\t%s\n' $ones $ones $ones | try
printf 's\tt\t1\t%s\ta=%s\ns\tt\t2\t%s\tb=%s\n' $ones $ones $ones $ones | try
printf 's\tt\t1\t%s\ns\tt\t2\tFF\n' $ones | try
printf 's\tt\n s\tt\n' | try
printf 's\tt' | try
try </dev/null
