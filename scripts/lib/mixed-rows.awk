# A rows(5) stream of which some rows are bad, each in one of nine ways, and always the same ones.
#
#	awk -v rows=N -v bad=N -v seed=N [-v list=FILE] -f mixed-rows.awk
#
# The table is the one of mixed-rows.sql, which has a row of id 0 already. FILE gets `ROW SQLSTATE` of each bad row.
function field(name, good) { return (name in worse) ? worse[name] : good }

BEGIN {
	srand(seed)
	for (n = 0; n < bad;) {
		i = int(rand() * rows) + 1
		if (!(i in is_bad) && !(i - 1 in is_bad) && !(i + 1 in is_bad)) {
			is_bad[i] = 1
			n++
		}
	}
	split("n amount day note q id id name mood", column, " ")
	split("12x 123456.5 2024-02-30 \\N -1 0 before abcdefghijk sad", value, " ")
	split("22P02 22003 22008 23502 23514 23505 23505 22001 22P02", state, " ")
	printf "#rows\t1\tpublic\tmixed\ttarget=postgresql\n"
	printf "#fields\tid\tn\tamount\tday\tname\tnote\tmood\tq\n"
	printf "#types\tbigint\tinteger\tnumeric(6,2)\tdate\tcharacter varying(10)\ttext\ttext\tinteger\n"
	for (i = 1; i <= rows; i++) {
		delete worse
		if (i in is_bad) {
			kind = int(rand() * 9) + 1
			worse[column[kind]] = value[kind] == "before" ? (i > 1 ? i - 1 : 0) : value[kind]
			if (list)
				print i, state[kind] >list
		}
		printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", field("id", i), field("n", i * 7919 % 100003), \
			field("amount", (i % 10000) ".25"), field("day", "2024-01-" (i % 28 + 10 > 28 ? 11 : i % 18 + 10)), \
			field("name", "name " i % 5003), field("note", "what is said of row " i), \
			field("mood", i % 2 ? "glad" : "so-so"), field("q", i % 50 + 1)
	}
	printf "#end\t%d\t0\n", rows
}
