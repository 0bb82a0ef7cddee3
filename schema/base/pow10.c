/* Powers of ten in 128 bits. */
#include "schema/base/pow10.h"

__extension__ typedef unsigned __int128 uint128;

enum { WIDE_WORDS = 40 };

/*
 * Written out the table would take 10 KB of source, so each entry is worked out when it is first asked for (some
 * microseconds); data asks for a few dozen. hi is 0 until then.
 */
static struct pow10 pow10_known[POW10_MAX - POW10_MIN + 1];

/* The words of a wide number, the lowest first: w *= factor. */
static void
wide_multiply(uint32_t *w, uint32_t factor)
{
	uint64_t carry = 0;

	for (int i = 0; i < WIDE_WORDS; i++) {
		carry += (uint64_t)w[i] * factor;
		w[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

static void
wide_divide(uint32_t *w, uint32_t divisor)
{
	uint64_t rest = 0;

	for (int i = WIDE_WORDS - 1; i >= 0; i--) {
		rest = rest << 32 | w[i];
		w[i] = (uint32_t)(rest / divisor);
		rest %= divisor;
	}
}

/* Works with 5^k, since 10^k differs from it by a power of two only. */
static struct pow10
pow10_compute(int k)
{
	enum { FIVES = 13, FIVE_TO_13 = 1220703125 };
	uint32_t w[WIDE_WORDS] = { 0 };
	uint128 top = 0;
	int i;

	/* 128 bits are left even of 5^0, and even after the 795 bits that 5^342 divides away. */
	if (k >= 0)
		w[4] = 1;
	else
		w[WIDE_WORDS - 1] = 0x80000000u;
	for (; k >= FIVES; k -= FIVES)
		wide_multiply(w, FIVE_TO_13);
	for (; k > 0; k--)
		wide_multiply(w, 5);
	for (; k <= -FIVES; k += FIVES)
		wide_divide(w, FIVE_TO_13);
	for (; k < 0; k++)
		wide_divide(w, 5);

	for (i = WIDE_WORDS - 1; w[i] == 0; i--)
		;
	for (int n = 0; n < 4; n++)
		top = top << 32 | w[i - n];
	for (uint32_t next = w[i - 4]; !(top >> 127); next <<= 1)
		top = top << 1 | next >> 31;
	return (struct pow10){ (uint64_t)(top >> 64), (uint64_t)top };
}

struct pow10
pow10_floor(int k)
{
	struct pow10 *p = &pow10_known[k - POW10_MIN];

	if (p->hi == 0)
		*p = pow10_compute(k);
	return *p;
}

struct pow10
pow10_ceil(int k)
{
	struct pow10 p = pow10_floor(k);

	if (k < 0 || k > 55) { /* 5^55 is the last that 128 bits hold */
		p.lo++;
		p.hi += p.lo == 0;
	}
	return p;
}
