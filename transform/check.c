/* What PostgreSQL would change in a value without a word. */
#include "transform/check.h"
#include <stdarg.h>
#include <stdio.h>

#include "schema/base/num.h"
#include "schema/base/utf8.h"

static bool
is_integer(enum type_kind kind)
{
	return (kind >= TYPE_I8 && kind <= TYPE_U64) || kind == TYPE_YEAR;
}

static bool
is_text(enum type_kind kind)
{
	return kind == TYPE_TEXT || kind == TYPE_VARCHAR || kind == TYPE_CHAR ||
	    kind == TYPE_OTHER || kind == TYPE_ENUM || kind == TYPE_JSON || kind == TYPE_XML;
}

static bool
is_bytes(enum type_kind kind)
{
	return kind == TYPE_BYTES || kind == TYPE_BINARY || kind == TYPE_VARBINARY ||
	    kind == TYPE_GEOMETRY;
}

const char *
check_refuses(struct type was, struct type target)
{
	if (target.kind == TYPE_OTHER || was.array || target.array)
		return NULL;
	if (target.kind == TYPE_BOOL && was.kind != TYPE_BOOL)
		return "values other than t and f need a transform: using tinyint-to-boolean";
	if (was.kind == TYPE_BOOL && target.kind != TYPE_BOOL && !is_text(target.kind))
		return "t and f are no values of that type";
	if (is_bytes(was.kind) && target.kind != TYPE_BYTES)
		return "bytes are no values of that type";
	if (target.kind == TYPE_BYTES && !is_bytes(was.kind))
		return "PostgreSQL would take text for bytea by its own escapes";
	return NULL;
}

/*
 * Digits before and behind the point that values of a neutral type can have; -1: any number of
 * them.
 */
static void
digits_of(struct type was, int *before, int *behind)
{
	static const int integer[] = { [TYPE_I8] = 3,   [TYPE_I16] = 5,  [TYPE_I32] = 10,
				       [TYPE_I64] = 19, [TYPE_U8] = 3,   [TYPE_U16] = 5,
				       [TYPE_U32] = 10, [TYPE_U64] = 20, [TYPE_YEAR] = 4 };

	*before = *behind = -1;
	if (is_integer(was.kind)) {
		*before = integer[was.kind];
		*behind = 0;
	} else if (was.kind == TYPE_DECIMAL && was.precision >= 0) {
		*before = was.precision - was.scale;
		*behind = was.scale;
	}
}

static struct check
check_numeric(struct type was, struct type target)
{
	struct check c = {
		.kind = CHECK_NUMERIC,
		.p = target.precision,
		.s = target.scale,
	};
	int before, behind;

	digits_of(was, &before, &behind);
	if (target.precision < 0 || (before >= 0 && before <= c.p - c.s && behind <= c.s))
		c.kind = CHECK_NONE;
	return c;
}

/* Neutral types whose every value a float of so many bits holds. */
static bool
float_holds(struct type was, bool f64)
{
	switch (was.kind) {
	case TYPE_I8:
	case TYPE_U8:
	case TYPE_I16:
	case TYPE_U16:
	case TYPE_YEAR:
	case TYPE_F32: return true;
	case TYPE_I32:
	case TYPE_U32:
	case TYPE_F64: return f64;
	default: return false;
	}
}

static struct check
check_float(struct type was, struct type target)
{
	bool f64 = target.kind == TYPE_F64;
	struct check c = { .kind = f64 ? CHECK_FLOAT8 : CHECK_FLOAT4, .remedy = "numeric" };

	if (float_holds(was, f64))
		c.kind = CHECK_NONE;
	if (was.kind == TYPE_F64) {
		c.from_double = true;
		c.remedy = "double precision";
	}
	return c;
}

static struct check
check_integer(struct type target)
{
	struct check c = { .kind = CHECK_INTEGER };

	c.max = target.kind == TYPE_I16 ? INT16_MAX
	    : target.kind == TYPE_I32   ? INT32_MAX
					: INT64_MAX;
	c.min = -c.max - 1;
	return c;
}

/*
 * A type of the target's family with all the digits that PostgreSQL has, if they are enough for
 * the neutral type.
 */
