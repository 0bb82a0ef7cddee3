# Medians of the figures that bench.py adds to BENCH_TSV, in the order in which they were measured: what was measured, name,
# wall, CPU and server seconds, and the most memory that a program had, in KiB, with its name.
BEGIN { FS = OFS = "\t" }

function median(list,	value, n, i, j, kept)
{
	n = split(list, value, " ")
	for (i = 2; i <= n; i++) {
		kept = value[i]
		for (j = i; j > 1 && value[j - 1] + 0 > kept + 0; j--)
			value[j] = value[j - 1]
		value[j] = kept
	}
	return (value[int((n + 1) / 2)] + value[int(n / 2) + 1]) / 2
}

{
	key = $1 FS $2
	if (!(key in wall))
		order[++keys] = key
	wall[key] = wall[key] " " $4
	cpu[key] = cpu[key] " " $5
	server[key] = server[key] " " $6
	if ($7 + 0 > most[key] + 0) {
		most[key] = $7
		program[key] = $8
	}
}

END {
	for (i = 1; i <= keys; i++)
		print order[i], median(wall[order[i]]), median(cpu[order[i]]), median(server[order[i]]), \
			most[order[i]] + 0, program[order[i]]
}
