/* What is certain of two classes of values in both databases: comparing them, counting with them, taking one for another. */
#include <stdarg.h>

#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/check.h"
#include "transform/expr-value.h"

static void
add_form(struct buf *b, const char *form, va_list ap)
{
	for (; *form; form++) {
		if (*form == '$')
			buf_add(b, va_arg(ap, struct str));
		else
			buf_addc(b, *form);
	}
}

struct value
value_fail(struct translation *t, const char *form, ...)
{
	va_list ap;

	va_start(ap, form);
	if (!t->failed)
		add_form(t->why, form, ap);
	va_end(ap);
	t->failed = true;
	return (struct value){ .class = EXPR_FAILED };
}

struct str
value_text(struct translation *t, const char *form, ...)
{
	struct buf b = { 0 };
	struct str s;
	va_list ap;

	va_start(ap, form);
	add_form(&b, form, ap);
	va_end(ap);
	s = pool_str(t->pool, buf_str(&b));
	buf_release(&b);
	return s;
}

struct value
value_of(enum expr_class class, enum level level, struct str text)
{
	return (struct value){ .class = class, .level = level, .text = text };
}

struct str
value_at(struct translation *t, const struct value *v, enum level level)
{
	return v->level >= level ? v->text : value_text(t, "($)", v->text);
}

const char *
value_words(const struct value *v)
{
	static const char *const words[] = {
		[EXPR_FAILED] = "nothing",
		[EXPR_OTHER] = "a value",
		[EXPR_NULL] = "NULL",
		[EXPR_INT] = "an integer",
		[EXPR_DOUBLE] = "a double",
		[EXPR_NUMERIC] = "a decimal",
		[EXPR_TEXT] = "a text",
		[EXPR_BOOL] = "a truth value",
		[EXPR_BYTES] = "bytes",
		[EXPR_DATE] = "a date",
		[EXPR_TIME] = "a time",
		[EXPR_TIMESTAMP] = "a timestamp",
		[EXPR_TIMESTAMPTZ] = "a timestamp with time zone",
		[EXPR_ENUM] = "an enum",
		[EXPR_JSON] = "JSON",
		[EXPR_UUID] = "a uuid",
	};

	return words[v->class];
}

bool
value_is_number(const struct value *v)
{
	return v->class == EXPR_INT || v->class == EXPR_DOUBLE || v->class == EXPR_NUMERIC;
}

/* Of a column nothing but NULL is certain: says why, and returns false. */
bool
value_known(struct translation *t, const struct value *v)
{
	if (v->class == EXPR_OTHER)
		value_fail(t, "column $ $", str_cstr(show(v->column->from).text),
			   str_cstr(v->column->why));
	return v->class != EXPR_OTHER && v->class != EXPR_FAILED;
}

struct value
value_truth(struct translation *t, struct value v)
{
	if (!value_known(t, &v))
		return value_fail(t, "");
	switch (v.class) {
	case EXPR_BOOL: return v;
	case EXPR_NULL: return value_of(EXPR_BOOL, LEVEL_ATOM, STR("NULL::boolean"));
	case EXPR_INT:
		if (v.literal)
			return value_of(EXPR_BOOL, LEVEL_ATOM,
					v.integer ? STR("true") : STR("false"));
		return value_of(EXPR_BOOL, LEVEL_TEST,
				value_text(t, "$ <> 0", value_at(t, &v, LEVEL_OTHER)));
	case EXPR_DOUBLE:
	case EXPR_NUMERIC:
		return value_of(EXPR_BOOL, LEVEL_TEST,
				value_text(t, "$ <> 0", value_at(t, &v, LEVEL_OTHER)));
	default: return value_fail(t, "$ as a truth value", str_cstr(value_words(&v)));
	}
}

