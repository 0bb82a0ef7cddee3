# How cost grows with rows, columns, tables and the size of a value: whole runs of pgtide from SQLite, as a user has them, with
# two jobs and the digest on. For scripts/bench, whose functions and variables it uses.
# shellcheck shell=sh disable=SC2154

growth_run="pgtide -q -j 2 \$T/growth.db"

# growth_of WHAT UNIT TIME PER: points of WHAT follow, whose cost is told for each UNIT in TIME, of which a second has PER.
growth_of()
{
	growth_what=$1 growth_per=$4 growth_units=
	: >"$T/points"
	printf '%-12s %9s %9s %9s %14s %8s %14s %8s   %s\n' "$1" 'wall s' 'CPU s' 'server s' \
		"CPU $3/$2" '/ before' "server $3/$2" '/ before' 'most memory of a program'
}

# growth_point SIZE UNITS: a run with $T/growth.db, and its line. The database goes.
growth_point()
{
	# shellcheck disable=SC2086	# words
	env BENCH_TSV="$T/points" python3 "$TOP/scripts/lib/bench.py" -mw -n "$few_runs" -t "growth: $growth_what" $servers -b "$fresh" \
		"$1=$growth_run '$(whole_target)'" >/dev/null
	rm "$T/growth.db"
	[ -z "${BENCH_TSV-}" ] || tail -n "$few_runs" "$T/points" >>"$BENCH_TSV"
	growth_units="$growth_units $2"
	awk -f "$TOP/scripts/lib/bench-medians.awk" "$T/points" | awk -F '\t' -v units="$growth_units" -v per="$growth_per" '
		function factor(now, before) { return before ? sprintf("%.2f", now / before) : "" }
		BEGIN { split(units, unit, " ") }
		{ cpu[NR] = per * $4 / unit[NR]; server[NR] = per * $5 / unit[NR] }
		END {
			printf "%-12s %9.2f %9.2f %9.2f %14.4g %8s %14.4g %8s   %.1f MiB, %s\n", $2, $3, $4, $5, cpu[NR], \
				factor(cpu[NR], cpu[NR - 1]), server[NR], factor(server[NR], server[NR - 1]), $6 / 1024, $7
		}'
}

growth_sql()
{
	{
		echo 'pragma journal_mode = off; pragma synchronous = off; begin;'
		cat
		echo 'commit;'
	} | sqlite3 -bail "$T/growth.db" >/dev/null
}

bench_growth_rows()
{
	whole_servers
	echo
	growth_of rows row us 1000000
	growth_size=10000
	while [ "$growth_size" -le "$most_rows" ]; do
		growth_sql <<-END
			create table t (id integer primary key, a integer not null, b text not null);
			with recursive n(i) as (select 1 union all select i + 1 from n where i < $growth_size)
			insert into t select i, i * 7919 % 100003, 'row ' || (i * 31 % 5003) from n;
		END
		growth_point $growth_size $growth_size
		growth_size=$((growth_size * 10))
	done
}

# Integers and texts of three letters in turn, each of 8 bytes in a row of the target, as 1000 of them just fit into a page.
bench_growth_columns()
{
	whole_servers
	echo
	growth_of columns value ns 1000000000
	for growth_size in 2 10 30 100 300 1000; do
		awk -v columns=$growth_size -v rows=$((4000000 / growth_size)) 'BEGIN {
			for (i = 1; i <= columns; i++) {
				made = made (i > 1 ? ", " : "") "c" i (i % 2 ? " integer" : " text") " not null"
				value = value (i > 1 ? ", " : "") (i % 2 ? "i * " i : "\047abc\047")
			}
			printf "create table t (%s);\n", made
			printf "with recursive n(i) as (select 1 union all select i + 1 from n where i < %d) ", rows
			printf "insert into t select %s from n;\n", value
		}' | growth_sql
		growth_point $growth_size $((4000000 / growth_size * growth_size))
	done
}

growth_many()
{
	awk -v tables="$1" 'BEGIN {
		for (t = 1; t <= tables; t++) {
			printf "create table t%d (id integer primary key, a integer not null, b text not null);\n", t
			printf "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)"
			printf " insert into t%d select i, i * 7919 %% 101, hex(i) from n;\n", t
		}
	}' | growth_sql
}

bench_growth_tables()
{
	whole_servers
	echo
	growth_of tables table ms 1000
	for growth_size in 1 10 100 1000 5000; do
		growth_many $growth_size
		growth_point $growth_size $growth_size
	done
	awk -f "$TOP/scripts/lib/bench-medians.awk" "$T/points" | awk -F '\t' '
		{ cpu[$2] = $4; server[$2] = $5 }
		END {
			printf "one more table, between 1000 and 5000: %.1f ms of CPU, and %.1f ms of the server\n", \
				(cpu[5000] - cpu[1000]) / 4, (server[5000] - server[1000]) / 4
		}'
	! command -v perf >/dev/null || growth_split
}

# Whose CPU a table takes, by samples: of our programs, of psql, and of the shell and what it calls.
growth_split()
{
	for growth_size in 1000 5000; do
		growth_many $growth_size
		sh -c "$fresh"
		eval "perf record -q -e task-clock -F 250 -o '$T/perf' -- $growth_run '$(whole_target)'" 2>/dev/null
		perf script -i "$T/perf" -F comm,period 2>/dev/null | sed 's/ *\([0-9]*\) *$/	\1/' | awk -F '\t' -v OFS='\t' -v tables=$growth_size \
			'{ taken[$1] += $2 } END { for (name in taken) print name, tables, taken[name] / 1e6 }'
		rm "$T/growth.db" "$T/perf"
	done | awk -F '\t' -v OFS='\t' '
		{ gsub(/^ +/, "", $1); taken[$1] += ($2 == 5000 ? $3 : -$3) / 4000 }
		END { for (name in taken) print name, taken[name] }' | sort -t '	' -k 2,2nr | while IFS='	' read -r growth_name growth_taken; do
		growth_part=shell
		case $growth_name in
		psql) growth_part=psql ;;
		pgtide*) ;;
		*-*) [ -z "$(command -v "$growth_name")" ] || growth_part=programs ;;
		esac
		printf '%s\t%s\t%s\n' "$growth_part" "$growth_name" "$growth_taken"
	done | awk -F '\t' '
		{ sum[$1] += $3; if ($3 >= 0.05) list[$1] = list[$1] sprintf("%s%s %.1f", list[$1] ? ", " : "", $2, $3) }
		END {
			printf "  our programs %.1f ms (%s)\n  psql %.1f ms\n", sum["programs"], list["programs"], sum["psql"]
			printf "  shell and what it calls %.1f ms (%s)\n", sum["shell"], list["shell"]
		}'
}

# From 4 kB on 256 MB in all, of digits that no compression makes much smaller.
bench_growth_values()
{
	whole_servers
	echo
	growth_of 'value bytes' byte ns 1000000000
	for growth_size in 1 16 256 4096 65536 1048576 16777216 268435456; do
		growth_count=$((268435456 / growth_size))
		[ "$growth_count" -le 1000000 ] || growth_count=1000000
		growth_sql <<-END
			create table t (id integer primary key, b text not null);
			with recursive n(i) as (select 1 union all select i + 1 from n where i < $growth_count)
			insert into t select i, substr(hex(randomblob($growth_size / 2 + 1)), 1, $growth_size) from n;
		END
		growth_point $growth_size $((growth_count * growth_size))
	done
}
