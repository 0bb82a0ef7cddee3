/* Transforms of bytes, which rows(5) spells \x and lower-case hexadecimal digits. */
#include <stdio.h>

#include "schema/base/utf8.h"
#include "transform/calls.h"

bool
use_takes_bytes(const struct transform_use *use)
{
	enum type_kind kind = use->was.kind;

	return (kind == TYPE_BYTES || kind == TYPE_BINARY || kind == TYPE_VARBINARY ||
		kind == TYPE_GEOMETRY) &&
	    !use->was.array;
}

static void
hex_add(struct buf *b, struct str bytes)
{
	char *d = buf_reserve(b, 2 * bytes.n + 1);

	b->n += (size_t)(hex_put(d, (const unsigned char *)bytes.p, bytes.n) - d);
}

bool
plain_bytes(struct transform_use *use, struct str value, struct str *bytes)
{
	*bytes = value;
	if (!use_takes_bytes(use))
		return true;
	use->spare.n = 0;
	if (!str_starts(value, STR("\\x")) ||
	    !hex_decode(&use->spare, str_of(value.p + 2, value.n - 2)))
		return false;
	*bytes = buf_str(&use->spare);
	return true;
}

const char *
text_or_bytes(const struct transform_use *use)
{
	return use->target.kind == TYPE_BYTES ? "bytes" : "text";
}

const char *
neutral_of_target(const struct transform_use *use)
{
	return use->target.kind == TYPE_BOOL ? "bool"
	    : use->target.kind == TYPE_UUID  ? "uuid"
					     : text_or_bytes(use);
}

/* --- bits --------------------------------------------------------------------------------- */

/* b'101', as MySQL spells a default. */
static bool
take_literal(struct str *s)
{
	if (s->n < 3 || (s->p[0] != 'b' && s->p[0] != 'B') || s->p[1] != '\'' ||
	    s->p[s->n - 1] != '\'')
		return false;
	*s = str_of(s->p + 2, s->n - 3);
	return true;
}

/* The name promises hexadecimal, but PostgreSQL has one form of bits, and it is made of 0s and 1s. */
TRANSFORM_CALL(bits_to_bitstring)
{
	struct str bits = value, bytes;
	bool literal;

	*out = value;
	if (use_takes_bytes(use)) {
		if (!plain_bytes(use, value, &bytes))
			return TRANSFORM_FAILED;
		scratch->n = 0;
		for (size_t i = 0; i < bytes.n; i++)
			for (int bit = 7; bit >= 0; bit--)
				buf_addc(scratch,
					 (unsigned char)bytes.p[i] >> bit & 1 ? '1' : '0');
		*out = buf_str(scratch);
		return TRANSFORM_SPELLED;
	}
	literal = take_literal(&bits);
	for (size_t i = 0; i < bits.n; i++)
		if (bits.p[i] != '0' && bits.p[i] != '1')
			return TRANSFORM_FAILED;
	*out = bits;
	return literal ? TRANSFORM_SPELLED : TRANSFORM_SAME;
}

/* --- bytes and text ----------------------------------------------------------------------- */

