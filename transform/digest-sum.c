/* Adds up lines of rows-digest. */
#include <inttypes.h>

#include "schema/base/num.h"
#include "transform/digest-sum.h"

enum { SCHEMA, TABLE, COUNT, DIGITS = 32 };

/* Sixteen digits in lower case. */
static bool
half(const char *p, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < DIGITS / 2; i++) {
		int digit = hex_value(p[i]);

		if (digit < 0 || (p[i] >= 'A' && p[i] <= 'F'))
			return false;
		*out = *out << 4 | (uint64_t)digit;
	}
	return true;
}

/* The digests at the ends of both fields; what stands before them is the column's name, and the same. */
static bool
add_digests(struct buf *out, struct str a, struct str b)
{
	uint64_t high[2], low[2];

	if (a.n < DIGITS || a.n != b.n || memcmp(a.p, b.p, a.n - DIGITS) != 0)
		return false;
	for (int i = 0; i < 2; i++) {
		const char *p = (i ? b.p : a.p) + a.n - DIGITS;

		if (!half(p, &high[i]) || !half(p + DIGITS / 2, &low[i]))
			return false;
	}
	low[0] += low[1];
	high[0] += high[1] + (low[0] < low[1]);
	buf_add(out, str_of(a.p, a.n - DIGITS));
	buf_addf(out, "%016" PRIx64 "%016" PRIx64, high[0], low[0]);
	return true;
}

static bool
add_counts(struct buf *out, struct str a, struct str b)
{
	uint64_t n, m;

	if (!num_u64(a, &n) || !num_u64(b, &m) || n + m < n)
		return false;
	buf_addf(out, "%ju", (uintmax_t)(n + m));
	return true;
}

static bool
add_lines(struct buf *out, struct str a, struct str b)
{
	struct str field_a, field_b;
	bool more_a = true, more_b = true;

	for (size_t i = 0; more_a && more_b; i++) {
		bool good;

		more_a = str_cut(a, '\t', &field_a, &a);
		more_b = str_cut(b, '\t', &field_b, &b);
		if (i)
			buf_addc(out, '\t');
		if (i == COUNT)
			good = add_counts(out, field_a, field_b);
		else if (i > COUNT)
			good = add_digests(out, field_a, field_b);
		else if ((good = str_eq(field_a, field_b)))
			buf_add(out, field_a);
		if (!good || (!more_a && i <= COUNT))
			return false;
	}
	return more_a == more_b;
}

int
digest_sum(struct buf *sum, struct str other, struct err *e)
{
	struct buf out = { 0 };

	if (!add_lines(&out, buf_str(sum), other)) {
		buf_release(&out);
		return err_set(e, STATUS_BAD,
			       "no digest of the same table with the same columns as before");
	}
	buf_release(sum);
	*sum = out;
	return 0;
}
