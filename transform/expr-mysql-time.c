/* What MySQL and MariaDB mean by dates and times; and how a column stores a value. */
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/check.h"
#include "transform/expr-mysql.h"

static const struct value none = { .class = EXPR_FAILED };

/* --- literals ------------------------------------------------------------------------------------------------- */

bool
mysql_moment(struct translation *t, struct value *v, enum expr_class class)
{
	struct type from = { .kind = TYPE_TEXT }, to = { .kind = TYPE_DATE, .precision = -1 };
	struct str s = v->string;
	struct buf b = { 0 };

	if (class == EXPR_TIME)
		to.kind = TYPE_TIME;
	else if (class != EXPR_DATE || s.n > 10)
		to.kind = TYPE_TIMESTAMP;
	if (to.kind == TYPE_TIMESTAMP && s.n == 10)
		s = value_text(t, "$ 00:00:00", s);
	if (!v->literal || class == EXPR_TIMESTAMPTZ || !check_literal(from, to, s)) {
		value_fail(t,
			   class == EXPR_TIMESTAMPTZ
			       ? "a literal is a moment of the session's time zone"
			       : "compares a date or a time with what is none");
		return false;
	}
	pg_quote_literal(&b, s);
	buf_add(&b,
		to.kind == TYPE_DATE       ? STR("::date")
		    : to.kind == TYPE_TIME ? STR("::time without time zone")
					   : STR("::timestamp without time zone"));
	*v = value_of(to.kind == TYPE_DATE       ? EXPR_DATE
			  : to.kind == TYPE_TIME ? EXPR_TIME
						 : EXPR_TIMESTAMP,
		      LEVEL_ATOM, pool_str(t->pool, buf_str(&b)));
	v->seconds = 6;
	v->set = true;
	buf_release(&b);
	return true;
}

/* --- parts ---------------------------------------------------------------------------------------------------- */

struct value
mysql_part(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct str part = str_cstr(f->form);
	bool clock = str_eq(part, STR("hour")) || str_eq(part, STR("minute")) ||
	    str_eq(part, STR("second"));
	struct value out;

	(void)n;
	if (!value_known(t, v))
		return none;
	if (v->class != EXPR_TIMESTAMP && v->class != (clock ? EXPR_TIME : EXPR_DATE))
		return value_fail(t, "$() of $", str_cstr(f->name), str_cstr(value_words(v)));
	/* The seconds have decimals in PostgreSQL. */
	out = value_of(EXPR_INT, LEVEL_ATOM,
		       value_text(t,
				  str_eq(part, STR("second")) && v->seconds
				      ? "floor(extract($ FROM $))::integer"
				      : "extract($ FROM $)::integer",
				  part, v->text));
	out.bound = 9999;
	out.natural = true;
	out.year = str_eq(part, STR("year"));
	out.set = v->set;
	return out;
}

struct value
mysql_date(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;

	(void)n;
	if (!value_known(t, v) || v->class == EXPR_DATE)
		return *v;
	/* MySQL takes decimals of a second for a part of the day, and may round it. */
	if (v->class != EXPR_TIMESTAMP || v->seconds > 0)
		return value_fail(t, "$() of $", str_cstr(f->name), str_cstr(value_words(v)));
	out = value_of(EXPR_DATE, LEVEL_ATOM,
		       value_text(t, "$::date", value_at(t, v, LEVEL_ATOM)));
	out.set = v->set;
	return out;
}

/* The day 0 of MySQL's is one that PostgreSQL's calendar does not have. */
struct value
mysql_to_days(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value day = mysql_date(t, f, v, n), out;

	if (t->failed || day.class != EXPR_DATE)
		return t->failed ? none
				 : value_fail(t, "$() of what is no date", str_cstr(f->name));
	out =
	    value_of(EXPR_INT, LEVEL_ADD, value_text(t, f->form, value_at(t, &day, LEVEL_ADD)));
	out.bound = 3652424;
	out.natural = true;
	return out;
}

