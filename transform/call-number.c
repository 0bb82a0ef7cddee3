/* Transforms of numbers; all are exact, and take as many digits as there are. */
#include "schema/base/num.h"
#include "transform/calls.h"

static bool
all_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != '0')
			return false;
	return true;
}

static bool
is_quoted(struct str s)
{
	return s.n >= 2 && (s.p[0] == '\'' || s.p[0] == '"') && s.p[s.n - 1] == s.p[0];
}

/* Without quotes around it, however many, and without a plus and leading zeros. */
TRANSFORM_CALL(integer_to_string)
{
	struct str s = value;
	bool negative;

	while (is_quoted(s))
		s = str_of(s.p + 1, s.n - 2);
	negative = s.n && s.p[0] == '-';
	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_of(s.p + 1, s.n - 1);
	if (!str_is_digits(s))
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
TRANSFORM_CALL(float_to_string)
{
	double v;

	*out = value;
	return num_f64(value, &v) ? TRANSFORM_SAME : TRANSFORM_FAILED;
}

/* --- cutting digits ----------------------------------------------------------------------- */

TRANSFORM_PREPARE(truncate_digits_prepare)
{
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

TRANSFORM_CALL(truncate_digits)
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

/* --- other bases -------------------------------------------------------------------------- */

/* A number of up to MAX_HEX hexadecimal digits, in limbs of nine decimal ones, the lowest first. */
enum { MAX_HEX = 256, LIMB = 1000000000, LIMBS = MAX_HEX * 4 * 301 / 1000 / 9 + 2 };

struct limbs {
	uint32_t limb[LIMBS];
	size_t n;
};

static void
multiply_add(struct limbs *l, unsigned factor, unsigned term)
{
	uint64_t carry = term;

	for (size_t i = 0; i < l->n; i++) {
		carry += (uint64_t)l->limb[i] * factor;
		l->limb[i] = (uint32_t)(carry % LIMB);
		carry /= LIMB;
	}
	if (carry)
		l->limb[l->n++] = (uint32_t)carry;
}

static void
add_limbs(struct buf *b, const struct limbs *l)
{
	buf_addf(b, "%u", l->n ? (unsigned)l->limb[l->n - 1] : 0);
	for (size_t i = l->n; i > 1; i--)
		buf_addf(b, "%09u", (unsigned)l->limb[i - 2]);
}

TRANSFORM_CALL(hex_to_dec)
{
	struct str digits = str_trim(value);
	struct limbs l = { .n = 0 };
	bool negative = str_starts(digits, STR("-"));

	*out = value;
	if (negative)
		digits = str_of(digits.p + 1, digits.n - 1);
	if (str_starts_nocase(digits, STR("0x")))
		digits = str_of(digits.p + 2, digits.n - 2);
	if (digits.n == 0 || digits.n > MAX_HEX)
		return TRANSFORM_FAILED;
	for (size_t i = 0; i < digits.n; i++) {
		if (hex_value(digits.p[i]) < 0)
			return TRANSFORM_FAILED;
		multiply_add(&l, 16, (unsigned)hex_value(digits.p[i]));
	}
	scratch->n = 0;
	if (negative && l.n)
		buf_addc(scratch, '-');
	add_limbs(scratch, &l);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* An integer up to 2^128 - 1 as the 16 bytes of a uuid, highest first. */
TRANSFORM_CALL(int_to_uuid)
{
	uint32_t word[4] = { 0 }; /* the lowest first */

	*out = value;
	if (value.n == 0)
		return TRANSFORM_FAILED;
	/* Nine digits at a time. */
	for (size_t i = 0; i < value.n;) {
		uint64_t carry = 0, factor = 1;

		for (; i < value.n && factor < LIMB; i++, factor *= 10) {
			if (value.p[i] < '0' || value.p[i] > '9')
				return TRANSFORM_FAILED;
			carry = 10 * carry + (uint64_t)(value.p[i] - '0');
		}
		for (size_t k = 0; k < 4; k++) {
			carry += word[k] * factor;
			word[k] = (uint32_t)carry;
			carry >>= 32;
		}
		if (carry)
			return TRANSFORM_FAILED;
	}
	scratch->n = 0;
	buf_addf(scratch, "%08x-%04x-%04x-%04x-%04x%08x", word[3], word[2] >> 16,
		 word[2] & 0xffff, word[1] >> 16, word[1] & 0xffff, word[0]);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* --- integers ----------------------------------------------------------------------------- */

enum { MAX_DIGITS = 1000 };

/* What stands before the point; ALTERED when that is not all. */
static enum transform_result
whole_part(struct str value, struct buf *scratch, struct str *out)
{
	struct decimal d;
	int64_t whole;
	enum transform_result result = TRANSFORM_SPELLED;

	if (!num_decimal(value, &d))
		return TRANSFORM_FAILED;
	whole = (int64_t)d.precision + d.exponent;
	if (whole > MAX_DIGITS)
		return TRANSFORM_FAILED;
	/* No zeros end the digits: what is cut is never 0. */
	if (d.exponent < 0)
		result = TRANSFORM_ALTERED;
	scratch->n = 0;
	if (d.negative && whole > 0)
		buf_addc(scratch, '-');
	for (size_t i = 0; i < d.digits.n && whole > 0; i++) {
		if (d.digits.p[i] == '.')
			continue;
		buf_addc(scratch, d.digits.p[i]);
		whole--;
	}
	for (; whole > 0; whole--)
		buf_addc(scratch, '0');
	if (scratch->n == 0)
		buf_addc(scratch, '0');
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : result;
}

TRANSFORM_CALL(numeric_to_integer)
{
	*out = value;
	return whole_part(value, scratch, out);
}

TRANSFORM_CALL(tinyint_to_integer)
{
	bool truth = str_eq(value, STR("t"));

	if (!truth && !str_eq(value, STR("f")))
		return integer_to_string(use, value, scratch, out);
	*out = truth ? STR("1") : STR("0");
	return TRANSFORM_SPELLED;
}

/* A year, or a date, as some drivers make of one. Of a date the rest is lost. */
TRANSFORM_CALL(year_to_integer)
{
	struct str year = str_of(value.p, value.n < 4 ? value.n : 4);
	bool date = value.n == 10 && value.p[4] == '-' && value.p[7] == '-';

	*out = value;
	if ((!date && value.n > 4) || year.n == 0 || digits_end(year, 0) != year.n)
		return TRANSFORM_FAILED;
	while (year.n > 1 && year.p[0] == '0')
		year = str_of(year.p + 1, year.n - 1);
	*out = year;
	if (year.n == value.n)
		return TRANSFORM_SAME;
	return date && memcmp(value.p + 4, "-01-01", 6) != 0 ? TRANSFORM_ALTERED
							     : TRANSFORM_SPELLED;
}

/* --- numbers of dBASE --------------------------------------------------------------------- */

/* Right-aligned text, which may lack the digits on one side of its point. False: none at all. */
static bool
db3_number(struct str value, struct buf *b, struct str *out)
{
	struct str s = str_trim(value);
	size_t sign = s.n && (s.p[0] == '-' || s.p[0] == '+');
	struct decimal d;

	if (s.n > sign && (s.p[sign] == '.' || s.p[s.n - 1] == '.')) {
		size_t point = s.p[s.n - 1] == '.';

		if (s.n == sign + 1)
			return false;
		b->n = 0;
		buf_add(b, str_of(s.p, sign));
		if (s.p[sign] == '.')
			buf_addc(b, '0');
		buf_add(b, str_of(s.p + sign, s.n - sign - point));
		s = buf_str(b);
	}
	*out = s;
	return num_decimal(s, &d);
}

TRANSFORM_CALL(db3_numeric)
{
	*out = value;
	if (str_trim(value).n == 0)
		return TRANSFORM_NULL;
	if (!db3_number(value, scratch, out))
		return TRANSFORM_FAILED;
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_SPELLED;
}

TRANSFORM_CALL(db3_integer)
{
	enum transform_result result;
	struct str number;

	*out = value;
	if (str_trim(value).n == 0)
		return TRANSFORM_NULL;
	if (!db3_number(value, &use->spare, &number))
		return TRANSFORM_FAILED;
	result = whole_part(number, scratch, out);
	return result == TRANSFORM_SAME && !str_eq(number, value) ? TRANSFORM_SPELLED : result;
}
