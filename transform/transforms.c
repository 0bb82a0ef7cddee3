/*
 * The transforms, with the meaning that they have in pgloader where it makes sense for rows(5).
 */
#include "schema/base/num.h"
#include "transform/calls.h"

static TRANSFORM_CALL(empty_string_to_null)
{
	*out = value;
	return value.n ? TRANSFORM_SAME : TRANSFORM_NULL;
}

static TRANSFORM_CALL(right_trim)
{
	size_t n = value.n;

	while (n && value.p[n - 1] == ' ')
		n--;
	*out = str_of(value.p, n);
	return n == value.n ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}

static bool
all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != '0')
			return false;
	return true;
}

/*
 * Also dates of which only the year, the month or the day is zero: PostgreSQL has none of them.
 */
static TRANSFORM_CALL(zero_dates_to_null)
{
	*out = value;
	if (value.n == 0)
		return TRANSFORM_NULL;
	if (value.n < 10 || value.p[4] != '-' || value.p[7] != '-')
		return TRANSFORM_SAME;
	if (all_zero(value.p, 4) || all_zero(value.p + 5, 2) || all_zero(value.p + 8, 2))
		return TRANSFORM_NULL;
	return TRANSFORM_SAME;
}

/* Zero is false and every other number true; that 2 becomes true is an alteration. */
static TRANSFORM_CALL(tinyint_to_boolean)
{
	struct decimal d;

	*out = value;
	if (str_eq(value, STR("t")) || str_eq(value, STR("f")))
		return TRANSFORM_SAME;
	if (!num_decimal(value, &d))
		return TRANSFORM_FAILED;
	*out = d.digits.n ? STR("t") : STR("f");
	return str_eq(value, STR("0")) || str_eq(value, STR("1")) ? TRANSFORM_SPELLED
								  : TRANSFORM_ALTERED;
}

static TRANSFORM_CALL(remove_null_characters)
{
	*out = value;
	if (value.n == 0 || !memchr(value.p, '\0', value.n))
		return TRANSFORM_SAME;
	scratch->n = 0;
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '\0')
			buf_addc(scratch, value.p[i]);
	*out = buf_str(scratch);
	return TRANSFORM_ALTERED;
}

static bool
is_quoted(struct str s)
{
	return s.n >= 2 && (s.p[0] == '\'' || s.p[0] == '"') && s.p[s.n - 1] == s.p[0];
}

/* Without quotes around it, however many, and without a plus and leading zeros. */
static TRANSFORM_CALL(integer_to_string)
{
	struct str s = value;
	bool negative;

	while (is_quoted(s))
		s = str_of(s.p + 1, s.n - 2);
	negative = s.n && s.p[0] == '-';
	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_of(s.p + 1, s.n - 1);
	if (s.n == 0)
		return TRANSFORM_FAILED;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return TRANSFORM_FAILED;
	while (s.n > 1 && s.p[0] == '0')
		s = str_of(s.p + 1, s.n - 1);
	scratch->n = 0;
	if (negative && s.p[0] != '0')
		buf_addc(scratch, '-');
	buf_add(scratch, s);
	*out = str_eq(buf_str(scratch), value) ? value : buf_str(scratch);
	return out->p == value.p ? TRANSFORM_SAME : TRANSFORM_SPELLED;
}

/* The text of a float in rows(5) is what PostgreSQL reads for float and numeric alike. */
static TRANSFORM_CALL(float_to_string)
{
	double v;

	*out = value;
	return num_f64(value, &v) ? TRANSFORM_SAME : TRANSFORM_FAILED;
}

/* --- cutting digits ----------------------------------------------------------------------- */

static int
truncate_digits_prepare(struct transform_use *use, struct pool *pool, struct err *e)
{
	(void)pool;
	if (use->args[0].number < 0 || use->args[0].number > 1000)
		return err_set(e, STATUS_USAGE, "%s: the digits are 0 to 1000, not %jd",
			       use->transform->name, (intmax_t)use->args[0].number);
	return 0;
}

static bool
is_special_number(struct str s)
{
	return str_eq(s, STR("NaN")) || str_eq(s, STR("Infinity")) ||
	    str_eq(s, STR("-Infinity"));
}

/* Where a run of digits ends that begins at from. */
static size_t
digits_end(struct str s, size_t from)
{
	while (from < s.n && s.p[from] >= '0' && s.p[from] <= '9')
		from++;
	return from;
}

static bool
has_nonzero(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '1' && s.p[i] <= '9')
			return true;
	return false;
}

