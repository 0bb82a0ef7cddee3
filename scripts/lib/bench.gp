# Draws medians of benchmarks as an SVG: bars, a plot for each that was measured, and for growth curves on two logarithmic axes.
#
#	gnuplot -c bench.gp MEDIANS SVG		of bench-medians.awk, those of one title together
what(i) = system(sprintf("cut -f 1 '%s' | uniq | sed -n %dp", ARG1, i))
n = int(system(sprintf("cut -f 1 '%s' | uniq | wc -l", ARG1)))

set terminal svg size 1200, 320 * ((n + 1) / 2) background "white"
set output ARG2
set datafile separator "\t"
set style fill solid 0.7
set grid ytics
set key below horizontal samplen 2
set multiplot layout (n + 1) / 2, 2
do for [i = 1:n] {
	rows = sprintf("< awk -F '\t' -v what='%s' '$1 == what' '%s'", what(i), ARG1)
	set title what(i) noenhanced
	if (strstrt(what(i), "growth: ") == 1) {
		set logscale xy
		set yrange [*:*]
		set format x "10^{%T}"
		set xtics auto enhanced
		set ylabel "s"
		plot rows using 2:3 with linespoints title "wall", "" using 2:4 with linespoints title "CPU", \
			"" using 2:5 with linespoints title "server's CPU"
	} else {
		unset logscale
		set yrange [0:*]
		set xtics auto noenhanced
		set ylabel "s"
		plot rows using 3:xtic(2) with histograms title "wall", "" using 4 with histograms title "CPU", \
			"" using 5 with histograms title "server's CPU"
	}
}
unset multiplot
