/* Values: whether PostgreSQL would keep them as they are. */
#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>

#include "schema/base/calendar.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/digest.h"
#include "transform/check.h"

/* Says what is wrong with a value, and which type would take it. Returns false. */
__attribute__((format(printf, 4, 5))) static bool
wrong(struct check_fault *f, const char *code, const char *remedy, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f->why, sizeof(f->why), fmt, ap);
	va_end(ap);
	f->code = code;
	f->remedy = remedy;
	f->rule = f->becomes = NULL;
	return false;
}

static const char *
plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

static bool
is_special(struct str value)
{
	return str_eq(value, STR("NaN")) || str_eq(value, STR("Infinity")) ||
	    str_eq(value, STR("-Infinity"));
}

static int64_t
at_least_zero(int64_t n)
{
	return n > 0 ? n : 0;
}

/* Places before the point and behind it; numeric(3,-2) has 5 and -2 of them, numeric(2,4) has -2 and 4. */
static bool
numeric_fits(const struct check *c, struct str value, struct check_fault *f)
{
	struct decimal d;
	int64_t before, behind;

	if (str_eq(value, STR("NaN")))
		return true;
	if (!num_decimal(value, &d))
		return wrong(f, "misfit", "text",
			     "is no decimal number, as numeric(%d,%d) needs", c->p, c->s);
	if (d.precision == 0)
		return true;
	behind = -d.exponent;
	before = (int64_t)d.precision + d.exponent;
	if (behind > c->s)
		return wrong(f, "precision", "numeric",
			     "has %jd decimal%s, numeric(%d,%d) would round it",
			     (intmax_t)at_least_zero(behind), plural(at_least_zero(behind)),
			     c->p, c->s);
	if (before > c->p - c->s)
		return wrong(f, "range", "numeric",
			     "has %jd digit%s before the point, numeric(%d,%d) takes %jd",
			     (intmax_t)at_least_zero(before), plural(at_least_zero(before)),
			     c->p, c->s, (intmax_t)at_least_zero(c->p - c->s));
	return true;
}

/* A text for numeric: the same number comes back, whatever its spelling. */
static bool
number_fits(struct str value, struct check_fault *f)
{
	struct decimal d;

	return is_special(value) || num_decimal(value, &d) ||
	    wrong(f, "misfit", "text", "is no decimal number");
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
		return wrong(fault, "misfit", "text", "is no number, as %s needs", name);
	if (c->from_double && (double)f == v)
		return true;
	n = f64 ? num_put_f64(text, v) : num_put_f32(text, f);
	if (same_decimal(str_of(text, n), value))
		return true;
	return wrong(fault, "precision", c->remedy, "would become %.*s in %s", (int)n, text,
		     name);
}

/* Most integers show at a glance that they fit: they have less digits than the greatest. */
static bool
is_short_integer(int64_t max, struct str value)
{
	size_t digits = max == INT64_MAX ? 18 : max >= INT32_MAX ? 9 : 4;

	if (value.n > digits || (value.n > 1 && value.p[0] == '0'))
		return false;
	return str_is_digits(value);
}

/* Written as PostgreSQL writes it, so that it comes back as the same text. */
static bool
integer_fits(const struct check *c, struct str value, struct check_fault *f)
{
	int64_t v;
	struct decimal d;
	char text[NUM_MAX];

	if (is_short_integer(c->max, value))
		return true;
	if (!num_decimal(value, &d))
		return wrong(f, "misfit", "text", "is no number");
	if (d.exponent < 0 || memchr(value.p, '.', value.n))
		return wrong(f, "precision", "numeric",
			     "has decimals, and the target is an integer");
	if (!num_i64(value, &v)) {
		if (memchr(value.p, 'e', value.n) || memchr(value.p, 'E', value.n))
			return wrong(f, "misfit", "numeric",
				     "has an exponent, and the target is an integer");
		return wrong(f, "range", "numeric", "does not fit %jd to %jd", (intmax_t)c->min,
			     (intmax_t)c->max);
	}
	if (v < c->min || v > c->max)
		return wrong(f, "range", "numeric", "does not fit %jd to %jd", (intmax_t)c->min,
			     (intmax_t)c->max);
	if (!str_eq(value, str_of(text, num_put_i64(text, v))))
		return wrong(f, "misfit", "text", "would become %jd", (intmax_t)v);
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
	unsigned y, m, d;

	if (!take_number(s, 4, &y) || !take_char(s, '-') || !take_number(s, 2, &m) ||
	    !take_char(s, '-') || !take_number(s, 2, &d) || y == 0 || m == 0 || m > 12 ||
	    d == 0)
		return false;
	return d <= days_in_month(y, m);
}

