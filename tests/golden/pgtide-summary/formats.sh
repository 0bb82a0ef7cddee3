# Ranges of a table are one line, tables of one pipe one each.
mkdir -p "$T/run/job" "$T/run/stats" "$T/two/job" "$T/two/stats"
printf 'rows\ta\tok\t1\n' | tee "$T/run/verdict" >"$T/two/verdict"
echo x >"$T/run/job/name"
echo y >"$T/two/job/name"
s()
{
	printf '%b\n' "$2" >"$T/$1"
}
s run/stats/0001.1-rows 'table\tmain\tUsers\t90\t900\t2\nseconds\t0.5'
s run/stats/0001.2-cast 'table\tmain\tUsers\t89\t900\t1\naltered\tmain\tUsers\ta\tx\t3\nseconds\t0.6'
s run/stats/0001.3-copy 'table\tpublic\tusers\t88\t1234\t1\nseconds\t0.75'
s run/stats/0002.1-rows 'table\tmain\tUsers\t10\t100\t0\nseconds\t0.25'
s run/stats/0002.3-copy 'table\tpublic\tusers\t10\t100\t0\nseconds\t0.25'
s run/stats/0003.1-rows 'table\tm\ta\t1\t10\t0\ntable\tm\tb\t2\t20\t0\nseconds\t0.1'
s run/stats/0003.3-copy 'table\tp\ta "x"\t1\t10\t0\ntable\tp\tb\\tc\t2\t20\t0\nseconds\t0.2'
s two/stats/0001.1-rows 'table\tm\tz\t1\t2000000000\t0\nseconds\t1'
s two/stats/0001.3-copy 'table\tp\tz\t1\t2000000000\t0\nseconds\t1'
pgtide-summary "$T/run" "$T/two"
pgtide-summary "$T/two"
for format in csv copy json txt; do
	echo "== $format"
	pgtide-summary -o "$T/x.$format" "$T/run"
	cat "$T/x.$format"
done
