/* Rows that the server will probably refuse. */
#include <stdlib.h>

#include "load/pg-suspects.h"
#include "schema/base/calendar.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/types.h"

/* So many wrong guesses more than right ones end the guessing. */
enum { PATIENCE = 16 };

struct suspect_column {
	bool notnull;
	enum type_kind kind; /* TYPE_OTHER: any text will do */
	int64_t min, max;    /* of an integer */
	int places;          /* of a numeric, before the point */
	size_t length;       /* of a varchar */
};

/* --- values ----------------------------------------------------------------------------------------- */

static bool
is_integer(const struct suspect_column *c, struct str s)
{
	int64_t v;

	return num_i64(s, &v) && v >= c->min && v <= c->max;
}

static bool
is_numeric(const struct suspect_column *c, struct str s)
{
	struct decimal d;

	/* PostgreSQL also takes NaN, Infinity and blanks around a number; they are rare. */
	if (!num_decimal(s, &d))
		return false;
	return c->places < 0 || d.precision == 0 ||
	    (int64_t)d.precision + d.exponent <= c->places;
}

static bool
is_date(struct str s)
{
	uint64_t y, m, d;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
		return false;
	return num_u64(str_of(s.p, 4), &y) && num_u64(str_of(s.p + 5, 2), &m) &&
	    num_u64(str_of(s.p + 8, 2), &d) && y > 0 && m > 0 && m <= 12 && d > 0 &&
	    d <= days_in_month((unsigned)y, (unsigned)m);
}

/* Escaped text is longer than what it stands for, and blanks at the end do not count: a guess again. */
static bool
fits(const struct suspect_column *c, struct str s)
{
	return s.n <= c->length || utf8_count(s) <= c->length;
}

static bool
is_suspect(const struct suspect_column *c, const struct rows_cell *cell)
{
	if (cell->escaped && escape_is_null(cell->text))
		return c->notnull;
	switch (c->kind) {
	case TYPE_I64: return !is_integer(c, cell->text);
	case TYPE_DECIMAL: return !is_numeric(c, cell->text);
	case TYPE_DATE: return !is_date(cell->text);
	case TYPE_VARCHAR: return !fits(c, cell->text);
	default: return false;
	}
}

/* --- columns ---------------------------------------------------------------------------------------- */

static void
describe(struct suspect_column *c, const struct pg_column *target)
{
	struct type t;

	*c = (struct suspect_column){ .notnull = target->notnull, .kind = TYPE_OTHER };
	type_parse_pg(target->type, &t);
	if (t.array)
		return;
	switch (t.kind) {
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64:
		c->kind = TYPE_I64;
		c->max = t.kind == TYPE_I16 ? INT16_MAX
		    : t.kind == TYPE_I32    ? INT32_MAX
					    : INT64_MAX;
		c->min = -c->max - 1;
		break;
	case TYPE_DECIMAL:
		c->kind = t.kind;
		c->places = t.precision < 0 ? -1 : t.precision - t.scale;
		break;
	case TYPE_VARCHAR:
		if (t.precision < 0)
			break;
		c->kind = t.kind;
		c->length = (size_t)t.precision;
		break;
	case TYPE_DATE: c->kind = t.kind; break;
	default: break;
	}
}

void
suspects_begin(struct suspects *s, const struct rows_head *head, const struct pg_relation *rel,
	       bool checked)
{
	bool any = false;

	suspects_rewind(s);
	s->right = s->wrong = 0;
	s->ncols = head->ncols;
	s->columns = mem_grow(s->columns, s->ncols + 1, sizeof(*s->columns));
	for (size_t i = 0; i < s->ncols; i++) {
		const struct pg_column *target = pg_relation_column(rel, head->names[i]);

		s->columns[i] = (struct suspect_column){ .kind = TYPE_OTHER };
		if (target)
			describe(&s->columns[i], target);
		if (checked &&
		    (s->columns[i].kind == TYPE_I64 || s->columns[i].kind == TYPE_DATE))
			s->columns[i].kind = TYPE_OTHER;
		any = any || s->columns[i].notnull || s->columns[i].kind != TYPE_OTHER;
	}
	if (!any)
		s->ncols = 0;
}

bool
suspects_wanted(const struct suspects *s)
{
	return s->ncols > 0 && s->wrong < s->right + PATIENCE;
}

/* --- rows ------------------------------------------------------------------------------------------- */

static void
remember(struct suspects *s, off_t begin, off_t end)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 64;
		s->found = mem_grow(s->found, s->cap, sizeof(*s->found));
	}
	s->found[s->n++] = (struct suspect){ begin, end };
}

void
suspects_look(struct suspects *s, const struct rows_block *b, off_t offset)
{
	const char *row = b->bytes.p;
	struct rows_walk walk = { 0 };
	struct rows_cell c;
	bool bad = false, whole = !b->opens_inside && b->col == 0;

	if (!suspects_wanted(s))
		return;
	while (rows_cell(b, &walk, &c)) {
		if (!bad && c.first && c.last)
			bad = is_suspect(&s->columns[c.col], &c);
		if (!c.row_end)
			continue;
		if (bad && whole)
			remember(s, offset + (row - b->bytes.p),
				 offset + (c.text.p + c.text.n + 1 - b->bytes.p));
		bad = false;
		whole = true;
		row = c.text.p + c.text.n + 1;
	}
}

const struct suspect *
suspects_next(struct suspects *s, off_t offset)
{
	while (s->next < s->n && s->found[s->next].begin < offset)
		s->next++;
	if (s->next == s->n) {
		s->next = s->n = 0;
		return NULL;
	}
	return &s->found[s->next];
}

void
suspects_learn(struct suspects *s, bool right)
{
	if (right)
		s->right++;
	else
		s->wrong++;
}

void
suspects_rewind(struct suspects *s)
{
	s->next = s->n = 0;
}

void
suspects_release(struct suspects *s)
{
	free(s->columns);
	free(s->found);
	*s = (struct suspects){ 0 };
}