static bool
take_seconds(struct str *s)
{
	unsigned m, sec;
	size_t n = 0;

	if (!take_char(s, ':') || !take_number(s, 2, &m) || !take_char(s, ':') ||
	    !take_number(s, 2, &sec) || m > 59 || sec > 59)
		return false;
	if (!take_char(s, '.'))
		return true;
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = str_of(s->p + n, s->n - n);
	return n > 0;
}

/* HH:MM:SS[.f], and not the 24:00:00 and 23:59:60 that PostgreSQL moves to the next day. */
static bool
take_time(struct str *s)
{
	unsigned h;

	return take_number(s, 2, &h) && h <= 23 && take_seconds(s);
}

/* [-]HH:MM:SS[.f], with any number of hours from two digits on. */
static bool
take_duration(struct str *s)
{
	size_t n = 0;

	take_char(s, '-');
	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	*s = str_of(s->p + n, s->n - n);
	return n >= 2 && n <= 9 && take_seconds(s);
}

static bool
is_calendar(enum check_kind kind, struct str s)
{
	switch (kind) {
	case CHECK_DATE: return take_date(&s) && s.n == 0;
	case CHECK_TIME: return take_time(&s) && s.n == 0;
	case CHECK_TIMETZ: return take_time(&s) && str_eq(s, STR("+00"));
	case CHECK_INTERVAL: return take_duration(&s) && s.n == 0;
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
	case CHECK_INTERVAL: return "[-]HHH:MM:SS";
	case CHECK_TIMETZ: return "HH:MM:SS+00";
	case CHECK_DATE: return "YYYY-MM-DD";
	case CHECK_TIME: return "HH:MM:SS";
	case CHECK_TIMESTAMP: return "YYYY-MM-DD HH:MM:SS";
	default: return "YYYY-MM-DD HH:MM:SS+00";
	}
}

/* Of the year, the month or the day: MySQL has such dates, PostgreSQL none of them. */
static bool
has_zero_date(struct str s)
{
	return s.n >= 10 && s.p[4] == '-' && s.p[7] == '-' &&
	    (memcmp(s.p, "0000", 4) == 0 || memcmp(s.p + 5, "00", 2) == 0 ||
	     memcmp(s.p + 8, "00", 2) == 0);
}

/*
 * Of a date and time that were read as such only a zero date can be wrong and the clock: hour 24 and second 60, which
 * PostgreSQL moves on. An hour 24 alone, as type time has it, stays.
 */
static bool
clock_fits(struct str value, struct check_fault *f)
{
	const char *colon = value.n ? memchr(value.p, ':', value.n) : NULL;
	size_t at = colon ? (size_t)(colon - value.p) : 0;

	if (has_zero_date(value)) {
		wrong(f, "zero-date", NULL,
		      "has a zero for its year, month or day, which PostgreSQL has not");
		f->rule = "drop not null using zero-dates-to-null";
		f->becomes = "makes it NULL";
		return false;
	}
	if (at >= 3 && memcmp(colon - 3, " 24", 3) == 0)
		return wrong(f, "range", "text",
			     "has the hour 24: PostgreSQL would make it the next day");
	if (at && value.n - at >= 6 && memcmp(colon + 3, ":60", 3) == 0)
		return wrong(f, "range", "text",
			     "has the second 60: PostgreSQL would make it the next minute");
	return true;
}

static bool
second_fits(const struct check *c, struct str value, struct check_fault *f)
{
	size_t digits = second_digits(value);

	if (!clock_fits(value, f))
		return false;
	if (digits <= (size_t)c->p)
		return true;
	return wrong(f, "precision", c->remedy,
		     "has %zu digit%s of a second, the target %d: PostgreSQL would round it",
		     digits, plural((int64_t)digits), c->p);
}