/* A truth value as the 0 or 1 it is at the source; integers stay. */
struct value
value_integer(struct translation *t, struct value v)
{
	struct value i;

	if (!value_known(t, &v) || v.class == EXPR_INT)
		return v;
	if (v.class == EXPR_TEXT && v.epoch) {
		v.class = EXPR_INT;
		v.wide = true;
		v.bound = NO_BOUND;
		return v;
	}
	if (v.class != EXPR_BOOL)
		return value_fail(t, "$ as an integer", str_cstr(value_words(&v)));
	i = value_of(EXPR_INT, LEVEL_ATOM,
		     value_text(t, "$::integer", value_at(t, &v, LEVEL_ATOM)));
	i.bound = 1;
	i.natural = true;
	return i;
}

/* What SQLite's || and TEXT affinity make of it. */
struct value
value_as_text(struct translation *t, struct value v)
{
	if (!value_known(t, &v))
		return value_fail(t, "");
	if (v.class == EXPR_NULL)
		return value_of(EXPR_TEXT, LEVEL_ATOM, STR("NULL::text"));
	if (v.class == EXPR_TEXT && !v.epoch)
		return v;
	if (v.class != EXPR_INT && v.class != EXPR_BOOL && v.class != EXPR_TEXT)
		return value_fail(t, "$ as a text", str_cstr(value_words(&v)));
	v = value_integer(t, v);
	return value_of(EXPR_TEXT, LEVEL_ATOM,
			value_text(t, "$::text", value_at(t, &v, LEVEL_ATOM)));
}

/* --- comparing ----------------------------------------------------------------------------------------------- */

/* A date that is written as all values of a date column are. */
static bool
take_date(struct translation *t, struct value *v)
{
	struct type text = { .kind = TYPE_TEXT }, date = { .kind = TYPE_DATE };
	struct buf b = { 0 };

	if (v->class == EXPR_DATE)
		return true;
	if (v->class != EXPR_TEXT || !v->literal || !check_literal(text, date, v->string)) {
		value_fail(t, "a date with $", str_cstr(value_words(v)));
		return false;
	}
	pg_quote_literal(&b, v->string);
	buf_add(&b, STR("::date"));
	*v = value_of(EXPR_DATE, LEVEL_ATOM, pool_str(t->pool, buf_str(&b)));
	buf_release(&b);
	return true;
}

/* A truth value with a number: as truth values where the number is one, else as numbers. */
bool
value_take_bool(struct translation *t, struct value *a, struct value *b)
{
	struct value *number = a->class == EXPR_BOOL ? b : a;
	struct value *truth = a->class == EXPR_BOOL ? a : b;

	if (number->class == EXPR_INT && number->literal &&
	    (number->integer == 0 || number->integer == 1)) {
		*number = value_truth(t, *number);
		return true;
	}
	*truth = value_integer(t, *truth);
	return !t->failed;
}

/*
 * SQLite compares integers with doubles exactly, PostgreSQL makes doubles of both. Where decimals stand for either,
 * both compare exactly, but not with a double of PostgreSQL.
 */
static bool
numbers_comparable(struct translation *t, const struct value *a, const struct value *b)
{
	const struct value *other = a->class == EXPR_DOUBLE ? b : a;
	bool doubles = (a->class == EXPR_DOUBLE && !a->literal) ||
	    (b->class == EXPR_DOUBLE && !b->literal);

	if (!doubles || other->class == EXPR_DOUBLE ||
	    (other->class == EXPR_INT && other->bound <= EXACT_MAX))
		return true;
	value_fail(t, "$ may have more digits than the double it is compared with",
		   str_cstr(value_words(other)));
	return false;
}

static bool
collates_by_bytes(struct translation *t, const struct value *v)
{
	if (v->class != EXPR_TEXT || !v->column || !v->column->collate.p)
		return true;
	value_fail(t, "column $ is compared by $", str_cstr(show(v->column->from).text),
		   v->column->collate);
	return false;
}

static bool
same_class(struct translation *t, struct value *a, struct value *b)
{
	if ((a->class == EXPR_BOOL && value_is_number(b)) ||
	    (b->class == EXPR_BOOL && value_is_number(a)))
		return value_take_bool(t, a, b) && same_class(t, a, b);
	if (value_is_number(a) && value_is_number(b))
		return numbers_comparable(t, a, b);
	if (a->class == EXPR_DATE || b->class == EXPR_DATE)
		return take_date(t, a) && take_date(t, b);
	if (a->class == b->class && !a->epoch && !b->epoch)
		return true;
	value_fail(t, "compares $ with $", str_cstr(value_words(a)), str_cstr(value_words(b)));
	return false;
}

