/*
 * The transforms, with the meaning that they have in pgloader where it makes sense for rows(5).
 */
#include "transform/transforms.h"
#include "schema/base/num.h"
#include "transform/epoch.h"

static enum transform_result
empty_string_to_null(struct str value, struct buf *scratch, struct str *out)
{
	(void)scratch;
	*out = value;
	return value.n ? TRANSFORM_SAME : TRANSFORM_NULL;
}

static enum transform_result
right_trim(struct str value, struct buf *scratch, struct str *out)
{
	size_t n = value.n;

	(void)scratch;
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
static enum transform_result
zero_dates_to_null(struct str value, struct buf *scratch, struct str *out)
{
	(void)scratch;
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
static enum transform_result
tinyint_to_boolean(struct str value, struct buf *scratch, struct str *out)
{
	struct decimal d;

	(void)scratch;
	*out = value;
	if (str_eq(value, STR("t")) || str_eq(value, STR("f")))
		return TRANSFORM_SAME;
	if (!num_decimal(value, &d))
		return TRANSFORM_FAILED;
	*out = d.digits.n ? STR("t") : STR("f");
	return str_eq(value, STR("0")) || str_eq(value, STR("1")) ? TRANSFORM_SPELLED
								  : TRANSFORM_ALTERED;
}

static enum transform_result
remove_null_characters(struct str value, struct buf *scratch, struct str *out)
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
static enum transform_result
integer_to_string(struct str value, struct buf *scratch, struct str *out)
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
static enum transform_result
float_to_string(struct str value, struct buf *scratch, struct str *out)
{
	double v;

	(void)scratch;
	*out = value;
	return num_f64(value, &v) ? TRANSFORM_SAME : TRANSFORM_FAILED;
}

static enum transform_result
at_utc(struct str value, struct buf *scratch, struct str *out)
{
	scratch->n = 0;
	buf_add(scratch, value);
	buf_add(scratch, STR("+00"));
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

const struct transform transform_at_utc = {
	"at-utc", at_utc, false, "a timestamp", NULL, NULL
};

static const struct transform transforms[] = {
	{ "empty-string-to-null", empty_string_to_null, true, "text", NULL, NULL },
	{ "epoch-ms-to-timestamp", epoch_ms, true,
	  "milliseconds since 1970, in the years 1 to 9999", "decimal", "timestamp(6)" },
	{ "epoch-ns-to-timestamp", epoch_ns, true,
	  "nanoseconds since 1970, in the years 1 to 9999", "decimal", "timestamp(6)" },
	{ "epoch-to-timestamp", epoch_s, true, "seconds since 1970, in the years 1 to 9999",
	  "decimal", "timestamp(6)" },
	{ "epoch-us-to-timestamp", epoch_us, true,
	  "microseconds since 1970, in the years 1 to 9999", "decimal", "timestamp(6)" },
	{ "float-to-string", float_to_string, false, "a number", NULL, NULL },
	{ "integer-to-string", integer_to_string, false, "an integer", NULL, NULL },
	{ "julian-to-timestamp", julian, false, "a Julian day, in the years 1 to 9999",
	  "decimal", "timestamp(6)" },
	{ "remove-null-characters", remove_null_characters, true, "text", NULL, NULL },
	{ "right-trim", right_trim, true, "text", NULL, NULL },
	{ "tinyint-to-boolean", tinyint_to_boolean, true, "a number, t or f", NULL, "bool" },
	{ "zero-dates-to-null", zero_dates_to_null, true, "a date", NULL, NULL },
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

void
transform_names(struct buf *b)
{
	for (size_t i = 0; i < COUNT; i++)
		buf_addf(b, "%s%s", i ? ", " : "", transforms[i].name);
}