/* [-]HHH:MM:SS[.f]: a time of MySQL is a duration, of up to 838 hours either way. */
static bool
day_fits(const struct check *c, struct str value, struct check_fault *f)
{
	struct str hour, rest;
	size_t h = 0;

	if (str_cut(value, ':', &hour, &rest) && hour.n && hour.p[0] != '-' &&
	    num_size(hour, 24, &h) &&
	    (h < 24 || str_eq(rest, STR("00:00")) || str_starts(rest, STR("00:00.000000"))))
		return second_fits(c, value, f);
	return wrong(f, "range", "interval",
		     "is no time of a day, which is all that the target takes");
}

/* --- other forms -------------------------------------------------------------------------- */

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
bits_fit(const struct check *c, struct str value, struct check_fault *f)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != '0' && value.p[i] != '1')
			return wrong(f, "misfit", "text", "is not made of 0s and 1s");
	/* The length is for PostgreSQL to check, which refuses a wrong one. */
	(void)c;
	return true;
}

/* As PostgreSQL prints it, which is as inet_ntop() does, and without the /32 of a single host. */
static bool
is_inet(struct str value)
{
	char text[INET6_ADDRSTRLEN + 1], again[INET6_ADDRSTRLEN + 1];
	unsigned char address[16];
	struct str host, bits;
	bool masked = str_cut(value, '/', &host, &bits);
	int family = host.n && memchr(host.p, ':', host.n) ? AF_INET6 : AF_INET;
	size_t n = 0, most = family == AF_INET6 ? 128 : 32;

	if (host.n >= sizeof(text))
		return false;
	memcpy(text, host.p ? host.p : "", host.n);
	text[host.n] = '\0';
	if (inet_pton(family, text, address) != 1 ||
	    !inet_ntop(family, address, again, sizeof(again)) || strcmp(text, again) != 0)
		return false;
	if (!masked)
		return true;
	return bits.n && (bits.p[0] != '0' || bits.n == 1) && num_size(bits, most - 1, &n);
}

static bool
is_macaddr8(struct str value)
{
	size_t digits = 0;

	for (size_t i = 0; i < value.n; i++)
		digits += value.p[i] != ':' && value.p[i] != '-' && value.p[i] != '.';
	return digits == 16;
}

static bool
form_fits(const struct check *c, struct str value, struct check_fault *f)
{
	switch (c->kind) {
	case CHECK_UUID:
		return is_uuid(value) ||
		    wrong(f, "misfit", c->remedy, "is not spelt as PostgreSQL prints a uuid");
	case CHECK_INET:
		return is_inet(value) ||
		    wrong(f, "misfit", c->remedy, "is not spelt as PostgreSQL prints an inet");
	case CHECK_CIDR:
		return memchr(value.p ? value.p : "", '/', value.n) ||
		    wrong(f, "misfit", c->remedy, "has no length: PostgreSQL would guess one");
	case CHECK_MACADDR8:
		return is_macaddr8(value) ||
		    wrong(f, "misfit", c->remedy, "has not 8 bytes: PostgreSQL would add some");
	case CHECK_XML:
		return !str_starts(value, STR("<?xml")) ||
		    wrong(f, "misfit", c->remedy,
			  "has an XML declaration, which PostgreSQL would drop");
	case CHECK_JSONB:
		return !json_repeats_key(value) ||
		    wrong(f, "misfit", "json",
			  "has a key twice, of which jsonb would keep the last");
	default:
		return wrong(f, "misfit", c->remedy,
			     "cannot be kept in a type like the target");
	}
}

bool
check_length(const struct check *c, size_t characters, struct check_fault *f)
{
	if (characters <= (size_t)c->p)
		return true;
	return wrong(f, "too-long", c->remedy, "has %zu characters, the target takes %d",
		     characters, c->p);
}

static bool
char_fits(const struct check *c, struct str value, struct check_fault *f)
{
	if (value.n > (size_t)c->p && !check_length(c, utf8_count(value), f))
		return false;
	if (value.n && value.p[value.n - 1] == ' ')
		return wrong(f, "blanks", c->remedy,
			     "ends in blanks, which are nothing in char(%d)", c->p);
	return true;
}

static bool
bytes_fit(const struct check *c, struct str value, struct check_fault *f)
{
	if (value.n <= (size_t)c->p)
		return true;
	return wrong(f, "too-long", c->remedy, "has %zu bytes, the target takes %d", value.n,
		     c->p);
}

