/*
 * The rows(5) reader: however a stream falls into blocks and pieces, they are its body, its cells are what a naive
 * split gives, and a fault is found in the same line.
 */
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "tests/unit/stream.h"
#include "tests/unit/tap.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

enum { WHOLE = 0 }; /* as a cap: from memory, all at once */

static struct buf stream, body;
static size_t columns;

static void
open_stream(struct rows_reader *r, struct str s, size_t cap)
{
	if (cap == WHOLE)
		rows_open_bytes(r, s);
	else
		stream_open(r, s, cap);
}

/* --- making streams ------------------------------------------------------------------------------ */

static void
make_field(size_t longest)
{
	static const char *const parts[] = { "x",
					     "abc",
					     "#",
					     "\\\\",
					     "\\t",
					     "\\n",
					     "\\r",
					     "\\000",
					     "\\b",
					     "\\f",
					     "\\v",
					     " ",
					     "\xc3\xa4",
					     "\b",
					     "\xe2\x82\xac",
					     "\xf0\x9f\x98\x80",
					     "N" };
	size_t n = random_below(4) ? random_below(6) : random_below(longest);

	if (random_below(8) == 0) {
		buf_add(&body, STR("\\N"));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const char *part = parts[random_below(COUNT(parts))];

		if (i == 0 && part[0] == '#')
			part = "\\#";
		buf_add(&body, str_cstr(part));
	}
}

static void
make_stream(size_t ncols, size_t nrows, size_t longest)
{
	columns = ncols;
	stream.n = body.n = 0;
	buf_add(&stream, STR("#rows\t1\t\tt\n# c\n#fields"));
	for (size_t i = 0; i < ncols; i++)
		buf_addf(&stream, "\t%c", 'a' + (char)i);
	buf_add(&stream, STR("\n#types"));
	for (size_t i = 0; i < ncols; i++)
		buf_add(&stream, STR("\ti8"));
	buf_addc(&stream, '\n');
	for (size_t row = 0; row < nrows; row++) {
		size_t begin = body.n;

		for (size_t i = 0; i < ncols; i++) {
			if (i)
				buf_addc(&body, '\t');
			make_field(longest);
		}
		buf_addc(&body, '\n');
		if (random_below(10) == 0)
			buf_add(&stream, STR("# a comment\n"));
		buf_add(&stream, str_of(body.p + begin, body.n - begin));
	}
	buf_addf(&stream, "#end\t%zu\t7\n", nrows);
}

/* --- reading them -------------------------------------------------------------------------------- */

/* Where in the stream a reading stands. */
struct place {
	size_t at;
	uint64_t line;
};

static void
pass_line(struct place *p)
{
	const char *nl = memchr(stream.p + p->at, '\n', stream.n - p->at);

	p->at = (size_t)(nl - stream.p) + 1;
	p->line++;
}

/* What is known of a block without looking at its cells. */
static bool
block_is_good(const struct rows_block *b, struct place *p, bool within_row, size_t cap)
{
	uint64_t line;

	while (!within_row && stream.p[p->at] == '#')
		pass_line(p);
	line = p->line;
	if (b->bytes.n == 0 || (cap && b->bytes.n > cap) || b->bytes.n > stream.n - p->at ||
	    memcmp(b->bytes.p, stream.p + p->at, b->bytes.n) != 0)
		return false;
	for (size_t i = 0; i < b->bytes.n; i++)
		p->line += b->bytes.p[i] == '\n';
	p->at += b->bytes.n;
	return b->line == line && p->line - line == b->rows && utf8_tail(b->bytes) == 0 &&
	    b->ends_inside == (b->bytes.p[b->bytes.n - 1] != '\n');
}

struct cells {
	struct buf text; /* joined again */
	struct buf value;
	size_t col;
	bool inside;
};

static bool
cells_are_good(const struct rows_block *b, struct cells *seen)
{
	struct rows_walk walk = { 0 };
	struct rows_cell c;
	bool good = b->opens_inside == seen->inside;

	while (rows_cell(b, &walk, &c)) {
		bool null = c.first && c.last && escape_is_null(c.text);

		good = good && c.col == seen->col && c.first == !seen->inside &&
		    c.escaped == (c.text.n && memchr(c.text.p, '\\', c.text.n)) &&
		    !(c.text.n &&
		      (memchr(c.text.p, '\t', c.text.n) || memchr(c.text.p, '\n', c.text.n)));
		/* No piece ends within an escape. */
		seen->value.n = 0;
		good = good && (escape_decode(&seen->value, c.text) < 0) == null;
		buf_add(&seen->text, c.text);
		seen->inside = !c.last;
		if (!c.last) {
			good = good && !c.row_end;
			continue;
		}
		buf_addc(&seen->text, c.row_end ? '\n' : '\t');
		good = good && c.row_end == (seen->col + 1 == columns);
		seen->col = c.row_end ? 0 : seen->col + 1;
	}
	return good;
}

