/*
 * Masks: values that may leave production. The same value and salt give the same mask, in every
 * table and every night, so that keys still join. XXH3 is no cryptographic hash: whoever can guess
 * values can try them, with the salt or by the pattern.
 */
#include <stdio.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "transform/calls.h"

enum { SECRET_BYTES = 192, HASH_DIGITS = 32 };

struct mask {
	XXH64_canonical_t secret[SECRET_BYTES / sizeof(XXH64_canonical_t)];
	bool letters;
};

/* XXH3 takes a secret of its own; this one is made of the salt. */
static struct mask *
make_mask(const struct transform_arg *salt, struct pool *pool)
{
	struct mask *mask = pool_get(pool, sizeof(*mask));
	struct str text = salt->given && salt->text.n ? salt->text : STR("");

	for (size_t i = 0; i < sizeof(mask->secret) / sizeof(mask->secret[0]); i++)
		XXH64_canonicalFromHash(&mask->secret[i],
					XXH3_64bits_withSeed(text.p, text.n, i));
	return mask;
}

static XXH128_hash_t
hash(const struct mask *mask, struct str value)
{
	return XXH3_128bits_withSecret(value.n ? value.p : "", value.n, mask->secret,
				       SECRET_BYTES);
}

/* --- mask-hash ---------------------------------------------------------------------------- */

TRANSFORM_PREPARE(mask_hash_prepare)
{
	const struct transform_arg *length = &use->args[1];

	use->state = make_mask(&use->args[0], pool);
	if (length->given && (length->number < 1 || length->number > HASH_DIGITS))
		return err_set(e, STATUS_USAGE, "%s: the length is 1 to %d, not %jd",
			       use->transform->name, HASH_DIGITS, (intmax_t)length->number);
	return 0;
}

const char *
mask_hash_gives(const struct transform_use *use)
{
	return use->target.kind == TYPE_UUID ? "uuid" : text_or_bytes(use);
}

/* A uuid has them all, and bytes whole pairs. */
TRANSFORM_CALL(mask_hash)
{
	XXH128_hash_t h = hash(use->state, value);
	size_t n = use->args[1].given ? (size_t)use->args[1].number : HASH_DIGITS;
	char digits[HASH_DIGITS + 1];

	snprintf(digits, sizeof(digits), "%016jx%016jx", (uintmax_t)h.high64,
		 (uintmax_t)h.low64);
	scratch->n = 0;
	if (use->target.kind == TYPE_UUID) {
		buf_addf(scratch, "%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12,
			 digits + 16, digits + 20);
	} else if (use->target.kind == TYPE_BYTES) {
		buf_add(scratch, STR("\\x"));
		buf_add(scratch, str_of(digits, n + n % 2));
	} else {
		buf_add(scratch, str_of(digits, n));
	}
	*out = buf_str(scratch);
	return TRANSFORM_ALTERED;
}

/* --- one value, or none -------------------------------------------------------------------- */

static bool
is_hex_bytes(struct str s)
{
	if (s.n % 2 || !str_starts(s, STR("\\x")))
		return false;
	for (size_t i = 2; i < s.n; i++)
		if (hex_value(s.p[i]) < 0 || (s.p[i] >= 'A' && s.p[i] <= 'F'))
			return false;
	return true;
}

/* The kind of the target only when it is a value of it. */
const char *
mask_fixed_gives(const struct transform_use *use)
{
	struct str text = use->args[0].text;

	if (use->target.kind == TYPE_BOOL)
		return str_eq(text, STR("t")) || str_eq(text, STR("f")) ? "bool" : "text";
	return use->target.kind == TYPE_BYTES && is_hex_bytes(text) ? "bytes" : "text";
}

TRANSFORM_CALL(mask_fixed)
{
	*out = use->args[0].text;
	return str_eq(value, *out) ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}

TRANSFORM_CALL(mask_null)
{
	*out = value;
	return TRANSFORM_NULL;
}

/* --- mask-digits --------------------------------------------------------------------------- */

TRANSFORM_PREPARE(mask_digits_prepare)
{
	struct mask *mask = make_mask(&use->args[0], pool);

	use->state = mask;
	mask->letters = use->args[1].given;
	if (mask->letters && !str_eq(use->args[1].text, STR("letters")))
		return err_set(e, STATUS_USAGE,
			       "%s: besides digits there are 'letters', not %s",
			       use->transform->name, show(use->args[1].text).text);
	return 0;
}

/* The next of a series of numbers below n (splitmix64, Steele, Lea and Flood 2014). */
static unsigned
next(uint64_t *state, unsigned n)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((z ^ z >> 31) % n);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_text(enum type_kind kind)
{
	return kind == TYPE_TEXT || kind == TYPE_VARCHAR || kind == TYPE_CHAR;
}

/*
 * The first digit of several: a 0 stays, for a number has none there and a phone number has. In
 * numbers it becomes a smaller one, if there is one but 0, so that they fit their type as before.
 */
static char
first_digit(char c, bool number, uint64_t *state)
{
	unsigned n = !number ? 9 : c > '1' ? (unsigned)(c - '1') : 1;

	return c == '0' ? c : (char)('1' + next(state, n));
}

/* One that stands alone: not -0. */
static char
lone_digit(bool minus, uint64_t *state)
{
	return minus ? (char)('1' + next(state, 9)) : (char)('0' + next(state, 10));
}

TRANSFORM_CALL(mask_digits)
{
	const struct mask *mask = use->state;
	XXH128_hash_t h = hash(mask, value);
	uint64_t state = h.high64 ^ h.low64;
	bool number = !is_text(use->target.kind);
	char *d;

	*out = value;
	if (use_takes_bytes(use))
		return TRANSFORM_FAILED;
	scratch->n = 0;
	d = buf_reserve(scratch, value.n + 1);
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i], before = i ? value.p[i - 1] : ' ';
		bool first = !is_digit(before),
		     last = i + 1 == value.n || !is_digit(value.p[i + 1]);

		if (is_digit(c))
			c = first && last ? lone_digit(before == '-', &state)
			    : first       ? first_digit(c, number, &state)
					  : (char)('0' + next(&state, 10));
		else if (mask->letters && c >= 'a' && c <= 'z')
			c = (char)('a' + next(&state, 26));
		else if (mask->letters && c >= 'A' && c <= 'Z')
			c = (char)('A' + next(&state, 26));
		d[i] = c;
	}
	scratch->n = value.n;
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_ALTERED;
}
