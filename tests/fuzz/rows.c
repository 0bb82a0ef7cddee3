/*
 * rows(5): however the stream falls into blocks and pieces, the reader says the same of it; its cells are the stream;
 * and what was read and written reads as the same.
 */
#include "schema/rows.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "tests/fuzz/fuzz.h"

/* What one reading of a stream gave. */
struct copy {
	struct buf bytes; /* the stream in canonical form, as far as it was good */
	struct err err;
};

static void
check_cell(const struct rows_cell *c, struct buf *value)
{
	bool null = c->first && c->last && escape_is_null(c->text);

	must(c->escaped == (c->text.n && memchr(c->text.p, '\\', c->text.n)));
	value->n = 0;
	must((escape_decode(value, c->text) == 0) == !null);
	if (c->first && c->last)
		must(escape_check(c->text) == c->text.n);
}

/* The cells of a block, joined again, are its bytes. */
static void
check_cells(const struct rows_reader *r, const struct rows_block *b, bool *inside, size_t *col)
{
	struct rows_walk walk = { 0 };
	struct rows_cell c;
	struct buf joined = { 0 }, value = { 0 };
	uint64_t rows = 0;

	must(b->opens_inside == *inside);
	while (rows_cell(b, &walk, &c)) {
		must(c.col == *col && c.col < r->head.ncols);
		must(c.first == !*inside);
		check_cell(&c, &value);
		buf_add(&joined, c.text);
		*inside = !c.last;
		if (!c.last)
			continue;
		buf_addc(&joined, c.row_end ? '\n' : '\t');
		must(c.row_end == (c.col + 1 == r->head.ncols));
		rows += c.row_end;
		*col = c.row_end ? 0 : c.col + 1;
	}
	must(rows == b->rows);
	must(str_eq(buf_str(&joined), b->bytes));
	must(b->ends_inside == (*inside || *col > 0));
	buf_release(&joined);
	buf_release(&value);
}

static void
read_stream(struct rows_reader *r, struct copy *copy, bool text)
{
	struct rows_block b;
	enum rows_event event;
	uint64_t rows = 0, line = 0;
	bool inside = false;
	size_t col = 0;

	while ((event = rows_next(r, &b)) > ROWS_EOF) {
		switch (event) {
		case ROWS_TABLE:
			rows_write_head(fuzz_output(), &r->head);
			rows = 0;
			col = 0;
			inside = false;
			break;
		case ROWS_BLOCK:
			must(b.bytes.n > 0 && b.line >= line);
			must(!text || utf8_tail(b.bytes) == 0);
			line = b.line;
			rows += b.rows;
			must(rows == r->rows);
			if (r->want_cells && r->head.ncols)
				check_cells(r, &b, &inside, &col);
			output_add(fuzz_output(), b.bytes);
			break;
		default:
			must(!inside && col == 0);
			rows_write_end(fuzz_output(), r->rows, r->rejected);
			break;
		}
	}
	copy->err = r->err;
	must(event == ROWS_ERROR ? r->err.status == STATUS_BAD || r->err.status == STATUS_CUT
				 : r->err.status == STATUS_OK);
	fuzz_written(&copy->bytes);
	rows_close(r);
}

/* From a file, through a buffer of cap bytes and no more: as rows_open(), which makes a large one. */
static void
read_file(struct copy *copy, int fd, size_t cap, bool cells, bool text)
{
	struct rows_reader r = { 0 };

	must(lseek(fd, 0, SEEK_SET) == 0);
	r.in = (struct input){ .fd = dup(fd), .name = "-", .cap = cap, .line = 1 };
	must(r.in.fd >= 0);
	r.in.p = mem_array(cap + IO_SLACK, 1);
	memset(r.in.p, 0, cap + IO_SLACK);
	r.want_cells = cells;
	read_stream(&r, copy, text);
}

static void
read_bytes(struct copy *copy, struct str s, bool cells, bool text)
{
	struct rows_reader r;

	rows_open_bytes(&r, s);
	r.want_cells = cells;
	read_stream(&r, copy, text);
}

/* Of `-:12: what`. */
static unsigned long
line_of(const struct err *e)
{
	must(strncmp(e->text, "-:", 2) == 0);
	return strtoul(e->text + 2, NULL, 10);
}

/* A reader with a small buffer hands out what is good before a fault; one that sees it all at once may not. */
static void
compare(const struct copy *small, const struct copy *large)
{
	must(small->err.status == large->err.status);
	if (small->err.status == STATUS_OK) {
		must(str_eq(buf_str(&small->bytes), buf_str(&large->bytes)));
		return;
	}
	must(str_starts(buf_str(&small->bytes), buf_str(&large->bytes)));
	must(line_of(&small->err) == line_of(&large->err));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct copy whole = { 0 }, other = { 0 };
	struct str s;
	size_t cap;
	bool text;

	if (size == 0)
		return 0;
	if (fd < 0)
		fd = fuzz_file();
	cap = 64 + data[0];
	s = str_of((const char *)data + 1, size - 1);
	text = utf8_valid(s) == s.n;
	must(ftruncate(fd, 0) == 0 && pwrite(fd, s.p, s.n, 0) == (ssize_t)s.n);

	read_bytes(&whole, s, false, text);
	read_bytes(&other, s, true, text);
	compare(&other, &whole);
	compare(&whole, &other);
	read_file(&other, fd, cap, true, text);
	compare(&other, &whole);
	read_file(&other, fd, cap, false, text);
	compare(&other, &whole);
	if (whole.err.status == STATUS_OK) {
		read_bytes(&other, buf_str(&whole.bytes), false, text);
		must(other.err.status == STATUS_OK);
		must(str_eq(buf_str(&other.bytes), buf_str(&whole.bytes)));
	}
	buf_release(&whole.bytes);
	buf_release(&other.bytes);
	return 0;
}
