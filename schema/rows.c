/* rows(5): the reader of the frame, and the writer. schema/rows-scan.c reads what is between. */
#include <stdio.h>
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/rows-scan.h"
#include "schema/rows.h"

static int
bad(struct rows_reader *r, const char *what)
{
	return err_set(&r->err, STATUS_BAD, "%s:%ju: %s", r->in.name, (uintmax_t)r->in.line,
		       what);
}

static int
cut(struct rows_reader *r, const char *what)
{
	return err_set(&r->err, STATUS_CUT, "%s:%ju: input ended early: %s", r->in.name,
		       (uintmax_t)r->in.line, what);
}

int
rows_open(struct rows_reader *r, const char *name)
{
	*r = (struct rows_reader){ 0 };
	return input_open(&r->in, name, &r->err);
}

void
rows_open_bytes(struct rows_reader *r, struct str bytes)
{
	*r = (struct rows_reader){ 0 };
	input_open_bytes(&r->in, bytes);
}

void
rows_close(struct rows_reader *r)
{
	input_close(&r->in);
	pool_release(&r->pool);
	buf_release(&r->scratch);
	free(r->sep);
	*r = (struct rows_reader){ 0 };
}

/* The line at in.beg, which is consumed; in.line is still its number. 1, 0 at the end of the input, -1. */
static int
take_line(struct rows_reader *r, struct str *line)
{
	struct input *in = &r->in;
	size_t seen = 0;
	char *nl;

	while (!(nl = memchr(in->p + in->beg + seen, '\n', in->end - in->beg - seen))) {
		int got;

		seen = in->end - in->beg;
		got = input_more(in, ROWS_HEADER_MAX, &r->err);
		if (got < 0)
			return -1;
		if (got == 0)
			return seen ? cut(r, "the last line has no newline") : 0;
	}
	*line = str_of(in->p + in->beg, (size_t)(nl - (in->p + in->beg)));
	in->beg += line->n + 1;
	return 1;
}

/* One field of a # line, unescaped into the pool. */
static int
take_field(struct rows_reader *r, struct str field, struct str *out)
{
	if (escape_is_null(field) || escape_check(field) != field.n)
		return bad(r, "bad escape in a # line");
	if (utf8_valid(field) != field.n)
		return bad(r, "invalid UTF-8 in a # line");
	r->scratch.n = 0;
	if (escape_decode(&r->scratch, field) < 0)
		return bad(r, "bad escape in a # line");
	*out = pool_str(&r->pool, buf_str(&r->scratch));
	return 0;
}

/* The fields of a # line behind its word, unescaped. */
static int
take_fields(struct rows_reader *r, struct str line, struct str **fields, size_t *count)
{
	struct str word, rest, field;
	size_t n = str_count(line, '\t');
	bool more = str_cut(line, '\t', &word, &rest);

	*fields = pool_get(&r->pool, n * sizeof(**fields));
	*count = n;
	for (size_t i = 0; more; i++) {
		more = str_cut(rest, '\t', &field, &rest);
		if (take_field(r, field, &(*fields)[i]) < 0)
			return -1;
	}
	return 0;
}

static bool
is_word(struct str line, const char *word)
{
	struct str head, rest;

	str_cut(line, '\t', &head, &rest);
	return str_eq(head, str_cstr(word));
}

static bool
is_comment(struct str line)
{
	return line.n >= 2 && line.p[0] == '#' && line.p[1] == ' ';
}

/* The next line that is no comment; in.line is its number, and the caller counts it as done. */
static int
next_head_line(struct rows_reader *r, struct str *line)
{
	int got;

	while ((got = take_line(r, line)) > 0 && is_comment(*line))
		r->in.line++;
	return got;
}

static int
unknown_word(struct rows_reader *r, struct str line)
{
	struct str word, rest;

	str_cut(line, '\t', &word, &rest);
	return err_set(&r->err, STATUS_BAD, "%s:%ju: unknown line %s", r->in.name,
		       (uintmax_t)r->in.line, show(word).text);
}

static int
check_attrs(struct rows_reader *r)
{
	const struct rows_head *h = &r->head;

	for (size_t i = 0; i < h->nattrs; i++) {
		struct str name = h->attrs[i].name;

		for (size_t k = 0; k < i; k++)
			if (str_eq(h->attrs[k].name, name))
				return err_set(&r->err, STATUS_BAD,
					       "%s:%ju: attribute given twice: %s", r->in.name,
					       (uintmax_t)r->in.line, show(name).text);
		if (name.n == 0)
			return bad(r, "attribute without a name");
		if (str_eq(name, STR("target")) &&
		    !str_eq(h->attrs[i].value, STR("postgresql")))
			return bad(r, "the only target there is: target=postgresql");
	}
	return 0;
}

