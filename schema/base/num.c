/* Numbers as text: integers, binary floats in their shortest spelling, decimals taken apart. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/pow10.h"

__extension__ typedef unsigned __int128 uint128;

/* --- integers ------------------------------------------------------------------------------------ */

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
			    "25262728293031323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374"
			    "75767778798081828384858687888990919293949596979899";

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
num_u64(struct str s, uint64_t *out)
{
	uint64_t v = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned d = (unsigned)(unsigned char)s.p[i] - '0';

		if (d > 9 || v > UINT64_MAX / 10 || v * 10 > UINT64_MAX - d)
			return false;
		v = v * 10 + d;
	}
	*out = v;
	return true;
}

bool
num_i64(struct str s, int64_t *out)
{
	bool negative = s.n && s.p[0] == '-';
	uint64_t v;

	if (!num_u64(negative ? str_of(s.p + 1, s.n - 1) : s, &v))
		return false;
	if (v > (uint64_t)INT64_MAX + negative)
		return false;
	/* INT64_MIN has no positive counterpart to negate. */
	*out = negative && v ? -(int64_t)(v - 1) - 1 : (int64_t)v;
	return true;
}

bool
num_size(struct str s, size_t max, size_t *out)
{
	uint64_t v;

	if (!num_u64(s, &v) || v > max)
		return false;
	*out = (size_t)v;
	return true;
}

static size_t
count_digits(uint64_t v)
{
	size_t n = 1;

	while (v >= 10000) {
		v /= 10000;
		n += 4;
	}
	return n + (v >= 10) + (v >= 100) + (v >= 1000);
}

size_t
num_put_u64(char *d, uint64_t v)
{
	size_t n = count_digits(v);
	char *p = d + n;

	while (v >= 100) {
		p -= 2;
		memcpy(p, pairs + v % 100 * 2, 2);
		v /= 100;
	}
	if (v >= 10)
		memcpy(p - 2, pairs + v * 2, 2);
	else
		p[-1] = (char)('0' + v);
	return n;
}

size_t
num_put_i64(char *d, int64_t v)
{
	if (v >= 0)
		return num_put_u64(d, (uint64_t)v);
	*d = '-';
	return 1 + num_put_u64(d + 1, -(uint64_t)v);
}

/* --- floats to text ------------------------------------------------------------------------------ */

/* digits * 10^exponent */
struct shortest {
	uint64_t digits;
	int exponent;
};