static bool
reads_well(size_t cap, bool want_cells)
{
	struct rows_reader r;
	struct rows_block b;
	struct buf got = { 0 };
	struct cells seen = { 0 };
	struct place place = { 0, 1 };
	enum rows_event event;
	uint64_t rows = 0;
	bool good = true, within_row = false, ended = false;

	open_stream(&r, buf_str(&stream), cap);
	r.want_cells = want_cells;
	while (good && (event = rows_next(&r, &b)) > ROWS_EOF) {
		if (event == ROWS_END)
			ended = r.rows == rows && r.rejected == 7;
		if (event != ROWS_BLOCK)
			continue;
		good = block_is_good(&b, &place, within_row, cap);
		if (want_cells && columns)
			good = good && cells_are_good(&b, &seen);
		within_row = b.ends_inside;
		rows += b.rows;
		good = good && rows == r.rows;
		buf_add(&got, b.bytes);
	}
	good = good && ended && event == ROWS_EOF && r.err.status == STATUS_OK &&
	    str_eq(buf_str(&got), buf_str(&body)) && (!cap || r.in.cap == cap);
	if (want_cells && columns)
		good = good && str_eq(buf_str(&seen.text), buf_str(&body));
	buf_release(&got);
	buf_release(&seen.text);
	buf_release(&seen.value);
	rows_close(&r);
	return good;
}

static void
test_streams(void)
{
	static const size_t widths[] = { 0, 1, 2, 3, 9 };

	for (size_t w = 0; w < COUNT(widths); w++) {
		size_t bad = 0;

		for (size_t round = 0; round < 4; round++) {
			make_stream(widths[w], 30, round % 2 ? 200 : 20);
			bad += !reads_well(WHOLE, true) + !reads_well(WHOLE, false);
			for (size_t cap = 64; cap <= 4096; cap += cap < 300 ? 3 : cap / 3)
				bad += !reads_well(cap, true) + !reads_well(cap, false);
		}
		ok(bad == 0, "streams of %zu columns, in all sizes of buffers (%zu wrong)",
		   widths[w], bad);
	}
	make_stream(1, 0, 1);
	ok(reads_well(WHOLE, true) && reads_well(64, true), "a stream without rows");
}

/* --- the frame ----------------------------------------------------------------------------------- */

static void
test_head(void)
{
	struct rows_reader r;
	struct rows_block b;
	struct rows_head *h = &r.head;

	rows_open_bytes(
	    &r,
	    STR("# before\n#rows\t1\ts\\t1\t\\#t\ttarget=postgresql\tbare\tx=#a=b\ty=\n"
		"# between\n#fields\tid\t\\#2\n#types\tbigint\ttext\n"
		"#end\t0\t3\n# behind\n#rows\t1\t\tu\n#fields\n#types\n\n\n#end\t2\t0\n"));
	ok(rows_next(&r, &b) == ROWS_TABLE, "the first table");
	is_str(h->schema, "s\t1", "its schema");
	is_str(h->table, "#t", "its name");
	is_str(rows_attr(h, "target"), "postgresql", "an attribute");
	is_str(rows_attr(h, "x"), "#a=b", "is cut at the first '='");
	is_str(rows_attr(h, "y"), "", "may be empty");
	is_str(rows_attr(h, "bare"), NULL, "or bare");
	is_str(rows_attr(h, "none"), NULL, "or absent");
	ok(h->nattrs == 4 && h->ncols == 2, "four attributes, two columns");
	ok(rows_column(h, STR("#2")) == 1 && rows_column(h, STR("id")) == 0 &&
	       rows_column(h, STR("ID")) == -1,
	   "columns by name");
	is_str(h->types[0], "bigint", "a type");
	is_str(str_cstr(rows_name(h).text), "'s\\x091.#t'", "as messages show it");
	ok(rows_next(&r, &b) == ROWS_END && r.rows == 0 && r.rejected == 3, "its end");
	ok(rows_next(&r, &b) == ROWS_TABLE && h->ncols == 0, "a table without columns");
	is_str(str_cstr(rows_name(h).text), "'u'", "without a schema");
	ok(rows_next(&r, &b) == ROWS_BLOCK && b.rows == 2, "its rows");
	ok(rows_next(&r, &b) == ROWS_END && r.rows == 2, "its end");
	ok(rows_next(&r, &b) == ROWS_EOF, "no third table");
	rows_close(&r);

	rows_open_bytes(&r, STR("#rows\t1\t\tt\n#fields\ta\n#types\ti8\n1\n#end\t9\t0\n"));
	r.recount = true;
	rows_next(&r, &b);
	rows_next(&r, &b);
	ok(rows_next(&r, &b) == ROWS_END && r.rows == 1, "a count that nobody compares");
	rows_close(&r);
}