/* #rows VERSION SCHEMA TABLE [attr[=value]]… */
static int
read_rows_line(struct rows_reader *r, struct str line)
{
	struct rows_head *h = &r->head;
	struct str *f;
	size_t n;
	uint64_t version;

	if (take_fields(r, line, &f, &n) < 0)
		return -1;
	if (n > 3 + ROWS_ATTRS_MAX)
		return bad(r, "too many attributes");
	if (n < 3 || !num_u64(f[0], &version) || version == 0)
		return bad(r, "expected '#rows', version, schema and table");
	if (version > ROWS_VERSION)
		return err_set(&r->err, STATUS_BAD,
			       "%s:%ju: rows version %ju, this program reads up to %d",
			       r->in.name, (uintmax_t)r->in.line, (uintmax_t)version,
			       ROWS_VERSION);
	*h = (struct rows_head){ .schema = f[1], .table = f[2], .nattrs = n - 3 };
	h->attrs = pool_get(&r->pool, h->nattrs * sizeof(*h->attrs));
	for (size_t i = 0; i < h->nattrs; i++)
		str_cut(f[i + 3], '=', &h->attrs[i].name, &h->attrs[i].value);
	if (check_attrs(r) < 0)
		return -1;
	r->in.line++;
	return 0;
}

/* A #fields or #types line into *fields. */
static int
read_list_line(struct rows_reader *r, const char *word, struct str **fields, size_t *count)
{
	struct str line;
	int got = next_head_line(r, &line);

	if (got < 0)
		return -1;
	if (got == 0)
		return cut(r, "the head of the table is not whole");
	if (is_word(line, "#rows"))
		return cut(r, "a new #rows before #end");
	if (!is_word(line, word))
		return err_set(&r->err, STATUS_BAD, "%s:%ju: expected %s, got %s", r->in.name,
			       (uintmax_t)r->in.line, word, show(line).text);
	return take_fields(r, line, fields, count);
}

