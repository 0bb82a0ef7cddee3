# Rows(5) of a table with 25 columns, a bit of everything, as tables are that grew for years.
#
#	awk -v rows=N [-v sql=1] -f wide-rows.awk	the rows, or the table as SQL
BEGIN {
	OFS = "\t"
	n = split("id bigint;i1 integer;i2 integer;i3 smallint;i4 smallint;i5 integer;d1 numeric(12,4);d2 numeric(20,0);" \
		"f1 real;f2 double precision;t1 varchar(100);t2 varchar(255);t3 text;c1 char(12);dt1 timestamp(6);dt2 timestamp;" \
		"ts1 timestamptz;da1 date;ti1 time(3);y1 smallint;b1 bit(8);e1 kind;s1 text[];v1 bytea;u1 uuid", column, ";")
	for (i = 1; i <= n; i++) {
		split(column[i], word, " ")
		type = substr(column[i], length(word[1]) + 2)
		fields = fields OFS word[1]
		types = types OFS type
		create = create (i > 1 ? ", " : "") word[1] " " type
	}
	if (sql) {
		print "create type kind as enum ('new', 'paid', 'sent'); create table wide (" create ");"
		exit
	}
	split("new paid sent", kind, " ")
	for (i = 0; i < 9; i++)
		words[i] = words[i - 1] (i ? "some words that are longer " : "")
	print "#rows", 1, "public", "wide", "target=postgresql"
	print "#fields" fields
	print "#types" types
	for (i = 1; i <= rows; i++) {
		hex = sprintf("%08x%08x%08x%08x", i * 7919 % 4294967291, i * 104729 % 4294967279, i * 15485863 % 4294967231, i)
		day = sprintf("20%02d-%02d-%02d", i % 30, i % 12 + 1, i % 28 + 1)
		clock = sprintf("%02d:%02d:%02d", i % 24, i % 60, i * 7 % 60)
		print i, i, -i, i % 30000, i % 250, i * 3 % 8000000, sprintf("%.4f", i / 7), sprintf("%.0f", i * 1000003), sprintf("%.7g", i / 3),
			sprintf("%.15g", i / 11), "a short text " i, words[i % 9], "a text with a\\ttab, a\\\\ and a\\nline " i,
			"code " i % 9973, day " " clock sprintf(".%06d", i % 1000000), day " " clock, day " " clock "+00", day,
			clock sprintf(".%03d", i % 1000), 1970 + i % 100,
			(i % 2) (i % 3 % 2) (i % 5 % 2) (i % 7 % 2) (i % 11 % 2) (i % 13 % 2) (i % 17 % 2) (i % 19 % 2),
			kind[i % 3 + 1], i % 4 ? "{a,\"b c\"}" : "{}", "\\\\x" hex "0011223344",
			substr(hex, 1, 8) "-" substr(hex, 9, 4) "-" substr(hex, 13, 4) "-" substr(hex, 17, 4) "-" substr(hex, 21, 12)
	}
	print "#end", rows, 0
}