/* g * c / 2^128 rounded to odd: the last bit says whether anything was cut off. */
static uint64_t
scale(struct pow10 g, uint64_t c)
{
	uint128 low = (uint128)g.lo * c, high = (uint128)g.hi * c + (low >> 64);

	return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/*
 * The shortest decimal that reads back as c * 2^q, and of these the closest: Schubfach (R.
 * Giulietti, "The Schubfach way to render doubles", 2020). Everything is counted in quarters of
 * 10^k. narrow_below: c is the lowest of its binade, where the neighbour below is half as far
 * as the one above.
 *
 * A decimal halfway between two floats is not taken though rounding to even may lead back from
 * it: PostgreSQL does not trust other readers with that either (d2s.c, f2s.c), and 1e23 is
 * 9.999999999999999e+22 to both.
 */
static struct shortest
shortest(uint64_t c, int q, bool narrow_below)
{
	/* floor(log10(2^q)), or of 3/4 * 2^q */
	int k = (q * 1262611 - (narrow_below ? 524031 : 0)) >> 22;
	int shift = q + floor_log2_pow10(-k) + 1;
	struct pow10 g = pow10_ceil(-k);
	uint64_t low = scale(g, (4 * c - 2 + narrow_below) << shift) + 1;
	uint64_t value = scale(g, (4 * c) << shift);
	uint64_t high = scale(g, (4 * c + 2) << shift) - 1;
	uint64_t s = value / 4, tens = s / 10 * 10;
	bool down, up;

	if (s >= 10) {
		down = low <= 4 * tens;
		up = 4 * tens + 40 <= high;
		if (down != up)
			return (struct shortest){ tens / 10 + up, k + 1 };
	}
	down = low <= 4 * s;
	up = 4 * s + 4 <= high;
	if (down == up)
		up = value > 4 * s + 2 || (value == 4 * s + 2 && s % 2 == 1);
	return (struct shortest){ s + up, k };
}

/* Writes a number above zero: plainly when its first digit stands for 10^-4 up to below 10^plain. */
static size_t
put_shortest(char *d, struct shortest v, int plain)
{
	uint64_t m = v.digits;
	int e = v.exponent, first;
	size_t n;

	while (m % 100000000 == 0) {
		m /= 100000000;
		e += 8;
	}
	while (m % 10 == 0) {
		m /= 10;
		e++;
	}
	n = count_digits(m);
	first = e + (int)n - 1;

	if (first < -4 || first >= plain) {
		num_put_u64(d + 1, m);
		d[0] = d[1];
		d[1] = '.';
		n = n > 1 ? n + 1 : 1;
		d[n++] = 'e';
		d[n++] = first < 0 ? '-' : '+';
		first = abs(first);
		if (first < 10)
			d[n++] = '0';
		return n + num_put_u64(d + n, (uint64_t)first);
	}
	if (first < 0) {
		size_t zeros = (size_t)-first;

		memset(d, '0', zeros + 1);
		d[1] = '.';
		return zeros + 1 + num_put_u64(d + zeros + 1, m);
	}
	if (e < 0) {
		size_t whole = (size_t)first + 1;

		num_put_u64(d + 1, m);
		memmove(d, d + 1, whole);
		d[whole] = '.';
		return n + 1;
	}
	num_put_u64(d, m);
	memset(d + n, '0', (size_t)e);
	return n + (size_t)e;
}

static size_t
put_text(char *d, struct str s)
{
	memcpy(d, s.p, s.n);
	return s.n;
}

/*
 * mantissa and exponent are the fields of an IEEE 754 number of mantissa_bits; lowest is the
 * power of two of the last bit of a subnormal one.
 */
static size_t
put_ieee(char *d, uint64_t mantissa, int exponent, int mantissa_bits, int lowest, int plain)
{
	if (exponent == 0)
		return put_shortest(d, shortest(mantissa, lowest, false), plain);
	return put_shortest(d,
			    shortest(mantissa | (uint64_t)1 << mantissa_bits,
				     lowest + exponent - 1, mantissa == 0 && exponent > 1),
			    plain);
}

size_t
num_put_f64(char *d, double v)
{
	uint64_t bits;
	size_t sign;

	if (isnan(v))
		return put_text(d, STR("NaN"));
	memcpy(&bits, &v, sizeof(bits));
	sign = bits >> 63;
	if (sign) {
		*d++ = '-';
		v = -v;
	}
	if (isinf(v))
		return sign + put_text(d, STR("Infinity"));
	if (v < 1e15 && v == (double)(int64_t)v)
		return sign + num_put_u64(d, (uint64_t)(int64_t)v);
	return sign +
	    put_ieee(d, bits & 0xfffffffffffff, (int)(bits >> 52 & 0x7ff), 52, -1074, 15);
}

size_t
num_put_f32(char *d, float v)
{
	uint32_t bits;
	size_t sign;

	if (isnan(v))
		return put_text(d, STR("NaN"));
	memcpy(&bits, &v, sizeof(bits));
	sign = bits >> 31;
	if (sign) {
		*d++ = '-';
		v = -v;
	}
	if (isinf(v))
		return sign + put_text(d, STR("Infinity"));
	if (v < 1e6f && v == (float)(int32_t)v)
		return sign + num_put_u64(d, (uint64_t)(int32_t)v);
	return sign + put_ieee(d, bits & 0x7fffff, (int)(bits >> 23 & 0xff), 23, -149, 6);
}

/* --- text to floats ------------------------------------------------------------------------------ */

/* What a number's text says: (-1)^negative * digits * 10^exponent. */
struct scan {
	bool negative;
	bool cut; /* there are more digits than these */
	uint64_t digits;
	int64_t exponent;
	double word; /* not a number in digits: NaN or Infinity; 0 otherwise */
};

/* What a text of usual length and its NUL fit in. */
enum { ROOM = 128 };

/* Far beyond any double, yet safe to add up: a text has fewer digits than that. */
#define EXPONENT_END ((int64_t)1000000000000000000)

/* e[-+]digits at p (before end), the whole of it; -EXPONENT_END or EXPONENT_END when it is beyond these. */
static bool
scan_exponent(const char *p, const char *end, int64_t *out)
{
	bool negative;
	int64_t e = 0;

	if (*p != 'e' && *p != 'E')
		return false;
	p++;
	negative = p < end && *p == '-';
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!is_digit(*p))
			return false;
		e = e < EXPONENT_END / 10 ? e * 10 + (*p - '0') : EXPONENT_END;
	}
	*out = negative ? -e : e;
	return true;
}

