/* Numbers that count time, as timestamps. */
#include "schema/base/num.h"
#include "transform/calls.h"

#define MICROSECONDS  INT64_C(1000000)
#define DAY_SECONDS   INT64_C(86400)
#define DAY_MILLIS    86400000.0
#define JULIAN_MILLIS INT64_C(210866760000000) /* of 1970-01-01 00:00:00 */

/* 0001-01-01 00:00:00 and 9999-12-31 23:59:59, and the Julian days that they are of. */
#define FIRST_SECOND  INT64_C(-62135596800)
#define LAST_SECOND   INT64_C(253402300799)
#define FIRST_JULIAN  1721425.5
#define BEHIND_JULIAN 5373484.5

/* Rounded towards the past, where C rounds towards zero; b > 0. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static void
add_digits(struct buf *b, int64_t v, size_t n)
{
	char *d = buf_reserve(b, n);

	for (size_t i = n; i--; v /= 10)
		d[i] = (char)('0' + v % 10);
	b->n += n;
}

/*
 * Of the proleptic Gregorian calendar; days from 1970-01-01. The year is taken to begin in
 * March, so that it ends with the leap day.
 */
static void
add_date(struct buf *b, int64_t days)
{
	enum { DAYS_4_YEARS = 1461, DAYS_100_YEARS = 36524, DAYS_400_YEARS = 146097 };
	int64_t from_year_0 = days + 719468, era = floor_div(from_year_0, DAYS_400_YEARS);
	int64_t day = from_year_0 - era * DAYS_400_YEARS; /* of the 400 years */
	int64_t year = (day - day / (DAYS_4_YEARS - 1) + day / DAYS_100_YEARS -
			day / (DAYS_400_YEARS - 1)) /
	    365;
	int64_t month;

	day -= 365 * year + year / 4 - year / 100;
	month = (5 * day + 2) / 153; /* from March */
	day -= (153 * month + 2) / 5;
	month += month < 10 ? 3 : -9;
	add_digits(b, year + era * 400 + (month <= 2), 4);
	buf_addc(b, '-');
	add_digits(b, month, 2);
	buf_addc(b, '-');
	add_digits(b, day + 1, 2);
}

bool
put_timestamp(struct buf *b, int64_t micros)
{
	int64_t seconds = floor_div(micros, MICROSECONDS), days, second;

	if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
		return false;
	micros -= seconds * MICROSECONDS;
	days = floor_div(seconds, DAY_SECONDS);
	second = seconds - days * DAY_SECONDS;
	b->n = 0;
	add_date(b, days);
	buf_addc(b, ' ');
	add_digits(b, second / 3600, 2);
	buf_addc(b, ':');
	add_digits(b, second / 60 % 60, 2);
	buf_addc(b, ':');
	add_digits(b, second % 60, 2);
	if (micros == 0)
		return true;
	buf_addc(b, '.');
	add_digits(b, micros, 6);
	while (b->p[b->n - 1] == '0')
		b->n--;
	return true;
}

int64_t
days_of_date(unsigned year, unsigned month, unsigned day)
{
	/* Of years that begin in March, as in add_date(). */
	int64_t y = (int64_t)year - (month <= 2), era = floor_div(y, 400),
		of_era = y - era * 400;
	int64_t of_year =
	    (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/*
 * The greatest integer up to d * 10^shift; false when it has over 18 digits. *cut: it is less.
 */
static bool
scale(const struct decimal *d, int shift, int64_t *out, bool *cut)
{
	enum { MAX_DIGITS = 18 };
	int64_t exponent = d->exponent + shift, v = 0;
	int64_t kept = (int64_t)d->precision + (exponent < 0 ? exponent : 0);

	*out = 0;
	*cut = false;
	if (d->precision == 0)
		return true;
	if ((int64_t)d->precision + exponent > MAX_DIGITS)
		return false;
	for (size_t i = 0; i < d->digits.n && kept > 0; i++) {
		if (d->digits.p[i] == '.')
			continue;
		v = 10 * v + (d->digits.p[i] - '0');
		kept--;
	}
	for (; exponent > 0; exponent--)
		v *= 10;
	/* There are no zeros at the end of the digits. */
	*cut = exponent < 0;
	*out = d->negative ? -v - *cut : v;
	return true;
}

static enum transform_result
epoch(struct str value, int shift, struct buf *scratch, struct str *out)
{
	struct decimal d;
	int64_t micros;
	bool cut;

	if (!num_decimal(value, &d) || !scale(&d, shift, &micros, &cut) ||
	    !put_timestamp(scratch, micros))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return cut ? TRANSFORM_ALTERED : TRANSFORM_SPELLED;
}

TRANSFORM_CALL(epoch_s)
{
	return epoch(value, 6, scratch, out);
}

TRANSFORM_CALL(epoch_ms)
{
	return epoch(value, 3, scratch, out);
}

TRANSFORM_CALL(epoch_us)
{
	return epoch(value, 0, scratch, out);
}

TRANSFORM_CALL(epoch_ns)
{
	return epoch(value, -3, scratch, out);
}

TRANSFORM_CALL(unix_timestamp)
{
	enum transform_result result = epoch(value, 6, scratch, out);

	if (result == TRANSFORM_FAILED)
		return result;
	buf_add(scratch, STR("+00"));
	*out = buf_str(scratch);
	return result;
}

/*
 * With SQLite's own arithmetic (computeJD() and setRawDateNumber() in its date.c), so that both
 * tell the same time.
 */
TRANSFORM_CALL(julian)
{
	double day;
	int64_t millis;

	if (!num_f64(value, &day) || !(day >= FIRST_JULIAN && day < BEHIND_JULIAN))
		return TRANSFORM_FAILED;
	millis = (int64_t)(day * DAY_MILLIS + 0.5) - JULIAN_MILLIS;
	if (!put_timestamp(scratch, millis * 1000))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}
