/* numeric as COPY BINARY has it: digits of base 10000, four decimal ones each, and how many stand behind the point. */
#include <stdlib.h>

#include "load/binary.h"

/* As numeric.c of PostgreSQL has them; infinity is there from version 14 on, so it goes as text. */
enum { SIGN_MINUS = 0x4000, SIGN_NAN = 0xc000 };

/* More decimal digits go as text, where the server's own limits are. */
enum { DIGITS_MAX = 4096 };

/* Of a number with an exponent: those of any double are within these. */
enum { MANTISSA_MAX = 64, EXPONENT_MAX = 999 };

/* Four zeros take two bytes, and what stands before the digits 12: so many zeros for a byte of text stay below BINARY_GROWTH. */
enum { ZEROS_MAX = 20 };

static struct binary_at
put_head(struct binary_at at, size_t ndigits, long weight, unsigned sign, size_t scale)
{
	char *d = binary_put32(at.d, (uint32_t)(8 + 2 * ndigits));

	d = binary_put16(d, (uint16_t)ndigits);
	d = binary_put16(d, (uint16_t)weight);
	d = binary_put16(d, (uint16_t)sign);
	at.d = binary_put16(d, (uint16_t)scale);
	return at;
}

/* n decimal digits, four at most, and zeros behind them up to four. */
static inline uint16_t
group(const char *p, size_t n)
{
	unsigned v = 0;

	for (size_t i = 0; i < 4; i++)
		v = v * 10 + (i < n ? (unsigned)(p[i] - '0') : 0);
	return (uint16_t)v;
}

/* The whole part, which begins with a digit that is not 0. */
static char *
put_whole(char *d, const char *p, size_t n)
{
	unsigned v = 0;

	for (; n; n--) {
		v = v * 10 + (unsigned)(*p++ - '0');
		if (n % 4 == 1) {
			d = binary_put16(d, (uint16_t)v);
			v = 0;
		}
	}
	return d;
}

/* Digits, a point and digits, from p on; d is what stands behind the sign of the value. */
static struct binary_at
put_digits(const char *p, char *d, bool minus)
{
	const char *whole = p, *point, *fraction;
	size_t nwhole, scale, groups;
	long weight;

	while (binary_is_digit(*p))
		p++;
	point = p;
	if (point == whole)
		return binary_cannot();
	if (*p == '.')
		p++;
	for (fraction = p; binary_is_digit(*p);)
		p++;
	scale = (size_t)(p - fraction);
	while (whole < point && *whole == '0')
		whole++;
	nwhole = (size_t)(point - whole);
	if (nwhole + scale > DIGITS_MAX)
		return binary_cannot();
	weight = (long)(nwhole + 3) / 4 - 1;
	groups = (nwhole + 3) / 4 + (scale + 3) / 4;
	/* PostgreSQL takes zeros at both ends away itself. */
	d = put_head((struct binary_at){ p, d }, groups, weight, minus ? SIGN_MINUS : 0, scale)
		.d;
	d = put_whole(d, whole, nwhole);
	for (size_t i = 0; i < scale; i += 4)
		d = binary_put16(d, group(fraction + i, scale - i));
	return (struct binary_at){ p, d };
}

/* Behind e+12 or E-5; NULL when there is no exponent of one to three digits. */
static const char *
read_exponent(const char *p, long *out)
{
	bool minus = p[1] == '-';
	const char *digits = p + 1 + (p[1] == '-' || p[1] == '+');
	long v = 0;

	for (p = digits; binary_is_digit(*p) && p - digits < 4; p++)
		v = v * 10 + (*p - '0');
	*out = minus ? -v : v;
	return p > digits && p - digits < 4 ? p : NULL;
}

/*
 * Floats that were put into a numeric: the same digits with the point moved, and zeros where it is beyond them. There are
 * as many behind it as PostgreSQL keeps then.
 */
static struct binary_at
put_scientific(const char *p, const char *end, char *d, bool minus)
{
	char plain[2 * EXPONENT_MAX + 2 * MANTISSA_MAX + 3], *q = plain;
	char digits[MANTISSA_MAX];
	long n = 0, point = -1, exponent;
	const char *behind = read_exponent(end, &exponent);

	/* Or the value could be longer than there is room for. */
	if (!behind || end - p > MANTISSA_MAX || labs(exponent) > ZEROS_MAX * (behind - p))
		return binary_cannot();
	for (; p < end; p++) {
		if (*p == '.')
			point = n;
		else
			digits[n++] = *p;
	}
	point = (point < 0 ? n : point) + exponent;
	for (long i = point < 1 ? point - 1 : 0; i < n || i < point; i++) {
		if (i == point)
			*q++ = '.';
		*q++ = i < 0 || i >= n ? '0' : digits[i];
	}
	*q = '\n';
	d = put_digits(plain, d, minus).d;
	return (struct binary_at){ behind, d };
}

struct binary_at
binary_numeric(const struct binary_column *c, struct binary_at at)
{
	const char *p = at.p;
	bool minus = *p == '-';
	struct binary_at next;

	(void)c;
	if (memcmp(p, "NaN", 3) == 0) {
		at = put_head(at, 0, 0, SIGN_NAN, 0);
		at.p += 3;
		return at;
	}
	p += minus;
	next = put_digits(p, at.d, minus);
	if (next.p && (*next.p == 'e' || *next.p == 'E'))
		return put_scientific(p, next.p, at.d, minus);
	return next;
}