/* --- faults -------------------------------------------------------------------------------------- */

#define HEAD "#rows\t1\ts\tt\n#fields\ta\tb\n#types\ti8\ttext\n"
#define LONG \
	"0123456789012345678901234567890123456789012345678901234567890123456789\\\\\\n\\t\\000ab"
#define ROWS HEAD "1\tone\n2\t" LONG LONG "\n# c\n" LONG "\t\\N\n"

static const struct fault {
	const char *text;
	enum status status;
	unsigned line;
	const char *says;
} faults[] = {
	{ "", STATUS_CUT, 1, "no rows at all" },
	{ "# c\n", STATUS_CUT, 2, "no rows at all" },
	{ "#rows", STATUS_CUT, 1, "no newline" },
	{ "1\t2\n", STATUS_BAD, 1, "outside of a table" },
	{ "\n", STATUS_BAD, 1, "outside of a table" },
	{ "#end\t0\t0\n", STATUS_BAD, 1, "unknown line '#end'" },
	{ "#row\t1\ts\tt\n", STATUS_BAD, 1, "unknown line '#row'" },
	{ "#\t1\n", STATUS_BAD, 1, "unknown line '#'" },
	{ "#rows\t2\ts\tt\n", STATUS_BAD, 1, "version 2" },
	{ "#rows\t0\ts\tt\n", STATUS_BAD, 1, "expected '#rows'" },
	{ "#rows\tx\ts\tt\n", STATUS_BAD, 1, "expected '#rows'" },
	{ "#rows\t1\ts\n", STATUS_BAD, 1, "expected '#rows'" },
	{ "#rows\n", STATUS_BAD, 1, "expected '#rows'" },
	{ "#rows\t1\ts\t\\x\n", STATUS_BAD, 1, "bad escape" },
	{ "#rows\t1\ts\t#t\n", STATUS_BAD, 1, "bad escape" },
	{ "#rows\t1\ts\t\\N\n", STATUS_BAD, 1, "bad escape" },
	{ "#rows\t1\ts\t\xff\n", STATUS_BAD, 1, "invalid UTF-8" },
	{ "#rows\t1\ts\tt\n", STATUS_CUT, 2, "not whole" },
	{ "#rows\t1\ts\tt\n#types\ta\n", STATUS_BAD, 2, "expected #fields" },
	{ "#rows\t1\ts\tt\n1\n", STATUS_BAD, 2, "expected #fields" },
	{ "#rows\t1\ts\tt\n#fields\ta\n", STATUS_CUT, 3, "not whole" },
	{ "#rows\t1\ts\tt\n#fields\ta\n#types\ta\tb\n", STATUS_BAD, 3, "1 fields but 2 types" },
	{ "#rows\t1\ts\tt\n# c\n#fields\ta\tb\ta\n#types\ta\tb\tc\n", STATUS_BAD, 3,
	  "two fields" },
	{ HEAD, STATUS_CUT, 4, "no #end" },
	{ HEAD "#end\t0\n", STATUS_BAD, 4, "expected '#end'" },
	{ HEAD "#end\t0\t0\t0\n", STATUS_BAD, 4, "expected '#end'" },
	{ HEAD "#end\t0\t-1\n", STATUS_BAD, 4, "expected '#end'" },
	{ HEAD "#end\t1\t0\n", STATUS_CUT, 4, "#end says 1, there are 0" },
	{ HEAD "#end\t0\t0", STATUS_CUT, 4, "no newline" },
	{ HEAD "#end\t0\t0\nx\n", STATUS_BAD, 5, "outside of a table" },
	{ HEAD "#fields\ta\n", STATUS_BAD, 4, "unknown line '#fields'" },
	{ HEAD "#rows\t1\ts\tt\n", STATUS_CUT, 4, "before #end" },
	{ ROWS, STATUS_CUT, 8, "no #end" },
	{ ROWS "#end\t2\t0\n", STATUS_CUT, 8, "there are 3" },
	{ ROWS "#c\n", STATUS_BAD, 8, "unknown line '#c'" },
	{ ROWS "# c", STATUS_CUT, 8, "no newline" },
	{ ROWS "1", STATUS_CUT, 8, "ended early" },
	{ ROWS "1\tx", STATUS_CUT, 8, "ended early" },
	{ ROWS "1\t\\", STATUS_CUT, 8, "ended early" },
	{ ROWS "1\t\\x", STATUS_CUT, 8, "ended early" },
	{ ROWS "1\tb\tc", STATUS_CUT, 8, "ended early" },
	{ ROWS LONG "\t" LONG, STATUS_CUT, 8, "ended early" },
	{ ROWS "\n", STATUS_BAD, 8, "row with 1 fields instead of 2" },
	{ ROWS "1\n1\t2\n", STATUS_BAD, 8, "row with 1 fields instead of 2" },
	{ ROWS "1\t2\t3\n", STATUS_BAD, 8, "row with more than 2 fields" },
	{ ROWS LONG LONG "\n", STATUS_BAD, 8, "row with 1 fields instead of 2" },
	{ ROWS LONG LONG "\t\t\n", STATUS_BAD, 8, "row with more than 2 fields" },
	{ ROWS "1\t2\n1\t2\r\n", STATUS_BAD, 9, "column 'b': a raw carriage return" },
	{ ROWS LONG LONG "\r\t1\n", STATUS_BAD, 8, "column 'a': a raw carriage return" },
	{ ROWS "1\t#\n", STATUS_BAD, 8, "column 'b': a # that begins" },
	{ ROWS "\\.\n", STATUS_BAD, 8, "column 'a': a backslash" },
	{ ROWS "1\t\\x41\n", STATUS_BAD, 8, "column 'b': a backslash" },
	{ ROWS "1\t\\\n", STATUS_BAD, 8, "column 'b': a backslash" },
	{ ROWS "1\t\\001\n", STATUS_BAD, 8, "column 'b': a backslash" },
	{ ROWS "1\t\\0\n", STATUS_BAD, 8, "column 'b': a backslash" },
	{ ROWS "1\ta\\#\n", STATUS_BAD, 8, "column 'b': \\# within" },
	{ ROWS "1\t" LONG LONG "\\#\n", STATUS_BAD, 8, "column 'b': \\# within" },
	{ ROWS "\\Nx\t\n", STATUS_BAD, 8, "column 'a': \\N with more" },
	{ ROWS "x\\N\t\n", STATUS_BAD, 8, "column 'a': \\N with more" },
	{ ROWS LONG "\t" LONG "\\N\n", STATUS_BAD, 8, "column 'b': \\N with more" },
	{ ROWS "1\t\\N\\N\n", STATUS_BAD, 8, "column 'b': \\N with more" },
	/* the first fault counts */
	{ ROWS "1\n1\tx", STATUS_BAD, 8, "row with 1 fields" },
	{ ROWS "1\t\\x\n#end\t7\t0", STATUS_BAD, 8, "a backslash" },
};