void
value_bytewise(struct translation *t, struct value *v)
{
	if (v->bytewise)
		return;
	v->text = value_text(t, "$ COLLATE \"C\"", value_at(t, v, LEVEL_ATOM));
	v->bytewise = true;
	v->level = LEVEL_SIGN;
	v->literal = false;
}

bool
sqlite_comparable(struct translation *t, struct value *a, struct value *b, bool order)
{
	if (!same_class(t, a, b) || !collates_by_bytes(t, a) || !collates_by_bytes(t, b))
		return false;
	if (order && a->class == EXPR_TEXT)
		value_bytewise(t, a);
	return true;
}

bool
value_comparable(struct translation *t, struct value *a, struct value *b, bool order)
{
	if (!value_known(t, a) || !value_known(t, b))
		return false;
	if (a->class == EXPR_NULL || b->class == EXPR_NULL)
		return true;
	return t->dialect->comparable(t, a, b, order);
}

/* --- one of several ------------------------------------------------------------------------------------------ */

static void
as_double(struct translation *t, struct value *v)
{
	v->text = value_text(t, "$::double precision", value_at(t, v, LEVEL_ATOM));
	v->level = LEVEL_ATOM;
	v->literal = false;
}

static void
unify_numbers(struct translation *t, struct value *a, struct value *b)
{
	bool doubles = (a->class == EXPR_DOUBLE && !a->literal) ||
	    (b->class == EXPR_DOUBLE && !b->literal);
	uint64_t bound = a->bound > b->bound ? a->bound : b->bound;

	if (a->class == EXPR_INT && b->class == EXPR_INT) {
		a->bound = b->bound = bound;
		a->wide = b->wide = a->wide || b->wide;
	} else if (a->class == EXPR_DOUBLE && b->class == EXPR_DOUBLE && !doubles) {
		as_double(t, a);
		as_double(t, b);
	} else if (!doubles) {
		/* An integer or a double is what decimals stand for. */
		a->class = b->class = EXPR_NUMERIC;
	} else if (numbers_comparable(t, a, b)) {
		a->mixed = b->mixed =
		    a->mixed || b->mixed || a->class == EXPR_INT || b->class == EXPR_INT;
		a->class = b->class = EXPR_DOUBLE;
	}
}

bool
sqlite_unify(struct translation *t, struct value *a, struct value *b)
{
	if (a->class == EXPR_BOOL && b->class == EXPR_BOOL)
		return true;
	if (a->class == EXPR_BOOL || b->class == EXPR_BOOL) {
		*a = value_integer(t, *a);
		*b = value_integer(t, *b);
	}
	if (t->failed)
		return false;
	if (value_is_number(a) && value_is_number(b))
		unify_numbers(t, a, b);
	else if (a->class == EXPR_DATE || b->class == EXPR_DATE)
		return take_date(t, a) && take_date(t, b);
	else if (a->class != b->class || a->epoch || b->epoch)
		value_fail(t, "$ or $", str_cstr(value_words(a)), str_cstr(value_words(b)));
	return !t->failed;
}

const struct value *
value_unify(struct translation *t, struct value *v, size_t n)
{
	size_t first = 0;

	for (size_t i = 0; i < n; i++)
		if (!value_known(t, &v[i]))
			return NULL;
	while (first < n && v[first].class == EXPR_NULL)
		first++;
	if (first == n) {
		value_fail(t, "NULL without a type");
		return NULL;
	}
	/* Twice: what the last one demands goes for those before it too. */
	for (size_t i = 0; i < 2 * n; i++)
		if (i % n != first && v[i % n].class != EXPR_NULL &&
		    !t->dialect->unify(t, &v[first], &v[i % n]))
			return NULL;
	return &v[first];
}