/* A number or a time has one point at most, and letters only in names of numbers and in zones. */
static bool
has_plain_digits(struct str s)
{
	size_t points = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789.:-+ TZ", s.p[i]) || s.p[i] == '\0')
			return false;
		points += s.p[i] == '.';
	}
	return s.n && points <= 1;
}

static TRANSFORM_CALL(truncate_digits)
{
	const char *point = value.n ? memchr(value.p, '.', value.n) : NULL;
	size_t keep = (size_t)use->args[0].number, at, end;
	bool zeros;

	*out = value;
	if (is_special_number(value))
		return TRANSFORM_SAME;
	if (!has_plain_digits(value))
		return TRANSFORM_FAILED;
	at = point ? (size_t)(point - value.p) : value.n;
	end = point ? digits_end(value, at + 1) : value.n;
	if (end - at <= keep + (point != NULL))
		return TRANSFORM_SAME;
	at += keep ? keep + 1 : 0;
	zeros = all_zero(value.p + at + !keep, end - at - !keep);
	scratch->n = 0;
	buf_add(scratch, str_of(value.p, at));
	buf_add(scratch, str_of(value.p + end, value.n - end));
	/* -0.4 has become -0, which is another spelling of 0. */
	*out = buf_str(scratch);
	if (out->p[0] == '-' && !has_nonzero(*out))
		*out = str_of(out->p + 1, out->n - 1);
	return zeros ? TRANSFORM_SPELLED : TRANSFORM_ALTERED;
}

static TRANSFORM_CALL(at_utc)
{
	scratch->n = 0;
	buf_add(scratch, value);
	buf_add(scratch, STR("+00"));
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* cast-rows puts it behind the transform of the rule, if there is one. */
const struct transform transform_at_utc = {
	.name = "at-utc",
	.call = at_utc,
	.takes = "a timestamp",
};

static const struct transform transforms[] = {
	{ .name = "empty-string-to-null",
	  .call = empty_string_to_null,
	  .alters = true,
	  .takes = "text" },
	{ .name = "epoch-ms-to-timestamp",
	  .call = epoch_ms,
	  .alters = true,
	  .takes = "milliseconds since 1970, in the years 1 to 9999",
	  .wants = "decimal",
	  .gives = "timestamp(6)" },
	{ .name = "epoch-ns-to-timestamp",
	  .call = epoch_ns,
	  .alters = true,
	  .takes = "nanoseconds since 1970, in the years 1 to 9999",
	  .wants = "decimal",
	  .gives = "timestamp(6)" },
	{ .name = "epoch-to-timestamp",
	  .call = epoch_s,
	  .alters = true,
	  .takes = "seconds since 1970, in the years 1 to 9999",
	  .wants = "decimal",
	  .gives = "timestamp(6)" },
	{ .name = "epoch-us-to-timestamp",
	  .call = epoch_us,
	  .alters = true,
	  .takes = "microseconds since 1970, in the years 1 to 9999",
	  .wants = "decimal",
	  .gives = "timestamp(6)" },
	{ .name = "float-to-string", .call = float_to_string, .takes = "a number" },
	{ .name = "integer-to-string", .call = integer_to_string, .takes = "an integer" },
	{ .name = "julian-to-timestamp",
	  .call = julian,
	  .takes = "a Julian day, in the years 1 to 9999",
	  .wants = "decimal",
	  .gives = "timestamp(6)" },
	{ .name = "remove-null-characters",
	  .call = remove_null_characters,
	  .alters = true,
	  .takes = "text" },
	{ .name = "right-trim", .call = right_trim, .alters = true, .takes = "text" },
	{ .name = "tinyint-to-boolean",
	  .call = tinyint_to_boolean,
	  .alters = true,
	  .takes = "a number, t or f",
	  .gives = "bool" },
	{ .name = "truncate-digits",
	  .call = truncate_digits,
	  .alters = true,
	  .takes = "a number without exponent, or a time",
	  .params = { { "digits", TRANSFORM_INTEGER, false } },
	  .prepare = truncate_digits_prepare },
	{ .name = "zero-dates-to-null",
	  .call = zero_dates_to_null,
	  .alters = true,
	  .takes = "a date" },
};

enum { COUNT = sizeof(transforms) / sizeof(transforms[0]) };

const struct transform *
transform_find(struct str name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (str_eq(name, str_cstr(transforms[i].name)))
			return &transforms[i];
	return NULL;
}
