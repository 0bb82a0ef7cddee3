# Numbers that count time: exact to the microsecond, what is cut is counted, what is out of range refused.
# cast FUNCTION TARGET VALUE…
cast()
{
	using=$1 target=$2
	shift 2
	awk -f schema.awk >"$T/s" <<-SCHEMA
		table|public|t|fromschema=main|from=t
		column|c|$target|from=c|was=decimal|using=$using|rule=r.cast:1
	SCHEMA
	{
		printf '#rows\t1\tmain\tt\n#fields\tc\n#types\tdecimal\n'
		printf '%s\n' "$@"
		printf '#end\t%d\t0\n' $#
	} >"$T/in"
	rm -f "$T/stats"
	status=0
	cast-rows -s "$T/s" -S "$T/stats" "$T/in" >"$T/out" || status=$?
	echo "-- $using"
	if [ "$status" -eq 0 ]; then
		sed -n '4,$p' "$T/out" | sed '$d' | { for value; do IFS= read -r line; echo "$value	$line"; done; }
		sed -n 's/^altered/# altered/p' "$T/stats"
	else
		echo "status $status" >&2
	fi
}
timestamp='timestamp without time zone'
cast epoch-to-timestamp "$timestamp" 0 -0 0.0 1 -1 1e10 10000000000 1700000000.5 -0.5 0.000001 -0.000001 \
	951782399 951782400 951868800 4107542399 4107542400 -2208988801 253402300799 253402300799.999999 \
	-62135596800 -11644473600 1.7e+9 1.7e+09 '\N' 00012 1234567890.123456
cast epoch-to-timestamp "$timestamp" 0.0000001 -0.0000001 1e-300 -1e-300 1700000000.1234567 253402300799.9999999
cast epoch-ms-to-timestamp "$timestamp" 0 -1 1700000000123 1e10 0.001 253402300799999 -62135596800000 1700000000123.5
cast epoch-us-to-timestamp "$timestamp" 0 -1 1700000000123456 253402300799999999 -62135596800000000
cast epoch-ns-to-timestamp "$timestamp" 0 -1 999 1000 1700000000123456789 -1700000000123456789 9223372036854775807 -9223372036854775808
cast julian-to-timestamp "$timestamp" 2440587.5 2440588 2440587.500000012 2460310.5 1721425.5 5373484.49999999 \
	2451544.9999999884 2459620.5 '\N'
cast epoch-to-timestamp 'timestamp with time zone' 0 1700000000
cast epoch-to-timestamp 'timestamp(3) without time zone' 0.001
cast epoch-to-timestamp 'timestamp(3) without time zone' 0.0001
cast epoch-to-timestamp date 0
cast epoch-to-timestamp "$timestamp" 253402300800
cast epoch-to-timestamp "$timestamp" -62135596801
cast epoch-to-timestamp "$timestamp" 1e300
cast epoch-to-timestamp "$timestamp" 1700000000000
cast epoch-to-timestamp "$timestamp" Infinity
cast epoch-to-timestamp "$timestamp" ''
cast epoch-to-timestamp "$timestamp" 2024-01-01
cast epoch-ns-to-timestamp "$timestamp" 99999999999999999999
cast julian-to-timestamp "$timestamp" 1721425.4
cast julian-to-timestamp "$timestamp" 5373484.5
cast julian-to-timestamp "$timestamp" NaN
cast julian-to-timestamp "$timestamp" x
