/*
 * Rows of rows(5) as COPY BINARY has them: "Binary Format" of the COPY page in PostgreSQL's manual, and for each type the
 * form that its receive function reads (src/backend/utils/adt, *_recv), all of which have been the same since
 * PostgreSQL 10. Integers are sent highest byte first.
 *
 * Only what text input would read in one way is encoded: the spellings of rows(5) and of PostgreSQL's own output. A row
 * with any other value (` 12 `, `2024-02-30`, `now`) is left to whoever calls, to be sent as text: then the server takes
 * it or says what is wrong with it. What depends on the column (the digits of a numeric, the length of a varchar) the
 * server sees to in both formats alike.
 */
#ifndef LOAD_BINARY_H
#define LOAD_BINARY_H

#include <stdint.h>

#include "schema/base/bytes.h"

/* Where a field is read, and where its value goes. */
struct binary_at {
	const char *p; /* NULL when the field has no binary form */
	char *d;
};

/*
 * Reads a field that is not NULL and writes its value with its length before it. What it returns points behind the
 * field, or at the first byte that does not belong to the value, which makes it no value at all.
 *
 * Behind a field come at least BINARY_SLACK bytes that may be read. A value takes at most BINARY_GROWTH times as many
 * bytes as its field, with the TAB or newline behind that.
 */
struct binary_column;
struct binary_at binary_bool(const struct binary_column *c, struct binary_at at);
struct binary_at binary_int2(const struct binary_column *c, struct binary_at at);
struct binary_at binary_int4(const struct binary_column *c, struct binary_at at);
struct binary_at binary_int8(const struct binary_column *c, struct binary_at at);
struct binary_at binary_oid(const struct binary_column *c, struct binary_at at);
struct binary_at binary_float4(const struct binary_column *c, struct binary_at at);
struct binary_at binary_float8(const struct binary_column *c, struct binary_at at);
struct binary_at binary_numeric(const struct binary_column *c, struct binary_at at);
struct binary_at binary_text(const struct binary_column *c, struct binary_at at);
struct binary_at binary_name(const struct binary_column *c, struct binary_at at);
/* Of the type "char". */
struct binary_at binary_char(const struct binary_column *c, struct binary_at at);
struct binary_at binary_jsonb(const struct binary_column *c, struct binary_at at);
struct binary_at binary_bytea(const struct binary_column *c, struct binary_at at);
struct binary_at binary_uuid(const struct binary_column *c, struct binary_at at);
struct binary_at binary_bit(const struct binary_column *c, struct binary_at at);
struct binary_at binary_date(const struct binary_column *c, struct binary_at at);
struct binary_at binary_time(const struct binary_column *c, struct binary_at at);
struct binary_at binary_timetz(const struct binary_column *c, struct binary_at at);
struct binary_at binary_timestamp(const struct binary_column *c, struct binary_at at);
struct binary_at binary_timestamptz(const struct binary_column *c, struct binary_at at);
struct binary_at binary_interval(const struct binary_column *c, struct binary_at at);
struct binary_at binary_inet(const struct binary_column *c, struct binary_at at);
struct binary_at binary_cidr(const struct binary_column *c, struct binary_at at);
struct binary_at binary_macaddr(const struct binary_column *c, struct binary_at at);
struct binary_at binary_macaddr8(const struct binary_column *c, struct binary_at at);
/* Of one dimension, as PostgreSQL writes it. */
struct binary_at binary_array(const struct binary_column *c, struct binary_at at);

enum { BINARY_GROWTH = 16, BINARY_SLACK = 64 };

struct binary_column {
	struct binary_at (*encode)(const struct binary_column *c, struct binary_at at);
	/* Of an array: */
	struct binary_at (*element)(const struct binary_column *c, struct binary_at at);
	uint32_t element_oid;
	struct buf *scratch;
};

struct binary {
	struct binary_column *columns; /* ncols of them, at least one */
	size_t ncols;
	struct buf out;
	struct buf scratch;
};

/* What stands before the first row and behind the last one. */
extern const struct str binary_signature, binary_trailer;

/*
 * Appends rows to out, each of which is whole. Returns how many bytes of rows that were; when these are not all, the
 * next row holds a value without a binary form. *count grows by the number of rows.
 */
size_t binary_rows(struct binary *b, struct str rows, uint64_t *count);
void binary_release(struct binary *b);

/* --- for those who encode -------------------------------------------------------------------------- */

static inline struct binary_at
binary_cannot(void)
{
	return (struct binary_at){ NULL, NULL };
}

static inline char *
binary_put16(char *d, uint16_t v)
{
	d[0] = (char)(v >> 8);
	d[1] = (char)(v & 0xff);
	return d + 2;
}

static inline char *
binary_put32(char *d, uint32_t v)
{
	unsigned char b[4] = { (unsigned char)(v >> 24), (unsigned char)(v >> 16),
			       (unsigned char)(v >> 8), (unsigned char)v };

	memcpy(d, b, 4);
	return d + 4;
}

static inline char *
binary_put64(char *d, uint64_t v)
{
	return binary_put32(binary_put32(d, (uint32_t)(v >> 32)), (uint32_t)v);
}

static inline bool
binary_is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

#endif
