/* Transforms of dates and times. */
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

static unsigned
number(const char *p, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < n; i++)
		v = 10 * v + (unsigned)(p[i] - '0');
	return v;
}

static bool
is_date(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return year && month && month <= 12 && day &&
	    day <= days[month - 1] + (unsigned)(month == 2 && leap);
}

static bool
is_clock(unsigned hour, unsigned minute, unsigned second)
{
	return hour <= 23 && minute <= 59 && second <= 59;
}

const char *
date_or_timestamp(const struct transform_use *use)
{
	return use->target.kind == TYPE_DATE ? "date" : "timestamp(9)";
}

const char *
date_or_instant(const struct transform_use *use)
{
	return use->target.kind == TYPE_TIMESTAMPTZ ? "timestamptz(9)" : date_or_timestamp(use);
}

/*
 * Also dates of which only the year, the month or the day is zero: PostgreSQL has none of them.
 */
TRANSFORM_CALL(zero_dates_to_null)
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

/* YYYYMMDD at p, which are digits. NULL when one of the three is zero. */
static enum transform_result
put_compact_date(struct buf *b, const char *p)
{
	if (all_zero(p, 4) || all_zero(p + 4, 2) || all_zero(p + 6, 2))
		return TRANSFORM_NULL;
	if (!is_date(number(p, 4), number(p + 4, 2), number(p + 6, 2)))
		return TRANSFORM_FAILED;
	b->n = 0;
	buf_add(b, str_of(p, 4));
	buf_addc(b, '-');
	buf_add(b, str_of(p + 4, 2));
	buf_addc(b, '-');
	buf_add(b, str_of(p + 6, 2));
	return TRANSFORM_SPELLED;
}

/* HHMMSS at p, which are digits. */
static void
add_compact_time(struct buf *b, const char *p)
{
	buf_add(b, str_of(p, 2));
	buf_addc(b, ':');
	buf_add(b, str_of(p + 2, 2));
	buf_addc(b, ':');
	buf_add(b, str_of(p + 4, 2));
}