struct value
mysql_datediff(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct value out;

	for (size_t i = 0; i < n; i++) {
		v[i] = mysql_date(t, f, &v[i], 1);
		if (t->failed || v[i].class != EXPR_DATE)
			return value_fail(t, "$() of $", str_cstr(f->name),
					  str_cstr(value_words(&v[i])));
	}
	out = value_of(EXPR_INT, LEVEL_ADD,
		       value_text(t, f->form, value_at(t, &v[0], LEVEL_ADD),
				  value_at(t, &v[1], LEVEL_MULTIPLY)));
	out.bound = 3652424;
	return out;
}

/* --- the present ---------------------------------------------------------------------------------------------- */

/* Cut to so many decimals, as MySQL does: a type of PostgreSQL with fewer rounds, and into the future. */
static struct str
cut(struct translation *t, const char *moment, int seconds)
{
	static const char *const steps[] = { "", "100 milliseconds", "10 milliseconds",
					     "", "100 microseconds", "10 microseconds" };
	struct str of = str_cstr(moment);

	switch (seconds) {
	case 6: return of;
	case 0: return value_text(t, "date_trunc('second', $)", of);
	case 3: return value_text(t, "date_trunc('milliseconds', $)", of);
	default:
		return value_text(t, "date_bin('$', $, '2000-01-01')", str_cstr(steps[seconds]),
				  of);
	}
}

/* PostgreSQL's present is when the transaction began, MySQL's when the statement did. */
struct value
mysql_now(struct translation *t, const struct function *f, struct value *v, size_t n)
{
	struct str form = str_cstr(f->form);
	bool utc = str_starts(form, STR("UTC"));
	struct value out = value_of(EXPR_TIMESTAMP, LEVEL_ATOM, form);

	if (!t->present)
		return value_fail(t, "$() is the present", str_cstr(f->name));
	if (n && (v->class != EXPR_INT || !v->literal || v->integer < 0 || v->integer > 6))
		return value_fail(t, "$() with other decimals", str_cstr(f->name));
	out.set = true;
	out.seconds = n ? (int)v->integer : 0;
	if (str_eq(form, STR("epoch"))) {
		out = value_of(EXPR_INT, LEVEL_ATOM,
			       STR("floor(extract(epoch FROM CURRENT_TIMESTAMP))::bigint"));
		out.bound = NO_BOUND;
		out.wide = out.natural = out.unsigned_ = true;
		return out;
	}
	if (str_eq(form, STR("CURRENT_DATE")) || str_eq(form, STR("UTC date"))) {
		out.class = EXPR_DATE;
		if (utc)
			out.text = STR("(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::date");
		return out;
	}
	out.text = cut(t, utc ? "CURRENT_TIMESTAMP AT TIME ZONE 'UTC'" : "LOCALTIMESTAMP",
		       out.seconds);
	if (utc && out.seconds == 6)
		out.text = value_text(t, "($)", out.text);
	out.now = !utc;
	if (str_eq(form, STR("LOCALTIMESTAMP time")) || str_eq(form, STR("UTC time"))) {
		out.class = EXPR_TIME;
		out.text = value_text(t, "$::time without time zone", out.text);
	}
	return out;
}