static bool
scan_word(struct str s, double *out)
{
	if (str_eq_nocase(s, STR("inf")) || str_eq_nocase(s, STR("infinity")))
		*out = INFINITY;
	else if (str_eq_nocase(s, STR("nan")))
		*out = NAN;
	else
		return false;
	return true;
}

static bool
scan_float(struct str s, struct scan *out)
{
	const char *p = s.p, *end = s.p + s.n;
	struct scan v = { 0 };
	bool digit = false, point = false;
	int64_t e = 0;

	if (s.n == 0)
		return false;
	v.negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	for (; p < end; p++) {
		if (is_digit(*p)) {
			digit = true;
			/* 19 digits always fit. */
			if (v.digits < 1000000000000000000) {
				v.digits = v.digits * 10 + (uint64_t)(*p - '0');
				v.exponent -= point;
			} else {
				v.cut |= *p != '0';
				v.exponent += !point;
			}
		} else if (*p == '.' && !point) {
			point = true;
		} else {
			break;
		}
	}
	if (!digit) {
		*out = v;
		return !point && scan_word(str_of(p, (size_t)(end - p)), &out->word);
	}
	if (p < end && !scan_exponent(p, end, &e))
		return false;
	v.exponent += e;
	*out = v;
	return true;
}

/* W. D. Clinger, 1990: both numbers are exact as doubles, so the one operation rounds correctly. */
static bool
read_exact(const struct scan *v, double *out)
{
	static const double pow10[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

	if (v->digits > (uint64_t)1 << 53 || v->exponent < -22 || v->exponent > 22)
		return false;
	*out = (double)(int64_t)v->digits;
	if (v->exponent < 0)
		*out /= pow10[-v->exponent];
	else
		*out *= pow10[v->exponent];
	return true;
}

/*
 * M. Eisel and D. Lemire, "Number parsing at a gigabyte per second", 2021: digits * 10^exponent
 * in 128 bits, which decide the rounding nearly always. False when they do not, and for
 * subnormals and what is out of range.
 */
static bool
read_wide(const struct scan *v, double *out)
{
	uint64_t m = v->digits, mantissa, bits;
	uint64_t hi, lo;
	uint128 product;
	struct pow10 g;
	int zeros, exponent, k;

	if (m == 0 || v->exponent < POW10_MIN || v->exponent > 308)
		return false;
	k = (int)v->exponent;
	g = pow10_floor(k);
	zeros = __builtin_clzll(m);
	m <<= zeros;
	product = (uint128)m * g.hi;
	hi = (uint64_t)(product >> 64);
	lo = (uint64_t)product;
	/* The 9 bits below the mantissa are all ones: the lower half of the power may carry into it. */
	if ((hi & 0x1ff) == 0x1ff && lo + m < lo) {
		uint128 more = (uint128)m * g.lo;

		product += more >> 64;
		hi = (uint64_t)(product >> 64);
		lo = (uint64_t)product;
		if ((hi & 0x1ff) == 0x1ff && lo + 1 == 0 && (uint64_t)more + m < m)
			return false;
	}
	mantissa = hi >> ((hi >> 63) + 9);
	exponent = floor_log2_pow10(k) + 1086 - zeros + (int)(hi >> 63);
	/* Perhaps halfway between two doubles. */
	if (lo == 0 && (hi & 0x1ff) == 0 && (mantissa & 3) == 1)
		return false;
	mantissa = (mantissa + (mantissa & 1)) >> 1;
	if (mantissa >> 53) {
		mantissa >>= 1;
		exponent++;
	}
	if (exponent < 1 || exponent > 0x7fe)
		return false;
	bits = (uint64_t)exponent << 52 | (mantissa & 0xfffffffffffff);
	memcpy(out, &bits, sizeof(*out));
	return true;
}

/* A copy of s for the C library, in heap when it is too long for room. */
static const char *
terminate(struct str s, char room[ROOM], struct buf *heap)
{
	if (s.n >= ROOM) {
		buf_add(heap, s);
		return buf_cstr(heap);
	}
	memcpy(room, s.p, s.n);
	room[s.n] = '\0';
	return room;
}

/* These read s, known to be a number, with the C library. */
static double
read_f64_slowly(struct str s)
{
	char room[ROOM];
	struct buf heap = { 0 };
	double v = strtod(terminate(s, room, &heap), NULL);

	buf_release(&heap);
	return v;
}

static float
read_f32_slowly(struct str s)
{
	char room[ROOM];
	struct buf heap = { 0 };
	float v = strtof(terminate(s, room, &heap), NULL);

	buf_release(&heap);
	return v;
}

bool
num_f64(struct str s, double *out)
{
	struct scan v;

	if (!scan_float(s, &v))
		return false;
	if (v.word != 0)
		*out = v.word;
	else if (v.cut || !(read_exact(&v, out) || read_wide(&v, out))) {
		*out = read_f64_slowly(s);
		return true;
	}
	if (v.negative)
		*out = -*out;
	return true;
}

/*
 * Rounding the double once more is right unless the first rounding led to the very middle
 * between two floats: else the number is on the same side of that middle as the double.
 * Subnormal floats have other middles.
 */
bool
num_f32(struct str s, float *out)
{
	uint64_t bits;
	double v;

	if (!num_f64(s, &v))
		return false;
	memcpy(&bits, &v, sizeof(bits));
	if ((bits & 0x1fffffff) == 0x10000000 || (fabs(v) < 0x1p-126 && v != 0))
		*out = read_f32_slowly(s);
	else
		*out = (float)v;
	return true;
}

/* --- decimals ------------------------------------------------------------------------------------ */

bool
num_decimal(struct str s, struct decimal *out)
{
	const char *end = s.p + s.n, *first, *last, *point, *p = s.p;
	struct decimal v = { 0 };
	int64_t e = 0;

	if (s.n == 0)
		return false;
	v.negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	first = p;
	while (p < end && is_digit(*p))
		p++;
	point = p;
	if (p == first)
		return false;
	if (p < end && *p == '.') {
		p++;
		while (p < end && is_digit(*p))
			p++;
		if (p == point + 1)
			return false;
	}
	last = p; /* one behind the last digit, like end */
	if (p < end && !scan_exponent(p, end, &e))
		return false;
	if (e == EXPONENT_END || e == -EXPONENT_END)
		return false;

	while (first < last && (*first == '0' || *first == '.'))
		first++;
	while (last > first && (last[-1] == '0' || last[-1] == '.'))
		last--;
	if (first == last) {
		*out = (struct decimal){ 0 };
		return true;
	}
	v.digits = str_of(first, (size_t)(last - first));
	v.precision = v.digits.n - (first < point && last > point);
	v.exponent = e + (last > point ? point + 1 - last : point - last);
	*out = v;
	return true;
}