static const char *
all_digits(struct type was, enum type_kind target)
{
	if (is_text(was.kind) || was.precision > 6)
		return "text";
	switch (target) {
	case TYPE_TIME: return "time";
	case TYPE_TIMETZ: return "timetz";
	case TYPE_TIMESTAMP: return "timestamp";
	case TYPE_TIMESTAMPTZ: return "timestamptz";
	default: return "interval";
	}
}

/* time, timestamp and their like: the digits of a second, or for a text all of it. */
static struct check
check_second(struct type was, struct type target)
{
	struct check c = { .kind = CHECK_SECOND, .remedy = all_digits(was, target.kind) };

	c.p = target.precision > 6 ? 6 : target.precision;
	if (is_text(was.kind) && target.kind == TYPE_TIME)
		c.kind = CHECK_TIME;
	else if (is_text(was.kind) && target.kind == TYPE_TIMESTAMP)
		c.kind = CHECK_TIMESTAMP;
	else if (is_text(was.kind) && target.kind == TYPE_TIMESTAMPTZ)
		c.kind = CHECK_TIMESTAMPTZ;
	else if (was.kind == TYPE_DATE ||
		 (!is_text(was.kind) && was.precision >= 0 && was.precision <= c.p))
		c.kind = CHECK_NONE;
	return c;
}

struct check
check_init(struct type was, struct type target)
{
	struct check none = { .kind = CHECK_NONE };

	if (was.array || target.array)
		return none;
	switch (target.kind) {
	case TYPE_DECIMAL: return check_numeric(was, target);
	case TYPE_CHAR:
	case TYPE_VARCHAR:
		if (target.precision < 0 ||
		    ((was.kind == TYPE_CHAR || was.kind == TYPE_VARCHAR) &&
		     was.precision <= target.precision))
			return none;
		return (struct check){ .kind = CHECK_LENGTH,
				       .p = target.precision,
				       .remedy = "text" };
	case TYPE_F32:
	case TYPE_F64: return check_float(was, target);
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64: return is_integer(was.kind) ? none : check_integer(target);
	case TYPE_DATE:
		return was.kind == TYPE_DATE
		    ? none
		    : (struct check){ .kind = CHECK_DATE, .remedy = "text" };
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL: return check_second(was, target);
	default: return none;
	}
}

/* --- values ------------------------------------------------------------------------------- */

/* Digits before the point and behind it, trailing zeros not counted. */
static void
count_digits(const struct decimal *d, int64_t *before, int64_t *behind)
{
	*behind = d->exponent < 0 ? -d->exponent : 0;
	*before = (int64_t)d->precision + d->exponent;
	if (d->precision == 0 || *before < 0)
		*before = 0;
}

/* Says what is wrong with a value, and which type would take it. Returns false. */
__attribute__((format(printf, 3, 4))) static bool
wrong(struct check_fault *f, const char *remedy, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->why, sizeof(f->why), fmt, ap);
	va_end(ap);
	f->remedy = remedy;
	return false;
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static bool
numeric_fits(const struct check *c, struct str value, struct check_fault *f)
{
	struct decimal d;
	int64_t before, behind;

	if (str_eq(value, STR("NaN")))
		return true;
	if (!num_decimal(value, &d))
		return wrong(f, "text", "is no decimal number, as numeric(%d,%d) needs", c->p,
			     c->s);
	count_digits(&d, &before, &behind);
	if (behind > c->s)
		return wrong(f, "numeric", "has %jd decimal%s, numeric(%d,%d) would round it",
			     (intmax_t)behind, plural(behind), c->p, c->s);
	if (before > c->p - c->s)
		return wrong(f, "numeric",
			     "has %jd digit%s before the point, numeric(%d,%d) takes %d",
			     (intmax_t)before, plural(before), c->p, c->s, c->p - c->s);
	return true;
}

static bool
same_decimal(struct str a, struct str b)
{
	struct decimal x, y;
	size_t i = 0, j = 0;

	if (!num_decimal(a, &x) || !num_decimal(b, &y))
		return false;
	if (x.negative != y.negative || x.exponent != y.exponent || x.precision != y.precision)
		return false;
	while (i < x.digits.n && j < y.digits.n) {
		if (x.digits.p[i] == '.')
			i++;
		else if (y.digits.p[j] == '.')
			j++;
		else if (x.digits.p[i++] != y.digits.p[j++])
			return false;
	}
	return true;
}