static bool
finds(const struct fault *f, size_t cap, bool want_cells)
{
	struct rows_reader r;
	struct rows_block b;
	char *rest = NULL;
	bool good;

	open_stream(&r, str_cstr(f->text), cap);
	r.want_cells = want_cells;
	while (rows_next(&r, &b) > ROWS_EOF)
		continue;
	good = r.err.status == f->status && strncmp(r.err.text, "-:", 2) == 0 &&
	    strtoul(r.err.text + 2, &rest, 10) == f->line && strstr(rest, f->says);
	if (!good)
		printf("# buffer of %zu: status %d, not %d of line %u, %s: %s\n", cap,
		       (int)r.err.status, (int)f->status, f->line, f->says, r.err.text);
	rows_close(&r);
	return good;
}

static void
test_faults(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		bool good = finds(&faults[i], WHOLE, true) && finds(&faults[i], WHOLE, false);

		for (size_t cap = 64; good && cap < 400; cap += cap < 200 ? 1 : 37)
			good = finds(&faults[i], cap, cap % 2);
		ok(good, "fault %zu: %s", i, faults[i].says);
	}
	ok(finds(&(struct fault){ .text = ROWS "1\tx\n", STATUS_CUT, 9, "no #end" }, 64, true),
	   "rows behind rows");
}

static void
test_zero(void)
{
	static const char text[] = HEAD "1\ta\0b\n";
	struct rows_reader r;
	struct rows_block b;

	rows_open_bytes(&r, str_of(text, sizeof(text) - 1));
	ok(rows_next(&r, &b) == ROWS_TABLE, "a table");
	ok(rows_next(&r, &b) == ROWS_ERROR && r.err.status == STATUS_BAD &&
	       strstr(r.err.text, ":4: column 'b': a raw zero byte"),
	   "a raw zero byte");
	rows_close(&r);
}

int
main(void)
{
	test_streams();
	test_head();
	test_faults();
	test_zero();
	buf_release(&stream);
	buf_release(&body);
	return done();
}
