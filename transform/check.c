/* What PostgreSQL would change in a value without a word: which columns have to be looked at, and for what. */
#include "transform/check.h"

#include "schema/base/num.h"

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

/* Dates, times and durations, spelt as rows.5 says. */
static bool
is_temporal(enum type_kind kind)
{
	return (kind >= TYPE_DATE && kind <= TYPE_INTERVAL) || kind == TYPE_TIMETZ;
}

static const char *
refuses_temporal(enum type_kind was, enum type_kind target)
{
	bool to_time = target == TYPE_TIME || target == TYPE_TIMETZ;

	if (was == TYPE_TIMESTAMPTZ && target == TYPE_TIMESTAMP)
		return "PostgreSQL would drop the zone";
	if ((was == TYPE_TIMESTAMP || was == TYPE_TIMESTAMPTZ) && to_time)
		return "PostgreSQL would drop the date";
	if (was == TYPE_TIME && target == TYPE_TIMETZ)
		return "PostgreSQL would add the session's zone";
	return NULL;
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
	return refuses_temporal(was.kind, target.kind);
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
	if (target.precision < 0)
		c.kind = is_text(was.kind) ? CHECK_NUMBER : CHECK_NONE;
	else if (before >= 0 && before <= c.p - c.s && behind <= c.s)
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

/* Whether an integer of the target holds all of the neutral type. */
static bool
integer_holds(struct type was, enum type_kind target)
{
	switch (was.kind) {
	case TYPE_I8:
	case TYPE_U8:
	case TYPE_I16:
	case TYPE_YEAR: return true;
	case TYPE_U16:
	case TYPE_I32: return target != TYPE_I16;
	case TYPE_U32:
	case TYPE_I64: return target == TYPE_I64;
	default: return false;
	}
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
	if (!is_temporal(was.kind) || was.precision > 6)
		return "text";
	switch (target) {
	case TYPE_TIME: return "time";
	case TYPE_TIMETZ: return "timetz";
	case TYPE_TIMESTAMP: return "timestamp";
	case TYPE_TIMESTAMPTZ: return "timestamptz";
	default: return "interval";
	}
}

/* What is not a time already has to be spelt as one, in the one form that rows.5 gives it. */
static enum check_kind
form_of(enum type_kind target)
{
	switch (target) {
	case TYPE_DATE: return CHECK_DATE;
	case TYPE_TIME: return CHECK_TIME;
	case TYPE_TIMETZ: return CHECK_TIMETZ;
	case TYPE_TIMESTAMP: return CHECK_TIMESTAMP;
	case TYPE_TIMESTAMPTZ: return CHECK_TIMESTAMPTZ;
	default: return CHECK_INTERVAL;
	}
}

/* time, timestamp and their like. */
static struct check
check_second(struct type was, struct type target)
{
	struct check c = { .kind = CHECK_SECOND, .remedy = all_digits(was, target.kind) };

	c.p = target.precision > 6 ? 6 : target.precision;
	if (!is_temporal(was.kind))
		c.kind = form_of(target.kind);
	else if (was.kind == TYPE_TIME && target.kind == TYPE_TIME)
		c.kind = CHECK_DAY;
	else if (was.kind == TYPE_DATE || (was.precision >= 0 && was.precision <= c.p))
		c.kind = CHECK_CLOCK;
	return c;
}

/* varchar(n) cuts blanks, and in char(n) blanks at the end are no part of the value. */
static struct check
check_text(struct type was, struct type target)
{
	bool fits = (was.kind == TYPE_CHAR || was.kind == TYPE_VARCHAR) && was.precision >= 0 &&
	    was.precision <= target.precision;
	struct check c = { .kind = CHECK_LENGTH, .p = target.precision, .remedy = "text" };

	if (target.kind == TYPE_CHAR && was.kind != TYPE_CHAR && !is_integer(was.kind))
		c.kind = CHECK_CHAR;
	else if (fits)
		c.kind = CHECK_NONE;
	if (target.precision < 0)
		c.kind = CHECK_NONE;
	return c;
}

static struct check
check_form(struct type was, struct type target, enum check_kind kind)
{
	struct check c = { .kind = kind, .p = target.precision, .remedy = "text" };

	/* What was of the type already came from it; a date may have come from MySQL. */
	if (was.kind == target.kind && kind != CHECK_CLOCK)
		c.kind = CHECK_NONE;
	return c;
}

/* interval with fields cuts what is below the last of them. */
static struct check
check_fields(struct str target)
{
	struct check c = { .kind = CHECK_NEVER, .remedy = "interval" };
	struct str rest, digits;
	size_t p = 6;

	while (str_cut(target, ' ', &rest, &target))
		;
	if (str_cut(rest, '(', &rest, &digits) && digits.n)
		num_size(str_of(digits.p, digits.n - 1), 6, &p);
	if (str_eq_nocase(rest, STR("second"))) {
		c.kind = CHECK_INTERVAL;
		c.p = (int)p;
	}
	return c;
}

/* Types that are none of ours, as PostgreSQL calls them. */
static struct check
check_named(struct type was, struct str target)
{
	static const struct {
		const char *name;
		struct check check;
	} named[] = {
		{ "name", { .kind = CHECK_BYTES, .p = 63, .remedy = "text" } },
		{ "\"char\"", { .kind = CHECK_BYTES, .p = 1, .remedy = "text" } },
		/* How many decimals it has, its locale says; few have other than two. */
		{ "money", { .kind = CHECK_NUMERIC, .p = 18, .s = 2, .remedy = "numeric" } },
		{ "oid", { .kind = CHECK_INTEGER, .max = UINT32_MAX, .remedy = "bigint" } },
		{ "cidr", { .kind = CHECK_CIDR, .remedy = "text" } },
		{ "macaddr8", { .kind = CHECK_MACADDR8, .remedy = "macaddr" } },
		{ "tsvector", { .kind = CHECK_NEVER, .remedy = "text" } },
	};

	if (str_starts_nocase(target, STR("interval ")))
		return check_fields(target);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (str_eq_nocase(target, str_cstr(named[i].name)) && was.kind != TYPE_OTHER)
			return named[i].check;
	return (struct check){ .kind = CHECK_NONE };
}

struct check
check_init(struct type was, struct type target, struct str target_text)
{
	struct check none = { .kind = CHECK_NONE };

	if (was.array || target.array)
		return none;
	switch (target.kind) {
	case TYPE_DECIMAL: return check_numeric(was, target);
	case TYPE_CHAR:
	case TYPE_VARCHAR: return check_text(was, target);
	case TYPE_F32:
	case TYPE_F64: return check_float(was, target);
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64: return integer_holds(was, target.kind) ? none : check_integer(target);
	case TYPE_DATE:
		return check_form(was, target,
				  was.kind == TYPE_DATE ? CHECK_CLOCK : CHECK_DATE);
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL: return check_second(was, target);
	case TYPE_BIT:
	case TYPE_VARBIT:
		return was.kind == TYPE_BIT ? none : check_form(was, target, CHECK_BITS);
	case TYPE_UUID: return check_form(was, target, CHECK_UUID);
	case TYPE_INET: return check_form(was, target, CHECK_INET);
	case TYPE_XML: return (struct check){ .kind = CHECK_XML, .remedy = "text" };
	case TYPE_JSONB: return check_form(was, target, CHECK_JSONB);
	case TYPE_OTHER:
		if (was.kind == TYPE_ENUM)
			return (struct check){ .kind = CHECK_LABEL, .remedy = "text" };
		return check_named(was, target_text);
	default: return none;
	}
}

/* --- literals ----------------------------------------------------------------------------- */

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
	struct check c = check_init(text, target, STR(""));
	struct check_fault ignored;
	bool good;

	if (was.array || target.array)
		return false;
	switch (target.kind) {
	case TYPE_BOOL: good = str_eq(value, STR("t")) || str_eq(value, STR("f")); break;
	case TYPE_DECIMAL: good = is_plain_number(value); break;
	case TYPE_BYTES: good = is_bytes(was.kind) && is_hex_bytes(value); break;
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
	case TYPE_TIMESTAMPTZ:
	case TYPE_UUID: good = true; break;
	/* Of the rest only what stays in its own kind is certain. */
	default: good = was.kind == target.kind && target.kind != TYPE_OTHER; break;
	}
	return good && check_value(&c, value, &ignored);
}
