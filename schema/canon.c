/* Canonical forms of values: two texts of one value have one canonical form. rows.5, section DIGESTS, lists them. */
#include <math.h>

#include "schema/base/num.h"
#include "schema/digest.h"

/* digits e exponent, without a point: 1.50 and 1.5 are both 15e-1. */
void
canon_number(const struct decimal *d, struct buf *out)
{
	char exponent[NUM_MAX];
	struct str whole, fraction;

	if (d->digits.n == 0) {
		buf_addc(out, '0');
		return;
	}
	if (d->negative)
		buf_addc(out, '-');
	str_cut(d->digits, '.', &whole, &fraction);
	buf_add(out, whole);
	buf_add(out, fraction);
	buf_addc(out, 'e');
	buf_add(out, str_of(exponent, num_put_i64(exponent, d->exponent)));
}

static struct str
canon_decimal(struct str value, struct buf *out)
{
	struct decimal d;

	if (!num_decimal(value, &d))
		return value;
	out->n = 0;
	canon_number(&d, out);
	return buf_str(out);
}

/* The bits, lowest byte first; one NaN for all. */
static struct str
canon_bits(uint64_t bits, unsigned bytes, struct buf *out)
{
	out->n = 0;
	for (unsigned i = 0; i < bytes; i++)
		buf_addc(out, (char)(bits >> 8 * i & 0xff));
	return buf_str(out);
}

static struct str
canon_f64(struct str value, struct buf *out)
{
	uint64_t bits;
	double v;

	if (!num_f64(value, &v))
		return value;
	if (isnan(v))
		return STR("NaN");
	memcpy(&bits, &v, sizeof(bits));
	return canon_bits(bits, 8, out);
}

static struct str
canon_f32(struct str value, struct buf *out)
{
	uint32_t bits;
	float v;

	if (!num_f32(value, &v))
		return value;
	if (isnan(v))
		return STR("NaN");
	memcpy(&bits, &v, sizeof(bits));
	return canon_bits(bits, 4, out);
}

static struct str
cut_blanks(struct str value)
{
	while (value.n && value.p[value.n - 1] == ' ')
		value.n--;
	return value;
}

/* Without the zeros that end a fraction of a second; a zone behind it stays. */
static struct str
canon_fraction(struct str value, struct buf *out)
{
	const char *point = value.n ? memchr(value.p, '.', value.n) : NULL;
	size_t from, end, keep;

	if (!point)
		return value;
	from = (size_t)(point - value.p);
	for (end = from + 1; end < value.n && value.p[end] >= '0' && value.p[end] <= '9';)
		end++;
	for (keep = end; keep > from + 1 && value.p[keep - 1] == '0';)
		keep--;
	if (keep == from + 1)
		keep = from;
	if (keep == end)
		return value;
	out->n = 0;
	buf_add(out, str_of(value.p, keep));
	buf_add(out, str_of(value.p + end, value.n - end));
	return buf_str(out);
}

bool
canon_changes(enum type_kind kind)
{
	switch (kind) {
	case TYPE_DECIMAL:
	case TYPE_F32:
	case TYPE_F64:
	case TYPE_CHAR:
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL:
	case TYPE_JSONB: return true;
	default: return false;
	}
}

void
canon_value(enum type_kind kind, struct str value, struct buf *scratch, struct str *canon)
{
	switch (kind) {
	case TYPE_DECIMAL: *canon = canon_decimal(value, scratch); break;
	case TYPE_F32: *canon = canon_f32(value, scratch); break;
	case TYPE_F64: *canon = canon_f64(value, scratch); break;
	case TYPE_CHAR: *canon = cut_blanks(value); break;
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL: *canon = canon_fraction(value, scratch); break;
	case TYPE_JSONB:
		scratch->n = 0;
		*canon = canon_json(value, scratch) < 0 ? value : buf_str(scratch);
		break;
	default: *canon = value; break;
	}
}
