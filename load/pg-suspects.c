/* Rows that the server will probably refuse. */
#include <stdlib.h>

#include "load/pg-suspects.h"
#include "schema/base/calendar.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/pg/guesses.sql.h"
#include "schema/types.h"

/* So many wrong guesses more than right ones end the guessing at a column. */
enum { PATIENCE = 16 };

struct suspect_column {
	bool notnull;
	bool unique;         /* an integer that must not come twice */
	enum type_kind kind; /* TYPE_OTHER: any text will do */
	int64_t min, max;    /* of an integer */
	int64_t highest;     /* of a unique one, so far */
	int places;          /* of a numeric, before the point */
	size_t length;       /* of a varchar */
	struct str *labels;  /* of an enum, escaped, in order; NULL for other types */
	size_t nlabels;
	size_t right, wrong; /* guesses so far */
};

enum { NAME, LABEL };

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

static int
compare_labels(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return memcmp(x->p, y->p, x->n);
}

static bool
is_label(const struct suspect_column *c, struct str s)
{
	return bsearch(&s, c->labels, c->nlabels, sizeof(s), compare_labels) != NULL;
}

/* Most tables come in the order of a key: where one is not above all before it, it has probably been there. */
static bool
is_new(struct suspect_column *c, struct str s)
{
	int64_t v;

	if (!num_i64(s, &v))
		return true;
	if (v <= c->highest)
		return false;
	c->highest = v;
	return true;
}

static bool
is_suspect(struct suspect_column *c, const struct rows_cell *cell)
{
	if (c->wrong >= c->right + PATIENCE)
		return false;
	if (cell->escaped && escape_is_null(cell->text))
		return c->notnull;
	if (c->labels)
		return !is_label(c, cell->text);
	if (c->unique && !is_new(c, cell->text))
		return true;
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

	c->notnull = target->notnull;
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

static struct suspect_column *
column_of(struct suspects *s, const struct rows_head *head, struct str name)
{
	for (size_t i = 0; i < s->ncols; i++)
		if (str_eq(head->names[i], name))
			return &s->columns[i];
	return NULL;
}

static void
add_label(struct suspects *s, struct suspect_column *c, struct str label)
{
	struct buf text = { 0 };

	escape_add(&text, label);
	c->labels = mem_grow(c->labels, c->nlabels + 1, sizeof(*c->labels));
	c->labels[c->nlabels++] = pool_str(&s->labels, buf_str(&text));
	buf_release(&text);
}

/* What only the catalogue tells. */
static void
ask(struct suspects *s, const struct target *t, const struct pg_relation *rel)
{
	PGresult *res = pg_query(t->conn, t->where.p, guesses_sql, 1, &rel->oid);

	for (int i = 0; i < PQntuples(res); i++) {
		struct suspect_column *c = column_of(s, t->head, pg_value(res, i, NAME));

		if (!c)
			continue;
		if (PQgetisnull(res, i, LABEL))
			c->unique = true;
		else
			add_label(s, c, pg_value(res, i, LABEL));
	}
	PQclear(res);
	for (size_t i = 0; i < s->ncols; i++)
		if (s->columns[i].labels)
			qsort(s->columns[i].labels, s->columns[i].nlabels, sizeof(struct str),
			      compare_labels);
}

void
suspects_begin(struct suspects *s, const struct target *t, const struct pg_relation *rel,
	       bool checked)
{
	suspects_release(s);
	s->ncols = t->head->ncols;
	s->columns = mem_array(s->ncols + 1, sizeof(*s->columns));
	for (size_t i = 0; i < s->ncols; i++) {
		const struct pg_column *target = pg_relation_column(rel, t->head->names[i]);
		struct suspect_column *c = &s->columns[i];

		*c = (struct suspect_column){ .kind = TYPE_OTHER, .highest = INT64_MIN };
		if (target)
			describe(c, target);
		if (checked && (c->kind == TYPE_I64 || c->kind == TYPE_DATE))
			c->kind = TYPE_OTHER;
	}
	ask(s, t, rel);
}

bool
suspects_wanted(const struct suspects *s)
{
	for (size_t i = 0; i < s->ncols; i++) {
		const struct suspect_column *c = &s->columns[i];

		if ((c->notnull || c->unique || c->labels || c->kind != TYPE_OTHER) &&
		    c->wrong < c->right + PATIENCE)
			return true;
	}
	return false;
}

/* --- rows ------------------------------------------------------------------------------------------- */

static void
remember(struct suspects *s, off_t begin, off_t end, struct suspect_column *why)
{
	if (s->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 64;
		s->found = mem_grow(s->found, s->cap, sizeof(*s->found));
	}
	s->found[s->n++] = (struct suspect){ begin, end, why };
}

void
suspects_look(struct suspects *s, const struct rows_block *b, off_t offset)
{
	const char *row = b->bytes.p;
	struct rows_walk walk = { 0 };
	struct rows_cell c;
	struct suspect_column *why = NULL;
	bool whole = !b->opens_inside && b->col == 0;

	if (!suspects_wanted(s))
		return;
	while (rows_cell(b, &walk, &c)) {
		if (!why && c.first && c.last && is_suspect(&s->columns[c.col], &c))
			why = &s->columns[c.col];
		if (!c.row_end)
			continue;
		if (why && whole)
			remember(s, offset + (row - b->bytes.p),
				 offset + (c.text.p + c.text.n + 1 - b->bytes.p), why);
		why = NULL;
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
suspects_learn(const struct suspect *suspect, bool right)
{
	if (right)
		suspect->why->right++;
	else
		suspect->why->wrong++;
}

void
suspects_rewind(struct suspects *s)
{
	s->next = s->n = 0;
}

void
suspects_release(struct suspects *s)
{
	for (size_t i = 0; i < s->ncols; i++)
		free(s->columns[i].labels);
	free(s->columns);
	free(s->found);
	pool_release(&s->labels);
	*s = (struct suspects){ 0 };
}