/* Of another length than 14, or 8 without a time, it is NULL, as with pgloader. */
TRANSFORM_CALL(date_with_no_separator)
{
	bool to_date = use->target.kind == TYPE_DATE;
	const char *clock = value.n == 14 ? value.p + 8 : "000000";
	enum transform_result result;

	*out = value;
	if (value.n != 8 && value.n != 14)
		return TRANSFORM_NULL;
	if (!str_is_digits(value))
		return TRANSFORM_FAILED;
	result = put_compact_date(scratch, value.p);
	if (result != TRANSFORM_SPELLED)
		return result;
	if (!is_clock(number(clock, 2), number(clock + 2, 2), number(clock + 4, 2)) ||
	    (to_date && !all_zero(clock, 6)))
		return TRANSFORM_FAILED;
	if (!to_date) {
		buf_addc(scratch, ' ');
		add_compact_time(scratch, clock);
	}
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

TRANSFORM_CALL(time_with_no_separator)
{
	*out = value;
	if (value.n < 6 || !str_is_digits(value))
		return TRANSFORM_FAILED;
	scratch->n = 0;
	add_compact_time(scratch, value.p);
	if (value.n > 6) {
		buf_addc(scratch, '.');
		buf_add(scratch, str_of(value.p + 6, value.n - 6));
	}
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* A field that was never filled in is blank. */
TRANSFORM_CALL(db3_date)
{
	struct str s = str_trim(value);
	enum transform_result result;

	*out = value;
	if (s.n == 0)
		return TRANSFORM_NULL;
	if (s.n != 8 || !str_is_digits(s))
		return TRANSFORM_FAILED;
	result = put_compact_date(scratch, s.p);
	if (result == TRANSFORM_SPELLED)
		*out = buf_str(scratch);
	return result;
}

/* --- SQLite ------------------------------------------------------------------------------- */

/* A date with or without a time and a zone, in the forms that SQLite itself reads. */
struct instant {
	struct str date, clock, fraction; /* YYYY-MM-DD; HH:MM or HH:MM:SS; digits */
	bool zoned;
	int64_t offset; /* seconds east of UTC */
};

static bool
has_form(struct str s, const char *form)
{
	for (size_t i = 0; i < s.n; i++)
		if (form[i] == '0' ? s.p[i] < '0' || s.p[i] > '9' : s.p[i] != form[i])
			return false;
	return s.n == strlen(form);
}

static struct str
take_front(struct str *s, size_t n)
{
	struct str front = str_of(s->p, n < s->n ? n : s->n);

	*s = str_of(s->p + front.n, s->n - front.n);
	return front;
}

static bool
parse_zone(struct str s, struct instant *in)
{
	in->zoned = s.n > 0;
	if (s.n == 0 || str_eq(s, STR("Z")) || str_eq(s, STR("+00")))
		return true;
	if ((s.p[0] != '+' && s.p[0] != '-') || !has_form(str_of(s.p + 1, s.n - 1), "00:00") ||
	    number(s.p + 1, 2) > 15 || number(s.p + 4, 2) > 59)
		return false;
	in->offset = 3600 * (int64_t)number(s.p + 1, 2) + 60 * (int64_t)number(s.p + 4, 2);
	if (s.p[0] == '-')
		in->offset = -in->offset;
	return true;
}

static bool
parse_instant(struct str s, struct instant *in)
{
	size_t n = 0;

	*in = (struct instant){ .date = take_front(&s, 10), .clock = STR("00:00:00") };
	if (!has_form(in->date, "0000-00-00") ||
	    !is_date(number(in->date.p, 4), number(in->date.p + 5, 2),
		     number(in->date.p + 8, 2)))
		return false;
	if (s.n == 0)
		return true;
	if (s.p[0] != ' ' && s.p[0] != 'T')
		return false;
	take_front(&s, 1);
	in->clock = take_front(&s, s.n >= 8 && s.p[5] == ':' ? 8 : 5);
	if (!has_form(in->clock, in->clock.n == 8 ? "00:00:00" : "00:00") ||
	    !is_clock(number(in->clock.p, 2), number(in->clock.p + 3, 2),
		      in->clock.n == 8 ? number(in->clock.p + 6, 2) : 0))
		return false;
	if (in->clock.n == 8 && s.n && s.p[0] == '.') {
		take_front(&s, 1);
		while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
			n++;
		if (n == 0)
			return false;
		in->fraction = take_front(&s, n);
	}
	return parse_zone(s, in);
}

/* In UTC. False where the time is not exact to PostgreSQL's microseconds. */
static bool
put_shifted(struct buf *b, const struct instant *in)
{
	int64_t seconds = 86400 *
	    days_of_date(number(in->date.p, 4), number(in->date.p + 5, 2),
			 number(in->date.p + 8, 2));
	int64_t micros = 0;

	if (in->fraction.n > 6)
		return false;
	seconds +=
	    3600 * (int64_t)number(in->clock.p, 2) + 60 * (int64_t)number(in->clock.p + 3, 2);
	seconds += in->clock.n == 8 ? (int64_t)number(in->clock.p + 6, 2) : 0;
	for (size_t i = 0; i < 6; i++)
		micros =
		    10 * micros + (i < in->fraction.n ? (int64_t)(in->fraction.p[i] - '0') : 0);
	return put_timestamp(b, (seconds - in->offset) * 1000000 + micros);
}

static void
put_instant(struct buf *b, const struct instant *in)
{
	b->n = 0;
	buf_add(b, in->date);
	buf_addc(b, ' ');
	buf_add(b, in->clock);
	if (in->clock.n == 5)
		buf_add(b, STR(":00"));
	if (in->fraction.n) {
		buf_addc(b, '.');
		buf_add(b, in->fraction);
	}
}

/* A number is a year, and 0 none, as with pgloader; a text is a date, and a time perhaps. */
TRANSFORM_CALL(sqlite_timestamp)
{
	enum type_kind target = use->target.kind;
	struct instant in;
	uint64_t year;
	char first[] = "0000-01-01";

	*out = value;
	if (num_u64(value, &year)) {
		if (year == 0)
			return TRANSFORM_NULL;
		if (year > 9999)
			return TRANSFORM_FAILED;
		for (size_t i = 4; i--; year /= 10)
			first[i] = (char)('0' + year % 10);
		in = (struct instant){ .date = STR(first), .clock = STR("00:00:00") };
	} else if (!parse_instant(value, &in)) {
		return TRANSFORM_FAILED;
	}
	if (target == TYPE_DATE) {
		if (value.n > 10)
			return TRANSFORM_FAILED;
		scratch->n = 0;
		buf_add(scratch, in.date);
	} else if (in.zoned && target != TYPE_TIMESTAMPTZ) {
		return TRANSFORM_FAILED;
	} else if (in.offset) {
		if (!put_shifted(scratch, &in))
			return TRANSFORM_FAILED;
	} else {
		put_instant(scratch, &in);
	}
	if (target == TYPE_TIMESTAMPTZ)
		buf_add(scratch, STR("+00"));
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_SPELLED;
}

/* --- durations ---------------------------------------------------------------------------- */

/*
 * [-]H:MM:SS[.f], with any number of hours up to nine digits, as rows(5) spells an interval. The
 * sign counts where the hours are 0 too.
 */
TRANSFORM_CALL(time_to_interval)
{
	struct str s = value, hours, rest;
	bool negative = s.n && s.p[0] == '-', zero;

	*out = value;
	if (negative)
		take_front(&s, 1);
	if (!str_cut(s, ':', &hours, &rest) || hours.n == 0 || hours.n > 9 ||
	    !str_is_digits(hours) || rest.n < 5 || !has_form(str_of(rest.p, 5), "00:00") ||
	    !is_clock(0, number(rest.p, 2), number(rest.p + 3, 2)))
		return TRANSFORM_FAILED;
	if (rest.n > 5 &&
	    (rest.p[5] != '.' || rest.n == 6 || !str_is_digits(str_of(rest.p + 6, rest.n - 6))))
		return TRANSFORM_FAILED;
	while (hours.n > 2 && hours.p[0] == '0')
		take_front(&hours, 1);
	zero = all_zero(hours.p, hours.n) && all_zero(rest.p, 2) && all_zero(rest.p + 3, 2) &&
	    (rest.n == 5 || all_zero(rest.p + 6, rest.n - 6));
	scratch->n = 0;
	if (negative && !zero)
		buf_addc(scratch, '-');
	if (hours.n == 1)
		buf_addc(scratch, '0');
	buf_add(scratch, hours);
	buf_addc(scratch, ':');
	buf_add(scratch, rest);
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_SPELLED;
}
