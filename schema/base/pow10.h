/* Powers of ten in 128 bits: what both directions of a float's conversion to text multiply by. */
#ifndef BASE_POW10_H
#define BASE_POW10_H

#include <stdint.h>

enum { POW10_MIN = -342, POW10_MAX = 324 };

/* 10^k with its top bit set: (hi * 2^64 + lo) * 2^(floor_log2_pow10(k) - 127). */
struct pow10 {
	uint64_t hi, lo;
};

/* k from POW10_MIN to POW10_MAX; rounded down, rounded up. */
struct pow10 pow10_floor(int k);
struct pow10 pow10_ceil(int k);

static inline int
floor_log2_pow10(int k)
{
	return (k * 1741647) >> 19;
}

#endif