/* Beyond the year 9999 MySQL's result is NULL, so the moment must be the present. */
struct value
mysql_interval(struct translation *t, const struct tree *n)
{
	static const char *const units[] = { "day",  "week", "month",  "quarter",
					     "year", "hour", "minute", "second" };
	bool first = n->arg[0]->kind == TREE_INTERVAL;
	const struct tree *interval = n->arg[first ? 0 : 1];
	struct value v, many, out;
	struct buf b = { 0 };
	size_t unit = 0;

	while (unit < 8 && !str_eq_nocase(interval->word, str_cstr(units[unit])))
		unit++;
	if (!t->present || (first && n->word.p[0] != '+') || unit == 8 ||
	    interval == n->arg[first ? 1 : 0])
		return value_fail(t, "an interval");
	v = translate(t, n->arg[first ? 1 : 0]);
	many = t->failed ? none : translate(t, interval->arg[0]);
	if (t->failed)
		return none;
	if ((v.class != EXPR_DATE && v.class != EXPR_TIMESTAMP) || many.class != EXPR_INT ||
	    !many.literal || many.wide)
		return value_fail(t, "an interval");
	buf_addf(&b, "%ld %s", (long)many.integer * (unit == 3 ? 3 : 1),
		 unit == 3 ? "month" : units[unit]);
	out = value_of(v.class, LEVEL_ADD,
		       value_text(t,
				  n->word.p[0] == '-' ? "$ - interval '$'" : "$ + interval '$'",
				  value_at(t, &v, LEVEL_ADD), buf_str(&b)));
	buf_release(&b);
	out.seconds = v.seconds;
	out.set = true;
	if (v.class == EXPR_DATE && unit < 5) {
		out.text = value_text(t, "($)::date", out.text);
		out.level = LEVEL_ATOM;
	} else {
		out.class = EXPR_TIMESTAMP;
	}
	return out;
}

/* --- storing -------------------------------------------------------------------------------------------------- */

static struct str
no_such(struct translation *t, const struct value *v)
{
	value_fail(t, "$ for a column of another type", str_cstr(value_words(v)));
	return STR_NONE;
}

/* Whether the type in PostgreSQL ends where MySQL's does: both refuse what is beyond, MySQL in its strict mode. */
static bool
ends_alike(const struct expr_column *c)
{
	return c->most ==
	    (c->type.kind == TYPE_I16       ? (uint64_t)INT16_MAX
		 : c->type.kind == TYPE_I32 ? INT4_MAX
					    : (uint64_t)INT64_MAX);
}

/* What is beyond its type MySQL may have cut to the nearest that it has: a column of more could hold another value. */
static bool
within(const struct value *v, const struct expr_column *c)
{
	uint64_t bound = 1;
	int whole, scale;

	if (!c->most || ends_alike(c))
		return true;
	if (v->column && v->column->most && v->column->most <= c->most)
		return true;
	if (v->class == EXPR_INT)
		return v->bound <= c->most;
	if (!mysql_digits(v, &whole, &scale) || whole > 19)
		return false;
	while (whole-- > 0)
		bound *= 10;
	return bound <= c->most;
}

static bool
is_kept(struct translation *t, const struct value *v, const struct expr_column *c)
{
	if (c->year && !v->year)
		value_fail(t, "$ for a year, which may be one of two digits",
			   str_cstr(value_words(v)));
	else if (t->generated && c->natural && !v->natural)
		value_fail(t, "$ that may be negative for a column without a sign",
			   str_cstr(value_words(v)));
	else if (t->generated && !within(v, c))
		value_fail(t, "$ that may be beyond what the column can hold",
			   str_cstr(value_words(v)));
	return !t->failed;
}

static struct str
stored_number(struct translation *t, struct value v, const struct expr_column *c)
{
	if (v.class == EXPR_BOOL)
		v = value_integer(t, v);
	if (value_is_number(&v) && !is_kept(t, &v, c))
		return STR_NONE;
	/* Decimals round alike; doubles do not. */
	if (c->takes == EXPR_DOUBLE && c->type.kind == TYPE_F32 && value_is_number(&v) &&
	    !v.single)
		return value_text(t, "$::double precision", value_at(t, &v, LEVEL_ATOM));
	if (v.class == EXPR_INT || v.class == EXPR_NUMERIC ||
	    (v.class == EXPR_DOUBLE && c->takes == EXPR_DOUBLE))
		return v.text;
	return no_such(t, &v);
}

