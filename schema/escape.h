/*
 * The escapes of rows(5) and schema(5): \\ \t \n \r \b \f \v, \000 for a zero byte, \# for a # that begins a field.
 * Each byte has one spelling, so escaped texts are equal exactly when the values are. NULL is the field \N.
 */
#ifndef SCHEMA_ESCAPE_H
#define SCHEMA_ESCAPE_H

#include "schema/base/bytes.h"
#include "schema/base/io.h"

/* Whether the field, as it stands in the file, is NULL. */
static inline bool
escape_is_null(struct str field)
{
	return field.n == 2 && field.p[0] == '\\' && field.p[1] == 'N';
}

/* Appends value as a whole field. */
void escape_add(struct buf *b, struct str value);
/* Writes value as a whole field, or, with first false, as the continuation of one. Memory does not grow with it. */
void escape_write(struct output *out, struct str value, bool first);

enum escape_found {
	ESCAPE_NEEDED = 1, /* a byte that is escaped, or at least a control byte */
	ESCAPE_HIGH = 2,   /* a byte beyond ASCII */
};

/*
 * Copies value to d (value.n bytes) as it is and returns what is in it that takes a second look: most short fields are
 * done with this. With ESCAPE_NEEDED the copy is no field; begin again with escape_write().
 */
static inline unsigned escape_copy(char *d, struct str value);

/*
 * Appends the value of a field, or of a part of one that does not cut an escape. Returns 0, or -1 at an escape that
 * does not exist (\N included), appending nothing. escape_check() says where.
 */
int escape_decode(struct buf *b, struct str field);

/*
 * The offset of the first fault in a whole field: a backslash that begins no escape, a raw control byte among
 * \t \n \r and zero, a # at the beginning. field.n when there is none. The NULL field is no fault.
 */
size_t escape_check(struct str field);

/* Bytes of the escape at p (a backslash, n bytes there) and the byte it stands for; 0 when there is no such escape. */
size_t escape_length(const char *p, size_t n, char *byte);

/*
 * The name that an argument of a program stands for: -n and -t take names as schema(5) writes them, so that a script
 * can pass on what it read there. Dies with STATUS_USAGE at a bad escape. Lives as long as the program.
 */
struct str escape_arg(int option, const char *arg);

/* --- how escape_copy() does it ---------------------------------------------------------------------- */

#define ESCAPE_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/*
 * Adds up what eight bytes have: in *needed the top bit of each control byte or backslash. What is subtracted may borrow
 * from the byte above, but only where the byte below has matched already.
 */
static inline void
escape_look(uint64_t v, uint64_t *needed, uint64_t *high)
{
	uint64_t slash = v ^ ESCAPE_EACH(0x5c);

	*needed |= ((v - ESCAPE_EACH(0x20)) & ~v) | ((slash - ESCAPE_EACH(0x01)) & ~slash);
	*high |= v;
}

static inline unsigned
escape_copy(char *d, struct str value)
{
	const char *p = value.p;
	uint64_t needed = 0, high = 0, v = 0;
	size_t n = value.n, i = 0;

	if (n >= 8) {
		for (; i + 8 <= n; i += 8) {
			memcpy(&v, p + i, 8);
			memcpy(d + i, &v, 8);
			escape_look(v, &needed, &high);
		}
		memcpy(&v, p + n - 8, 8);
		memcpy(d + n - 8, &v, 8);
		escape_look(v, &needed, &high);
	} else if (n >= 4) {
		uint32_t first, last;

		memcpy(&first, p, 4);
		memcpy(&last, p + n - 4, 4);
		memcpy(d, &first, 4);
		memcpy(d + n - 4, &last, 4);
		escape_look((uint64_t)first << 32 | last, &needed, &high);
	} else if (n > 0) {
		/* One, two or three bytes, some of them twice. */
		v = (unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 |
		    (uint64_t)(unsigned char)p[n - 1] << 16;
		d[0] = p[0];
		d[n / 2] = p[n / 2];
		d[n - 1] = p[n - 1];
		escape_look(v | ESCAPE_EACH(0x20) << 24, &needed, &high);
	} else {
		return 0;
	}
	return (needed & ESCAPE_EACH(0x80) || p[0] == '#' ? ESCAPE_NEEDED : 0u) |
	    (high & ESCAPE_EACH(0x80) ? ESCAPE_HIGH : 0u);
}

#endif