/* Infinity and NaN, which are no decimals, are what every float can hold. */
static bool
is_special(struct str value)
{
	return str_eq(value, STR("NaN")) || str_eq(value, STR("Infinity")) ||
	    str_eq(value, STR("-Infinity"));
}

/*
 * A float holds a decimal when its own shortest text is the same decimal, and a double when it
 * is the same number: real takes 0.1 of either, and of a double also 0.10000000149011612.
 */
static bool
float_fits(const struct check *c, struct str value, struct check_fault *fault)
{
	bool f64 = c->kind == CHECK_FLOAT8;
	const char *name = f64 ? "double precision" : "real";
	char text[NUM_MAX];
	struct decimal d;
	double v = 0;
	float f = 0;
	size_t n;

	if (is_special(value))
		return true;
	if (!num_decimal(value, &d) || !num_f64(value, &v) || !num_f32(value, &f))
		return wrong(fault, "text", "is no number, as %s needs", name);
	if (c->from_double && (double)f == v)
		return true;
	n = f64 ? num_put_f64(text, v) : num_put_f32(text, f);
	if (same_decimal(str_of(text, n), value))
		return true;
	return wrong(fault, c->remedy, "would become %.*s in %s", (int)n, text, name);
}

/* Written as PostgreSQL writes it, so that it comes back as the same text. */
static bool
integer_fits(const struct check *c, struct str value, struct check_fault *f)
{
	int64_t v;
	struct decimal d;
	char text[NUM_MAX];

	if (!num_decimal(value, &d))
		return wrong(f, "text", "is no number");
	if (d.exponent < 0 || memchr(value.p, '.', value.n))
		return wrong(f, "numeric", "has decimals, and the target is an integer");
	if (!num_i64(value, &v)) {
		if (memchr(value.p, 'e', value.n) || memchr(value.p, 'E', value.n))
			return wrong(f, "numeric",
				     "has an exponent, and the target is an integer");
		return wrong(f, "numeric", "does not fit %jd to %jd", (intmax_t)c->min,
			     (intmax_t)c->max);
	}
	if (v < c->min || v > c->max)
		return wrong(f, "numeric", "does not fit %jd to %jd", (intmax_t)c->min,
			     (intmax_t)c->max);
	if (!str_eq(value, str_of(text, num_put_i64(text, v))))
		return wrong(f, "text", "would become %jd", (intmax_t)v);
	return true;
}

/* Digits behind the point of a second that are not trailing zeros. */
static size_t
second_digits(struct str value)
{
	const char *point = value.n ? memchr(value.p, '.', value.n) : NULL;
	size_t from, n = 0, end;

	if (!point)
		return 0;
	from = (size_t)(point - value.p) + 1;
	for (end = from; end < value.n && value.p[end] >= '0' && value.p[end] <= '9'; end++)
		if (value.p[end] != '0')
			n = end - from + 1;
	return n;
}

static bool
second_fits(const struct check *c, struct str value, struct check_fault *f)
{
	size_t digits = second_digits(value);

	if (digits <= (size_t)c->p)
		return true;
	return wrong(f, c->remedy,
		     "has %zu digit%s of a second, the target %d: PostgreSQL would round it",
		     digits, plural((int64_t)digits), c->p);
}

/* A number of exactly so many digits at *s, which is consumed. */
static bool
take_number(struct str *s, size_t digits, unsigned *out)
{
	*out = 0;
	if (s->n < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*out = *out * 10 + (unsigned)(s->p[i] - '0');
	}
	*s = str_of(s->p + digits, s->n - digits);
	return true;
}

static bool
take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_of(s->p + 1, s->n - 1);
	return true;
}

static bool
take_date(struct str *s)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	unsigned y, m, d, leap;

	if (!take_number(s, 4, &y) || !take_char(s, '-') || !take_number(s, 2, &m) ||
	    !take_char(s, '-') || !take_number(s, 2, &d) || y == 0 || m == 0 || m > 12 ||
	    d == 0)
		return false;
	leap = m == 2 && y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	return d <= days[m - 1] + leap;
}

