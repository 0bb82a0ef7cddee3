/* Rows as COPY BINARY has them: the frame, texts, and numbers but numeric. */
#include <math.h>
#include <stdlib.h>

#include "load/binary.h"
#include "schema/base/num.h"
#include "schema/escape.h"

/* Eleven bytes that tell broken transfers, no flags, no header extension. */
const struct str binary_signature = { "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19 };
const struct str binary_trailer = { "\377\377", 2 };

/* NAMEDATALEN of the server, which hardly anyone builds with another. */
enum { NAME_SIZE = 64 };

/* --- rows ----------------------------------------------------------------------------------------- */

/* A row from p on; p is behind it then. */
static struct binary_at
encode_row(const struct binary *b, struct binary_at at)
{
	const struct binary_column *c = b->columns, *last = c + b->ncols - 1;

	at.d = binary_put16(at.d, (uint16_t)b->ncols);
	for (;; c++) {
		if (at.p[0] == '\\' && at.p[1] == 'N') {
			at.p += 2;
			at.d = binary_put32(at.d, UINT32_MAX);
		} else {
			at = c->encode(c, at);
			if (!at.p || *at.p != (c == last ? '\n' : '\t'))
				return binary_cannot();
		}
		at.p++;
		if (c == last)
			return at;
	}
}

size_t
binary_rows(struct binary *b, struct str rows, uint64_t *count)
{
	struct binary_at at = { rows.p, NULL };
	const char *end = rows.p + rows.n;

	at.d = buf_reserve(&b->out, BINARY_GROWTH * rows.n + BINARY_SLACK);
	while (at.p < end) {
		struct binary_at next = encode_row(b, at);

		if (!next.p)
			break;
		at = next;
		++*count;
	}
	b->out.n = (size_t)(at.d - b->out.p);
	return (size_t)(at.p - rows.p);
}

void
binary_release(struct binary *b)
{
	free(b->columns);
	buf_release(&b->out);
	buf_release(&b->scratch);
	*b = (struct binary){ 0 };
}

/* --- texts ---------------------------------------------------------------------------------------- */

/* Eight bytes, the first one lowest. */
static inline uint64_t
load8(const char *p)
{
	uint64_t v;

	memcpy(&v, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/*
 * How many bytes of v come before a control byte or a backslash; 8 for all of them. Only above the first match may the
 * mask be wrong.
 */
static inline unsigned
plain_bytes(uint64_t v)
{
	uint64_t slash = v ^ ESCAPE_EACH(0x5c);
	uint64_t m = (((v - ESCAPE_EACH(0x20)) & ~v) | ((slash - ESCAPE_EACH(0x01)) & ~slash)) &
	    ESCAPE_EACH(0x80);

	return m ? (unsigned)__builtin_ctzll(m) / 8 : 8;
}

/* Copies a field unescaped. */
static inline struct binary_at
copy_text(struct binary_at at)
{
	for (;;) {
		unsigned n = plain_bytes(load8(at.p));

		memcpy(at.d, at.p, 8);
		at.p += n;
		at.d += n;
		if (n == 8)
			continue;
		if (*at.p == '\t' || *at.p == '\n')
			return at;
		if (*at.p == '\\') {
			size_t len = escape_length(at.p, BINARY_SLACK, at.d);

			/* PostgreSQL has no zero bytes in texts; COPY says so in other words. */
			if (!len || !*at.d)
				return binary_cannot();
			at.p += len;
			at.d++;
		} else {
			*at.d++ = *at.p++;
		}
	}
}

struct binary_at
binary_text(const struct binary_column *c, struct binary_at at)
{
	char *d = at.d;

	(void)c;
	at.d += 4;
	at = copy_text(at);
	if (at.p)
		binary_put32(d, (uint32_t)(at.d - d - 4));
	return at;
}

/* What is longer text input cuts off, and the receive function refuses. */
struct binary_at
binary_name(const struct binary_column *c, struct binary_at at)
{
	char *d = at.d;

	at = binary_text(c, at);
	return at.p && at.d - d - 4 < NAME_SIZE ? at : binary_cannot();
}

/* One of ASCII, and no backslash: servers differ in what they make of more. */
struct binary_at
binary_char(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	if (*at.p < ' ' || *at.p > '~' || *at.p == '\\')
		return binary_cannot();
	at.d = binary_put32(at.d, 1);
	*at.d++ = *at.p++;
	return at;
}

/* With the version of the form before it. */
struct binary_at
binary_jsonb(const struct binary_column *c, struct binary_at at)
{
	char *d = at.d;

	(void)c;
	d[4] = 1;
	at.d += 5;
	at = copy_text(at);
	if (at.p)
		binary_put32(d, (uint32_t)(at.d - d - 4));
	return at;
}

/* --- bytes and bits ------------------------------------------------------------------------------- */

/* One more than the value of a hexadecimal digit; 0 for all else. */
static const unsigned char nibble[256] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

/* The byte that two digits at p stand for; false when they are none. */
static inline bool
hex_byte(const char *p, char *byte)
{
	unsigned high = nibble[(unsigned char)p[0]], low = nibble[(unsigned char)p[1]];

	*byte = (char)(((high - 1) << 4 | (low - 1)) & 0xff);
	return high && low;
}

/* Escaped, the \x at the beginning is three bytes. */
struct binary_at
binary_bytea(const struct binary_column *c, struct binary_at at)
{
	char *d = at.d + 4;
	const char *p = at.p;

	(void)c;
	if (p[0] != '\\' || p[1] != '\\' || p[2] != 'x')
		return binary_cannot();
	for (p += 3; hex_byte(p, d); p += 2)
		d++;
	binary_put32(at.d, (uint32_t)(d - at.d - 4));
	return (struct binary_at){ p, d };
}

struct binary_at
binary_uuid(const struct binary_column *c, struct binary_at at)
{
	char *d = binary_put32(at.d, 16);
	const char *p = at.p;

	(void)c;
	for (int i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			if (*p++ != '-')
				return binary_cannot();
		if (!hex_byte(p, d++))
			return binary_cannot();
		p += 2;
	}
	return (struct binary_at){ p, d };
}

struct binary_at
binary_bit(const struct binary_column *c, struct binary_at at)
{
	const char *p = at.p;
	char *d = at.d + 8;
	uint32_t n = 0;

	(void)c;
	for (; *p == '0' || *p == '1'; p++, n++) {
		if (n % 8 == 0)
			d[n / 8] = 0;
		d[n / 8] = (char)(d[n / 8] | (*p - '0') << (7 - n % 8));
	}
	d += (n + 7) / 8;
	binary_put32(at.d, (uint32_t)(d - at.d - 4));
	binary_put32(at.d + 4, n);
	return (struct binary_at){ p, d };
}

struct binary_at
binary_bool(const struct binary_column *c, struct binary_at at)
{
	(void)c;
	if (*at.p != 't' && *at.p != 'f')
		return binary_cannot();
	at.d = binary_put32(at.d, 1);
	*at.d++ = *at.p++ == 't';
	return at;
}

/* --- integers ------------------------------------------------------------------------------------- */

/* Behind the integer at p; NULL when there is none, or it is out of range. */
static inline const char *
read_integer(const char *p, int64_t *out)
{
	const char *first = p, *digits;
	uint64_t v = 0;

	p += *p == '-';
	for (digits = p; binary_is_digit(*p); p++)
		v = v * 10 + (uint64_t)(*p - '0');
	if (p == digits)
		return NULL;
	if (p - digits > 18)
		return num_i64(str_of(first, (size_t)(p - first)), out) ? p : NULL;
	*out = *first == '-' ? -(int64_t)v : (int64_t)v;
	return p;
}

struct binary_at
binary_int2(const struct binary_column *c, struct binary_at at)
{
	int64_t v;

	(void)c;
	at.p = read_integer(at.p, &v);
	if (!at.p || v < INT16_MIN || v > INT16_MAX)
		return binary_cannot();
	at.d = binary_put16(binary_put32(at.d, 2), (uint16_t)v);
	return at;
}

struct binary_at
binary_int4(const struct binary_column *c, struct binary_at at)
{
	int64_t v;

	(void)c;
	at.p = read_integer(at.p, &v);
	if (!at.p || v < INT32_MIN || v > INT32_MAX)
		return binary_cannot();
	at.d = binary_put32(binary_put32(at.d, 4), (uint32_t)v);
	return at;
}

struct binary_at
binary_int8(const struct binary_column *c, struct binary_at at)
{
	int64_t v;

	(void)c;
	at.p = read_integer(at.p, &v);
	if (!at.p)
		return binary_cannot();
	at.d = binary_put64(binary_put32(at.d, 8), (uint64_t)v);
	return at;
}

/* From PostgreSQL 16 on a zero before other digits makes the number octal. */
struct binary_at
binary_oid(const struct binary_column *c, struct binary_at at)
{
	int64_t v;

	(void)c;
	if (at.p[0] == '-' || (at.p[0] == '0' && binary_is_digit(at.p[1])))
		return binary_cannot();
	at.p = read_integer(at.p, &v);
	if (!at.p || v > UINT32_MAX)
		return binary_cannot();
	at.d = binary_put32(binary_put32(at.d, 4), (uint32_t)v);
	return at;
}

/* --- floats --------------------------------------------------------------------------------------- */

/* The bytes up to what can only stand behind a number. */
static inline struct str
number_text(const char *p)
{
	const char *end = p;

	while ((unsigned char)*end > ' ' && *end != '\\')
		end++;
	return str_of(p, (size_t)(end - p));
}

/* As rows(5) writes them; of others num_f64() makes the same, but not every server does. */
static bool
is_word(struct str s)
{
	return str_eq(s, STR("NaN")) || str_eq(s, STR("Infinity")) ||
	    str_eq(s, STR("-Infinity"));
}

/* Whether s, which reads as zero or infinity, is so: a number that is too small or too large is an error to PostgreSQL. */
static bool
is_exact(struct str s, bool zero)
{
	for (size_t i = 0; zero && i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++)
		if (s.p[i] >= '1' && s.p[i] <= '9')
			return false;
	return zero || is_word(s);
}

struct binary_at
binary_float8(const struct binary_column *c, struct binary_at at)
{
	struct str s = number_text(at.p);
	uint64_t bits;
	double v;

	(void)c;
	if (!num_f64(s, &v) || ((v == 0 || !isfinite(v)) && !is_exact(s, v == 0)))
		return binary_cannot();
	if (isnan(v))
		v = NAN;
	memcpy(&bits, &v, 8);
	return (struct binary_at){ s.p + s.n, binary_put64(binary_put32(at.d, 8), bits) };
}

struct binary_at
binary_float4(const struct binary_column *c, struct binary_at at)
{
	struct str s = number_text(at.p);
	uint32_t bits;
	float v;

	(void)c;
	if (!num_f32(s, &v) || ((v == 0 || !isfinite(v)) && !is_exact(s, v == 0)))
		return binary_cannot();
	if (isnan(v))
		v = NAN;
	memcpy(&bits, &v, 4);
	return (struct binary_at){ s.p + s.n, binary_put32(binary_put32(at.d, 4), bits) };
}
