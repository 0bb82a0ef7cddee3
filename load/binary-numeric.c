/* numeric as COPY BINARY has it: digits of base 10000, four decimal ones each, and how many stand behind the point. */
#include "load/binary.h"

/* As numeric.c of PostgreSQL has them; infinity is there from version 14 on, so it goes as text. */
enum { SIGN_MINUS = 0x4000, SIGN_NAN = 0xc000 };

/* More decimal digits go as text, where the server's own limits are. */
enum { DIGITS_MAX = 4096 };

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

struct binary_at
binary_numeric(const struct binary_column *c, struct binary_at at)
{
	const char *p = at.p, *whole, *point, *fraction;
	size_t nwhole, scale, groups;
	bool minus = *p == '-';
	long weight;
	char *d;

	(void)c;
	if (memcmp(p, "NaN", 3) == 0) {
		at = put_head(at, 0, 0, SIGN_NAN, 0);
		at.p += 3;
		return at;
	}
	p += minus;
	whole = p;
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
	d = put_head(at, groups, weight, minus ? SIGN_MINUS : 0, scale).d;
	d = put_whole(d, whole, nwhole);
	for (size_t i = 0; i < scale; i += 4)
		d = binary_put16(d, group(fraction + i, scale - i));
	return (struct binary_at){ p, d };
}
