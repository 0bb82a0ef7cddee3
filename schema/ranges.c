/* Ranges: the parts of a table that are read and loaded on their own. */
#include <stdlib.h>

#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/escape.h"
#include "schema/ranges.h"

enum {
	LINE_MAX_BYTES = 64 << 20
}; /* keys are short; whoever has longer ones reads the table in one piece */

enum { SCHEMA, TABLE, NKEYS, HEAD };

struct where {
	const char *path;
	uint64_t line;
	struct err *e;
};

static int
fault(const struct where *w, const char *what)
{
	return err_set(w->e, STATUS_BAD, "%s:%ju: %s", w->path, (uintmax_t)w->line, what);
}

/* Escaped fields of the line, still pointing into it. */
static size_t
split(struct range *r, struct str line)
{
	size_t n = str_count(line, '\t') + 1;

	r->fields = mem_array(n, sizeof(*r->fields));
	for (size_t i = 0; i < n; i++)
		str_cut(line, '\t', &r->fields[i], &line);
	return n;
}

/* The value, which does not move any more: room for all of the line was made before. */
static int
decode(struct range *r, struct str *field, const struct where *w)
{
	size_t begin = r->text.n;

	if (escape_check(*field) != field->n || escape_decode(&r->text, *field) < 0)
		return fault(w, "a field that is not escaped as rows(5) has it");
	*field = str_of(r->text.p + begin, r->text.n - begin);
	return 0;
}

/* One end: all of its fields are NULL, or none. */
static int
decode_end(struct range *r, struct str *end, struct str **to, const struct where *w)
{
	size_t open = 0;

	for (size_t i = 0; i < r->nkeys; i++)
		open += escape_is_null(end[i]);
	*to = NULL;
	if (open == r->nkeys)
		return 0;
	if (open > 0)
		return fault(
		    w, "an end with and without limits: \\N stands for all of its columns");
	for (size_t i = 0; i < r->nkeys; i++)
		if (decode(r, &end[i], w) < 0)
			return -1;
	*to = end;
	return 0;
}

static int
decode_all(struct range *r, size_t nfields, const struct where *w)
{
	struct str *f = r->fields;
	uint64_t nkeys;

	if (nfields < HEAD || !num_u64(f[NKEYS], &nkeys))
		return fault(w,
			     "not a range: schema, table, the number of keys, keys, from, to");
	if (nkeys > nfields || HEAD + 3 * nkeys != nfields)
		return fault(w, "the number of fields is not that of so many keys");
	r->nkeys = nkeys;
	r->key = f + HEAD;
	if (decode(r, &f[SCHEMA], w) < 0 || decode(r, &f[TABLE], w) < 0)
		return -1;
	r->schema = f[SCHEMA];
	r->table = f[TABLE];
	for (size_t i = 0; i < r->nkeys; i++)
		if (decode(r, &r->key[i], w) < 0)
			return -1;
	if (decode_end(r, r->key + nkeys, &r->from, w) < 0)
		return -1;
	return decode_end(r, r->key + 2 * nkeys, &r->to, w);
}

int
range_parse(struct range *r, struct str line, const char *path, uint64_t number, struct err *e)
{
	struct where w = { path, number, e };
	size_t nfields;

	*r = (struct range){ 0 };
	buf_reserve(&r->text, line.n + 1);
	nfields = split(r, line);
	if (decode_all(r, nfields, &w) == 0)
		return 0;
	range_release(r);
	return -1;
}

int
range_read(struct range *r, const char *path, uint64_t line, struct err *e)
{
	struct input in;
	struct str text;
	int got;

	if (input_open(&in, path, e) < 0)
		return -1;
	do
		got = input_line(&in, LINE_MAX_BYTES, &text, e);
	while (got > 0 && in.line < line);
	if (got > 0 && line > 0)
		got = range_parse(r, text, path, line, e);
	else if (got >= 0)
		got = err_set(e, STATUS_USAGE, "%s: it has no line %ju", path, (uintmax_t)line);
	input_close(&in);
	return got;
}

bool
range_is_of(const struct range *r, struct str schema, struct str table)
{
	return str_eq(r->schema, schema) && str_eq(r->table, table);
}

void
range_release(struct range *r)
{
	free(r->fields);
	buf_release(&r->text);
	*r = (struct range){ 0 };
}
