/* Finding bytes 64 at a time: one bit of a mask a byte, the lowest bit the first byte. */
#ifndef BASE_MASK_H
#define BASE_MASK_H

#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>

/* Sixty-four bytes in registers: load once, compare with several bytes. */
struct bytes64 {
	__m128i v[4];
};

static inline struct bytes64
bytes64_load(const char *p)
{
	struct bytes64 b;

	for (int i = 0; i < 4; i++)
		b.v[i] = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
	return b;
}

static inline uint64_t
bytes64_mask(__m128i a, __m128i b, __m128i c, __m128i d)
{
	uint64_t low = (uint64_t)(uint32_t)_mm_movemask_epi8(a) |
	    (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16;
	uint64_t high = (uint64_t)(uint32_t)_mm_movemask_epi8(c) |
	    (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 16;

	return low | high << 32;
}

static inline uint64_t
bytes64_eq(const struct bytes64 *b, char c)
{
	__m128i k = _mm_set1_epi8(c);

	return bytes64_mask(_mm_cmpeq_epi8(b->v[0], k), _mm_cmpeq_epi8(b->v[1], k),
			    _mm_cmpeq_epi8(b->v[2], k), _mm_cmpeq_epi8(b->v[3], k));
}

static inline __m128i
bytes16_any(__m128i v, __m128i k0, __m128i k1, __m128i k2, __m128i k3)
{
	return _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, k0), _mm_cmpeq_epi8(v, k1)),
			    _mm_or_si128(_mm_cmpeq_epi8(v, k2), _mm_cmpeq_epi8(v, k3)));
}

/* The bytes that equal any of four: one mask is much cheaper than four. */
static inline uint64_t
bytes64_any(const struct bytes64 *b, char c0, char c1, char c2, char c3)
{
	__m128i k0 = _mm_set1_epi8(c0), k1 = _mm_set1_epi8(c1), k2 = _mm_set1_epi8(c2);
	__m128i k3 = _mm_set1_epi8(c3);

	return bytes64_mask(
	    bytes16_any(b->v[0], k0, k1, k2, k3), bytes16_any(b->v[1], k0, k1, k2, k3),
	    bytes16_any(b->v[2], k0, k1, k2, k3), bytes16_any(b->v[3], k0, k1, k2, k3));
}

/* Bytes 0x00 to 0x1f: the control bytes, among them all that rows(5) gives a meaning but '\\' and '#'. */
static inline uint64_t
bytes64_control(const struct bytes64 *b)
{
	__m128i k = _mm_set1_epi8(0x1f);
	__m128i m[4];

	for (int i = 0; i < 4; i++)
		m[i] = _mm_cmpeq_epi8(_mm_max_epu8(b->v[i], k), k);
	return bytes64_mask(m[0], m[1], m[2], m[3]);
}

#else /* one byte at a time; compilers make vectors of it where they can */

struct bytes64 {
	unsigned char v[64];
};

static inline struct bytes64
bytes64_load(const char *p)
{
	struct bytes64 b;

	memcpy(b.v, p, 64);
	return b;
}

static inline uint64_t
bytes64_eq(const struct bytes64 *b, char c)
{
	uint64_t m = 0;

	for (int i = 0; i < 64; i++)
		m |= (uint64_t)(b->v[i] == (unsigned char)c) << i;
	return m;
}

static inline uint64_t
bytes64_any(const struct bytes64 *b, char c0, char c1, char c2, char c3)
{
	return bytes64_eq(b, c0) | bytes64_eq(b, c1) | bytes64_eq(b, c2) | bytes64_eq(b, c3);
}

static inline uint64_t
bytes64_control(const struct bytes64 *b)
{
	uint64_t m = 0;

	for (int i = 0; i < 64; i++)
		m |= (uint64_t)(b->v[i] < 0x20) << i;
	return m;
}

#endif

static inline unsigned
mask_first(uint64_t m) /* m is not 0 */
{
	return (unsigned)__builtin_ctzll(m);
}

/* The bits below bit i (0 to 63). */
static inline uint64_t
mask_below(unsigned i)
{
	return (UINT64_C(1) << i) - 1;
}

static inline unsigned
mask_count(uint64_t m)
{
	m -= m >> 1 & UINT64_C(0x5555555555555555);
	m = (m & UINT64_C(0x3333333333333333)) + (m >> 2 & UINT64_C(0x3333333333333333));
	m = (m + (m >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
	return (unsigned)(m * UINT64_C(0x0101010101010101) >> 56);
}

#endif
