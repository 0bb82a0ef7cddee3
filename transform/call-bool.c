/* Transforms that make truth values. */
#include "schema/base/num.h"
#include "transform/calls.h"

static enum transform_result
truth(bool value, enum transform_result result, struct str *out)
{
	*out = value ? STR("t") : STR("f");
	return result;
}

static bool
is_truth(struct str value)
{
	return str_eq(value, STR("t")) || str_eq(value, STR("f"));
}

/* Zero is false and every other number true; that 2 becomes true is an alteration. */
TRANSFORM_CALL(tinyint_to_boolean)
{
	struct decimal d;

	*out = value;
	if (is_truth(value))
		return TRANSFORM_SAME;
	if (!num_decimal(value, &d))
		return TRANSFORM_FAILED;
	return truth(d.digits.n,
		     str_eq(value, STR("0")) || str_eq(value, STR("1")) ? TRANSFORM_SPELLED
									: TRANSFORM_ALTERED,
		     out);
}

TRANSFORM_CALL(checked_boolean)
{
	*out = value;
	if (is_truth(value))
		return TRANSFORM_SAME;
	if (!str_eq(value, STR("0")) && !str_eq(value, STR("1")))
		return TRANSFORM_FAILED;
	return truth(value.p[0] == '1', TRANSFORM_SPELLED, out);
}

static bool
is_made_of(struct str s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\0' || !strchr(set, s.p[i]))
			return false;
	return s.n > 0;
}

/* As pgloader: true unless all bits of the one byte are 0, and NULL when there are more of them. */
TRANSFORM_CALL(bits_to_boolean)
{
	bool bytes = use_takes_bytes(use), none;
	struct str bits = value;

	*out = value;
	if (bytes && str_starts(value, STR("\\x")))
		bits = str_of(value.p + 2, value.n - 2);
	if (!bytes && is_truth(value))
		return TRANSFORM_SAME;
	if (!is_made_of(bits, bytes ? "0123456789abcdef" : "01"))
		return TRANSFORM_FAILED;
	if (bits.n > (bytes ? 2 : 8))
		return TRANSFORM_NULL;
	none = is_made_of(bits, "0");
	/* Two true values with different bits are one afterwards. */
	return truth(!none,
		     none ||
			     (bits.p[bits.n - 1] == '1' &&
			      (bits.n == 1 || is_made_of(str_of(bits.p, bits.n - 1), "0")))
			 ? TRANSFORM_SPELLED
			 : TRANSFORM_ALTERED,
		     out);
}

/* Also as the server spells it in defaults. */
TRANSFORM_CALL(sql_server_bit_to_boolean)
{
	struct str s = value;

	while (s.n >= 2 && s.p[0] == '(' && s.p[s.n - 1] == ')')
		s = str_of(s.p + 1, s.n - 2);
	return checked_boolean(use, s, scratch, out) == TRANSFORM_FAILED ? TRANSFORM_FAILED
	    : s.n == value.n && is_truth(s)                              ? TRANSFORM_SAME
									 : TRANSFORM_SPELLED;
}

/* ? and a blank are a field that was never filled in. */
TRANSFORM_CALL(logical_to_boolean)
{
	*out = value;
	if (is_truth(value))
		return TRANSFORM_SAME;
	if (value.n != 1)
		return TRANSFORM_FAILED;
	switch (value.p[0]) {
	case 'T':
	case 'Y':
	case 'y': return truth(true, TRANSFORM_SPELLED, out);
	case 'F':
	case 'N':
	case 'n': return truth(false, TRANSFORM_SPELLED, out);
	case '?':
	case ' ': return TRANSFORM_NULL;
	default: return TRANSFORM_FAILED;
	}
}