static struct str
stored_moment(struct translation *t, struct value v, const struct expr_column *c)
{
	int digits = c->type.precision < 0 ? 6 : c->type.precision;

	if (v.class == EXPR_TEXT && v.literal && !mysql_moment(t, &v, c->takes))
		return STR_NONE;
	/* What the column has no decimals for is rounded, in MySQL as in PostgreSQL, but not always alike. */
	if (c->takes == EXPR_DATE && v.class == EXPR_TIMESTAMP && v.seconds == 0)
		return value_text(t, "$::date", value_at(t, &v, LEVEL_ATOM));
	if (c->takes == EXPR_DATE && v.class == EXPR_DATE)
		return v.text;
	if (v.seconds > digits)
		return no_such(t, &v);
	if (c->takes == EXPR_TIME && v.class == EXPR_TIMESTAMP)
		return value_text(t, "$::time without time zone", value_at(t, &v, LEVEL_ATOM));
	if (c->takes == EXPR_TIMESTAMPTZ && v.now && v.class == EXPR_TIMESTAMP)
		return cut(t, "CURRENT_TIMESTAMP", v.seconds);
	/* In MySQL too this is a moment of the session's time zone. */
	if (c->takes == EXPR_TIMESTAMPTZ && t->present &&
	    (v.class == EXPR_TIMESTAMP || v.class == EXPR_DATE))
		return v.text;
	if (v.class == c->takes || (c->takes == EXPR_TIMESTAMP && v.class == EXPR_DATE))
		return v.text;
	return no_such(t, &v);
}

static struct str
stored_text(struct translation *t, struct value v, const struct expr_column *c)
{
	v = mysql_text(t, v);
	if (t->failed || v.class != EXPR_TEXT)
		return t->failed ? STR_NONE : no_such(t, &v);
	return c->trimmed ? mysql_trim(t, v).text : v.text;
}

static struct str
stored_json(struct translation *t, struct value v)
{
	bool empty = v.class == EXPR_TEXT && v.literal &&
	    (str_eq(v.string, STR("{}")) || str_eq(v.string, STR("[]")));

	return v.class == EXPR_JSON || empty ? v.text : no_such(t, &v);
}

static struct str
stored_label(struct translation *t, struct value v, const struct expr_column *c)
{
	for (size_t i = 0; v.class == EXPR_TEXT && v.literal && i < c->nlabels; i++)
		if (str_eq(c->labels[i], v.string))
			return v.text;
	return no_such(t, &v);
}

static struct str
stored_truth(struct translation *t, struct value v, const struct expr_column *c)
{
	if (v.class == EXPR_INT && v.literal && (v.integer == 0 || v.integer == 1)) {
		if (c->bit)
			return v.integer ? STR("B'1'") : STR("B'0'");
		v = value_truth(t, v);
	}
	if (v.class != EXPR_BOOL)
		return no_such(t, &v);
	return c->bit ? value_text(t, "$::integer::bit(1)", value_at(t, &v, LEVEL_ATOM))
		      : v.text;
}

struct str
mysql_stored(struct translation *t, struct value v, const struct expr_column *c)
{
	if (v.class == EXPR_NULL)
		return v.text;
	if (!value_known(t, &v))
		return STR_NONE;
	switch (c->takes) {
	case EXPR_INT:
	case EXPR_NUMERIC:
	case EXPR_DOUBLE: return stored_number(t, v, c);
	case EXPR_DATE:
	case EXPR_TIME:
	case EXPR_TIMESTAMP:
	case EXPR_TIMESTAMPTZ: return stored_moment(t, v, c);
	case EXPR_TEXT: return stored_text(t, v, c);
	case EXPR_ENUM: return stored_label(t, v, c);
	case EXPR_JSON: return stored_json(t, v);
	case EXPR_UUID: return v.class == EXPR_UUID ? v.text : no_such(t, &v);
	case EXPR_BYTES:
		return v.class == EXPR_BYTES && (c->length == 0 || c->length == v.length)
		    ? v.text
		    : no_such(t, &v);
	case EXPR_BOOL: return stored_truth(t, v, c);
	default:
		value_fail(t, "column $ $", str_cstr(show(c->from).text), str_cstr(c->why));
		return STR_NONE;
	}
}