static bool
calendar_fits(const struct check *c, struct str value, struct check_fault *f)
{
	if (!is_calendar(c->kind, value))
		return wrong(f, "misfit", c->remedy, "is not of the form %s",
			     calendar_form(c->kind));
	return c->kind == CHECK_DATE || second_fits(c, value, f);
}

bool
check_value(const struct check *c, struct str value, struct check_fault *f)
{
	switch (c->kind) {
	case CHECK_NONE: return true;
	case CHECK_NUMBER: return number_fits(value, f);
	case CHECK_NUMERIC: return numeric_fits(c, value, f);
	case CHECK_LENGTH:
		return value.n <= (size_t)c->p || check_length(c, utf8_count(value), f);
	case CHECK_CHAR: return char_fits(c, value, f);
	case CHECK_BYTES: return bytes_fit(c, value, f);
	case CHECK_CLOCK: return clock_fits(value, f);
	case CHECK_DAY: return day_fits(c, value, f);
	case CHECK_LABEL:
		return value.n > 0 ||
		    wrong(f, "misfit", c->remedy,
			  "is no label of the enum: MySQL has it for what was none");
	case CHECK_SECOND: return second_fits(c, value, f);
	case CHECK_FLOAT4:
	case CHECK_FLOAT8: return float_fits(c, value, f);
	case CHECK_INTEGER: return integer_fits(c, value, f);
	case CHECK_BITS: return bits_fit(c, value, f);
	case CHECK_DATE:
	case CHECK_TIME:
	case CHECK_TIMETZ:
	case CHECK_TIMESTAMP:
	case CHECK_TIMESTAMPTZ:
	case CHECK_INTERVAL: return calendar_fits(c, value, f);
	default: return form_fits(c, value, f);
	}
}

/* --- from afar ---------------------------------------------------------------------------- */

enum { STEP = 128 };

/*
 * The most common parts: a colon before a 6, the hour 24, and two dashes as a date has them around or before zeros;
 * 0000-01-01 has none of these but its year. Written so that compilers make vectors of it.
 */
static inline __attribute__((always_inline)) bool
step_suspected(const unsigned char *p)
{
	unsigned char found = 0;

	for (size_t i = 0; i < STEP; i++)
		found |= ((p[i] == ':') & (p[i + 1] == '6')) |
		    ((p[i] == ' ') & (p[i + 1] == '2') & (p[i + 2] == '4')) |
		    ((p[i] == '-') & (p[i + 3] == '-') &
		     (((p[i + 1] == '0') & (p[i + 2] == '0')) |
		      ((p[i + 4] == '0') & (p[i + 5] == '0')))) |
		    ((p[i] == '0') & (p[i + 1] == '0') & (p[i + 2] == '0') & (p[i + 3] == '0') &
		     (p[i + 4] == '-'));
	return found;
}

static bool
has_clock(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool date = p[i] == '-' && p[i + 3] == '-';

		if (memcmp(p + i, ":60", 3) == 0 || memcmp(p + i, " 24:", 4) == 0 ||
		    memcmp(p + i, "0000-", 5) == 0)
			return true;
		if (date &&
		    (memcmp(p + i + 1, "00", 2) == 0 || memcmp(p + i + 4, "00", 2) == 0))
			return true;
	}
	return false;
}

static inline __attribute__((always_inline)) bool
steps_suspected(struct str bytes)
{
	size_t i = 0;

	for (; i + STEP < bytes.n; i += STEP)
		if (step_suspected((const unsigned char *)bytes.p + i) &&
		    has_clock(bytes.p + i, STEP))
			return true;
	return has_clock(bytes.p + i, bytes.n - i);
}

/* As in schema/rows-scan.c: what nearly all processors have, but not the baseline that compilers assume. */
#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2"))) static bool
avx2_suspected(struct str bytes)
{
	return steps_suspected(bytes);
}

bool
clock_suspected(struct str bytes)
{
	return __builtin_cpu_supports("avx2") ? avx2_suspected(bytes) : steps_suspected(bytes);
}
#else
bool
clock_suspected(struct str bytes)
{
	return steps_suspected(bytes);
}
#endif