/* HH:MM:SS[.f], and not the 24:00:00 and 23:59:60 that PostgreSQL moves to the next day. */
static bool
take_time(struct str *s)
{
	unsigned h, m, sec;
	size_t n = 0;

	if (!take_number(s, 2, &h) || !take_char(s, ':') || !take_number(s, 2, &m) ||
	    !take_char(s, ':') || !take_number(s, 2, &sec) || h > 23 || m > 59 || sec > 59)
		return false;
	if (!take_char(s, '.'))
		return true;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = str_of(s->p + n, s->n - n);
	return n > 0;
}

static bool
is_calendar(enum check_kind kind, struct str s)
{
	switch (kind) {
	case CHECK_DATE: return take_date(&s) && s.n == 0;
	case CHECK_TIME: return take_time(&s) && s.n == 0;
	case CHECK_TIMESTAMP:
	case CHECK_TIMESTAMPTZ:
		if (!take_date(&s) || !take_char(&s, ' ') || !take_time(&s))
			return false;
		return str_eq(s, kind == CHECK_TIMESTAMP ? STR("") : STR("+00"));
	default: return true;
	}
}

static const char *
calendar_form(enum check_kind kind)
{
	switch (kind) {
	case CHECK_DATE: return "YYYY-MM-DD";
	case CHECK_TIME: return "HH:MM:SS";
	case CHECK_TIMESTAMP: return "YYYY-MM-DD HH:MM:SS";
	default: return "YYYY-MM-DD HH:MM:SS+00";
	}
}

bool
check_length(const struct check *c, size_t characters, struct check_fault *f)
{
	if (characters <= (size_t)c->p)
		return true;
	return wrong(f, c->remedy, "has %zu characters, the target takes %d", characters, c->p);
}

bool
check_value(const struct check *c, struct str value, struct check_fault *f)
{
	switch (c->kind) {
	case CHECK_NONE: return true;
	case CHECK_NUMERIC: return numeric_fits(c, value, f);
	case CHECK_LENGTH:
		return value.n <= (size_t)c->p || check_length(c, utf8_count(value), f);
	case CHECK_FLOAT4:
	case CHECK_FLOAT8: return float_fits(c, value, f);
	case CHECK_INTEGER: return integer_fits(c, value, f);
	case CHECK_SECOND: return second_fits(c, value, f);
	default:
		if (!is_calendar(c->kind, value))
			return wrong(f, c->remedy, "is not of the form %s",
				     calendar_form(c->kind));
		return c->kind == CHECK_DATE || second_fits(c, value, f);
	}
}

/* --- literals ----------------------------------------------------------------------------- */

static bool
is_uuid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		char c = s.p[i];

		if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return s.n == 36;
}

static bool
is_hex_bytes(struct str s)
{
	if (s.n % 2 || !str_starts(s, STR("\\x")))
		return false;
	for (size_t i = 2; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return true;
}

static bool
is_plain_number(struct str value)
{
	struct decimal d;

	return num_decimal(value, &d);
}

bool
check_literal(struct type was, struct type target, struct str value)
{
	struct type text = { .kind = TYPE_TEXT, .precision = -1, .scale = -1 };
	struct check c = check_init(text, target);
	struct check_fault ignored;
	bool good;

	if (was.array || target.array)
		return false;
	switch (target.kind) {
	case TYPE_BOOL: good = str_eq(value, STR("t")) || str_eq(value, STR("f")); break;
	case TYPE_DECIMAL: good = is_plain_number(value); break;
	case TYPE_BYTES: good = is_bytes(was.kind) && is_hex_bytes(value); break;
	case TYPE_UUID: good = is_uuid(value); break;
	case TYPE_TEXT:
	case TYPE_CHAR:
	case TYPE_VARCHAR:
		good = !is_bytes(was.kind) && was.kind != TYPE_BOOL && was.kind != TYPE_F32 &&
		    was.kind != TYPE_F64;
		break;
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64:
	case TYPE_F32:
	case TYPE_F64:
	case TYPE_DATE:
	case TYPE_TIME:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ: good = true; break;
	/* Of the rest only what stays in its own kind is certain. */
	default: good = was.kind == target.kind && target.kind != TYPE_OTHER; break;
	}
	return good && check_value(&c, value, &ignored);
}