static enum transform_result
add_bytea(struct str bytes, struct buf *scratch, struct str *out)
{
	scratch->n = 0;
	buf_add(scratch, STR("\\x"));
	hex_add(scratch, bytes);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

TRANSFORM_CALL(bytes_to_bytea)
{
	*out = value;
	return use_takes_bytes(use) ? TRANSFORM_SAME : add_bytea(value, scratch, out);
}

TRANSFORM_CALL(bytes_to_hex)
{
	if (use_takes_bytes(use)) {
		if (!str_starts(value, STR("\\x")))
			return TRANSFORM_FAILED;
		*out = str_of(value.p + 2, value.n - 2);
		return TRANSFORM_SPELLED;
	}
	scratch->n = 0;
	hex_add(scratch, value);
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* Hexadecimal digits without what may stand before them: 0x, \x or X. */
static struct str
without_prefix(struct str s)
{
	if (str_starts_nocase(s, STR("0x")) || str_starts(s, STR("\\x")))
		return str_of(s.p + 2, s.n - 2);
	return str_starts(s, STR("X")) ? str_of(s.p + 1, s.n - 1) : s;
}

TRANSFORM_CALL(hex_to_bytea)
{
	*out = value;
	if (use_takes_bytes(use))
		return TRANSFORM_SAME;
	use->spare.n = 0;
	if (!hex_decode(&use->spare, without_prefix(str_trim(value))))
		return TRANSFORM_FAILED;
	return add_bytea(buf_str(&use->spare), scratch, out);
}

/* --- base64 ------------------------------------------------------------------------------- */

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/*
 * RFC 4648, with its padding, and line ends and blanks anywhere. Bits that the padding leaves
 * over are 0, so that no two texts stand for the same bytes.
 */
static bool
base64_add(struct buf *b, struct str s)
{
	unsigned group = 0;
	size_t n = 0, padding = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		int digit = base64_digit(c);

		if (c == '\n' || c == '\r' || c == ' ' || c == '\t')
			continue;
		if (c == '=')
			padding++;
		else if (digit < 0 || padding)
			return false;
		group = group << 6 | (digit < 0 ? 0 : (unsigned)digit);
		if (++n % 4)
			continue;
		if (padding > 2 || (padding && group & ((1U << (8 * padding)) - 1)))
			return false;
		for (size_t k = 0; k < 3 - padding; k++)
			buf_addc(b, (char)(group >> (16 - 8 * k) & 0xff));
		group = 0;
		if (padding) {
			for (i++; i < s.n; i++)
				if (!strchr(" \t\r\n", s.p[i]) || s.p[i] == '\0')
					return false;
		}
	}
	return n % 4 == 0;
}

TRANSFORM_CALL(base64_decode)
{
	*out = value;
	use->spare.n = 0;
	if (!base64_add(&use->spare, value))
		return TRANSFORM_FAILED;
	if (use->target.kind == TYPE_BYTES)
		return add_bytea(buf_str(&use->spare), scratch, out);
	*out = buf_str(&use->spare);
	if (utf8_valid(*out) == out->n)
		return TRANSFORM_SPELLED;
	snprintf(use->why, sizeof(use->why),
		 "it holds bytes that are no UTF-8, which bytea would take");
	return TRANSFORM_FAILED;
}

/* --- uuid --------------------------------------------------------------------------------- */

enum { UUID_BYTES = 16 };

/* Which byte of the value each byte of the uuid is. */
static const unsigned char straight[UUID_BYTES] = { 0, 1, 2,  3,  4,  5,  6,  7,
						    8, 9, 10, 11, 12, 13, 14, 15 };
/* MySQL's UUID_TO_BIN(x, 1): the first and the third group have changed places. */
static const unsigned char swapped[UUID_BYTES] = { 4, 5, 6,  7,  2,  3,  0,  1,
						   8, 9, 10, 11, 12, 13, 14, 15 };
/* A GUID of Microsoft's: three numbers with their lowest byte first. */
static const unsigned char guid[UUID_BYTES] = { 3, 2, 1,  0,  5,  4,  7,  6,
						8, 9, 10, 11, 12, 13, 14, 15 };

static bool
add_uuid(struct buf *b, struct str digits, const unsigned char *order)
{
	static const char hex[] = "0123456789abcdef";
	char *d = buf_reserve(b, 36);

	if (digits.n != 2 * UUID_BYTES)
		return false;
	for (size_t i = 0; i < UUID_BYTES; i++) {
		const char *pair = digits.p + 2 * (size_t)order[i];
		int high = hex_value(pair[0]), low = hex_value(pair[1]);

		if (high < 0 || low < 0)
			return false;
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*d++ = '-';
		*d++ = hex[high];
		*d++ = hex[low];
	}
	b->n += 36;
	return true;
}

TRANSFORM_PREPARE(binary_to_uuid_prepare)
{
	struct str word = use->args[0].text;

	use->state = (void *)straight;
	if (!use->args[0].given)
		return 0;
	if (str_eq(word, STR("swap")))
		use->state = (void *)swapped;
	else if (str_eq(word, STR("guid")))
		use->state = (void *)guid;
	else
		return err_set(e, STATUS_USAGE, "%s: the order is 'swap' or 'guid', not %s",
			       use->transform->name, show(word).text);
	return 0;
}

TRANSFORM_CALL(binary_to_uuid)
{
	*out = value;
	scratch->n = 0;
	if (!add_uuid(scratch, without_prefix(value), use->state))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return TRANSFORM_SPELLED;
}

/* 36 characters are the text of one. */
static bool
add_uuid_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s.p[i] != '-' : hex_value(s.p[i]) < 0)
			return false;
		buf_addc(b,
			 s.p[i] >= 'A' && s.p[i] <= 'F' ? (char)(s.p[i] - 'A' + 'a') : s.p[i]);
	}
	return s.n == 36;
}

TRANSFORM_CALL(guid_to_uuid)
{
	struct str bytes;

	*out = value;
	scratch->n = 0;
	if (!plain_bytes(use, value, &bytes))
		return TRANSFORM_FAILED;
	if (bytes.n != 36 ? !add_uuid(scratch, without_prefix(value), guid)
			  : !add_uuid_text(scratch, bytes))
		return TRANSFORM_FAILED;
	*out = buf_str(scratch);
	return str_eq(*out, value) ? TRANSFORM_SAME : TRANSFORM_SPELLED;
}