static int
compare_names(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int
check_names(struct rows_reader *r)
{
	size_t n = r->head.ncols;
	struct str *sorted;

	if (n < 2)
		return 0;
	sorted = pool_get(&r->pool, n * sizeof(*sorted));
	memcpy(sorted, r->head.names, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare_names);
	for (size_t i = 1; i < n; i++)
		if (str_eq(sorted[i - 1], sorted[i]))
			return err_set(&r->err, STATUS_BAD, "%s:%ju: two fields are named %s",
				       r->in.name, (uintmax_t)r->in.line, show(sorted[i]).text);
	return 0;
}

static enum rows_event
read_head(struct rows_reader *r)
{
	struct rows_head *h = &r->head;
	struct str line;
	size_t ntypes;
	int got = next_head_line(r, &line);

	if (got < 0)
		return ROWS_ERROR;
	if (got == 0 && !r->seen_table)
		return cut(r, "no rows at all, not even a #rows line"), ROWS_ERROR;
	if (got == 0)
		return ROWS_EOF;
	if (line.n == 0 || line.p[0] != '#')
		return bad(r, "a row outside of a table: expected a #rows line"), ROWS_ERROR;
	if (!is_word(line, "#rows"))
		return unknown_word(r, line), ROWS_ERROR;
	pool_release(&r->pool);
	if (read_rows_line(r, line) < 0 ||
	    read_list_line(r, "#fields", &h->names, &h->ncols) < 0 || check_names(r) < 0)
		return ROWS_ERROR;
	r->in.line++;
	if (read_list_line(r, "#types", &h->types, &ntypes) < 0)
		return ROWS_ERROR;
	if (ntypes != h->ncols) {
		err_set(&r->err, STATUS_BAD, "%s:%ju: %zu fields but %zu types", r->in.name,
			(uintmax_t)r->in.line, h->ncols, ntypes);
		return ROWS_ERROR;
	}
	r->in.line++;
	r->in_table = r->seen_table = true;
	r->rows = r->rejected = 0;
	r->col = 0;
	r->within_row = r->within_field = false;
	return ROWS_TABLE;
}

/* #end COUNT REJECTED */
static enum rows_event
read_end(struct rows_reader *r, struct str line)
{
	struct str *f;
	size_t n;
	uint64_t count;

	if (take_fields(r, line, &f, &n) < 0)
		return ROWS_ERROR;
	if (n != 2 || !num_u64(f[0], &count) || !num_u64(f[1], &r->rejected))
		return bad(r, "expected '#end', count and rejected"), ROWS_ERROR;
	if (count != r->rows && !r->recount) {
		err_set(&r->err, STATUS_CUT,
			"%s:%ju: rows are missing or too many: #end says %ju, there are %ju",
			r->in.name, (uintmax_t)r->in.line, (uintmax_t)count,
			(uintmax_t)r->rows);
		return ROWS_ERROR;
	}
	r->in.line++;
	r->in_table = false;
	return ROWS_END;
}

/* A # line between rows: ROWS_END, ROWS_ERROR, or ROWS_EOF for a comment, after which there is more to read. */
static enum rows_event
read_directive(struct rows_reader *r)
{
	struct str line;
	int got = take_line(r, &line);

	if (got <= 0)
		return ROWS_ERROR;
	if (is_comment(line)) {
		r->in.line++;
		return ROWS_EOF;
	}
	if (is_word(line, "#end"))
		return read_end(r, line);
	if (is_word(line, "#rows"))
		return cut(r, "a new #rows before #end"), ROWS_ERROR;
	return unknown_word(r, line), ROWS_ERROR;
}

/*
 * After a fault in a row: a last line without a newline is cut, whatever it holds. Reads on to the end of the line, and
 * forgets what it reads.
 */
static enum rows_event
fault_or_cut(struct rows_reader *r)
{
	struct input *in = &r->in;
	struct err fault = r->err;
	int got = 1;

	r->err = (struct err){ 0 };
	while (got > 0 && !memchr(in->p + in->beg, '\n', in->end - in->beg)) {
		in->beg = in->end;
		got = input_more(in, in->cap, &r->err);
	}
	if (got == 0)
		cut(r, "the last line has no newline");
	else if (got > 0)
		r->err = fault;
	return ROWS_ERROR;
}

enum rows_event
rows_next(struct rows_reader *r, struct rows_block *block)
{
	struct input *in = &r->in;

	if (!r->in_table)
		return read_head(r);
	for (;;) {
		size_t have = in->end - in->beg;
		int got;

		if (have && !r->within_row && in->p[in->beg] == '#') {
			enum rows_event event = read_directive(r);

			if (event != ROWS_EOF)
				return event;
			continue;
		}
		got = have ? rows_scan(r, block) : 0;
		if (got < 0)
			return fault_or_cut(r);
		if (got > 0)
			return ROWS_BLOCK;
		got = input_more(in, in->cap, &r->err);
		if (got < 0)
			return ROWS_ERROR;
		if (got == 0)
			return cut(r, have || r->within_row ? "within a row" : "no #end"),
			       ROWS_ERROR;
	}
}

struct str
rows_attr(const struct rows_head *h, const char *name)
{
	for (size_t i = 0; i < h->nattrs; i++)
		if (str_eq(h->attrs[i].name, str_cstr(name)))
			return h->attrs[i].value;
	return STR_NONE;
}

long
rows_column(const struct rows_head *h, struct str name)
{
	for (size_t i = 0; i < h->ncols; i++)
		if (str_eq(h->names[i], name))
			return (long)i;
	return -1;
}

static void
write_list(struct output *out, const char *word, const struct str *fields, size_t n)
{
	output_add(out, str_cstr(word));
	for (size_t i = 0; i < n; i++) {
		output_addc(out, '\t');
		escape_write(out, fields[i], true);
	}
	output_addc(out, '\n');
}

void
rows_write_head(struct output *out, const struct rows_head *h)
{
	output_add(out, STR("#rows\t1\t"));
	escape_write(out, h->schema, true);
	output_addc(out, '\t');
	escape_write(out, h->table, true);
	for (size_t i = 0; i < h->nattrs; i++) {
		output_addc(out, '\t');
		escape_write(out, h->attrs[i].name, true);
		if (h->attrs[i].value.p) {
			output_addc(out, '=');
			escape_write(out, h->attrs[i].value, false);
		}
	}
	output_addc(out, '\n');
	write_list(out, "#fields", h->names, h->ncols);
	write_list(out, "#types", h->types, h->ncols);
	output_flush(out); /* whoever watches the pipe sees at once that it lives */
}

void
rows_write_end(struct output *out, uint64_t rows, uint64_t rejected)
{
	char d[2 * NUM_MAX + 2];
	size_t n = num_put_u64(d, rows);

	d[n++] = '\t';
	n += num_put_u64(d + n, rejected);
	d[n++] = '\n';
	output_add(out, STR("#end\t"));
	output_add(out, str_of(d, n));
}

struct shown
rows_name(const struct rows_head *h)
{
	char both[96];
	int n = h->schema.n ? snprintf(both, sizeof(both), "%.*s.",
				       (int)(h->schema.n < 40 ? h->schema.n : 40), h->schema.p)
			    : 0;

	n += snprintf(both + n, sizeof(both) - (size_t)n, "%.*s",
		      (int)(h->table.n < 50 ? h->table.n : 50), h->table.p);
	return show(str_of(both, (size_t)n < sizeof(both) ? (size_t)n : sizeof(both) - 1));
}
