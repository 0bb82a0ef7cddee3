/* Ranges: lines that are one, lines that are none, and which line of a file it is. */
#include <stdlib.h>
#include <unistd.h>

#include "schema/ranges.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static struct range range;
static struct err error;

static int
parse(const char *line)
{
	error = (struct err){ 0 };
	return range_parse(&range, str_cstr(line), "ranges", 7, &error);
}

static void
test_ranges(void)
{
	ok(parse("shop\tusers\t1\tid\t\\N\t1000") == 0, "the first range of a table");
	ok(range_is_of(&range, STR("shop"), STR("users")), "is one of it");
	ok(!range_is_of(&range, STR("shop"), STR("user")) &&
	       !range_is_of(&range, STR("sho"), STR("users")),
	   "and of no other");
	ok(range.nkeys == 1 && !range.from, "one key, from the beginning");
	is_str(range.key[0], "id", "its name");
	is_str(range.to[0], "1000", "its end");
	range_release(&range);

	ok(parse("a\\tb\t\\#t\t2\tx\\ny\t\\#\t\\#a\t\t\\\\N\t\\000") == 0,
	   "escapes everywhere");
	ok(range_is_of(&range, STR("a\tb"), STR("#t")), "names are unescaped");
	is_str(range.key[0], "x\ny", "so is a key");
	is_str(range.key[1], "#", "and another");
	is_str(range.from[0], "#a", "and a value");
	is_str(range.from[1], "", "an empty text is a value");
	is_str(range.to[0], "\\N", "so is one that looks like NULL");
	ok(str_eq(range.to[1], STR("\0")), "and a zero byte");
	range_release(&range);

	ok(parse("s\tt\t0") == 0 && range.nkeys == 0 && !range.from && !range.to,
	   "the whole of a table without a key");
	range_release(&range);
	ok(parse("s\tt\t2\ta\tb\t\\N\t\\N\t\\N\t\\N") == 0 && !range.from && !range.to,
	   "all of a table with one");
	range_release(&range);
}

static void
test_faults(void)
{
	static const char *const lines[] = {
		"",
		"s",
		"s\tt",
		"s\tt\t",
		"s\tt\tx",
		"s\tt\t-1",
		"s\tt\t0\t",
		"s\tt\t1\ta\t1",
		"s\tt\t1\ta\t1\t2\t3",
		"s\tt\t6148914691236517205\ta\t1\t2",
		"s\tt\t18446744073709551616\ta\t1\t2",
		"s\\q\tt\t1\ta\t1\t2",
		"s\t#t\t1\ta\t1\t2",
		"s\t\\N\t1\ta\t1\t2",
		"s\tt\t1\t\\N\t1\t2",
		"s\tt\t1\ta\t\\x\t2",
		"s\tt\t1\ta\t1\t2\r",
		"s\tt\t2\ta\tb\t1\t\\N\t3\t4",
		"s\tt\t2\ta\tb\t1\t2\t\\N\t4",
	};

	for (size_t i = 0; i < COUNT(lines); i++) {
		ok(parse(lines[i]) < 0 && error.status == STATUS_BAD &&
		       str_starts(str_cstr(error.text), STR("ranges:7: ")),
		   "no range, number %zu", i);
		if (error.status == STATUS_OK)
			range_release(&range);
	}
}

/* What reading that line of the path says: a status, or the table's name. */
static void
reads(const char *path, uint64_t line, enum status status, const char *table, const char *name)
{
	error = (struct err){ 0 };
	if (range_read(&range, path, line, &error) < 0) {
		ok(status != STATUS_OK && error.status == status, "%s: %s", name, error.text);
		return;
	}
	ok(status == STATUS_OK, "%s", name);
	is_str(range.table, table, name);
	range_release(&range);
}

static void
test_file(void)
{
	static const char text[] = "s\tone\t0\ns\ttwo\t1\tid\t5\t\\N\ns\tthree\n\ns\tcut\t0";
	char path[] = "/tmp/pgtide-ranges.XXXXXX";
	int fd = mkstemp(path);
	bool good = fd >= 0 && write(fd, text, sizeof(text) - 1) == (ssize_t)sizeof(text) - 1;

	if (fd >= 0)
		close(fd);
	if (!ok(good, "a file of ranges"))
		return;
	reads(path, 1, STATUS_OK, "one", "the first line");
	reads(path, 2, STATUS_OK, "two", "the second line, whatever the others are");
	reads(path, 3, STATUS_BAD, NULL, "a line that is no range");
	reads(path, 4, STATUS_BAD, NULL, "an empty line");
	reads(path, 5, STATUS_CUT, NULL, "a line that was cut");
	reads(path, 0, STATUS_USAGE, NULL, "line 0");
	unlink(path);
	reads(path, 1, STATUS_USAGE, NULL, "a file that is gone");
	reads("/dev/null", 1, STATUS_USAGE, NULL, "an empty file");
}

int
main(int argc, char **argv)
{
	(void)argc;
	prog_init(argv[0]);
	test_ranges();
	test_faults();
	test_file();
	return done();
}
