/* Spans and growing buffers of bytes: the two types in which all data travels. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed bytes: never owned, never NUL-terminated, valid as long as what they point into. */
struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_NONE     ((struct str){ NULL, 0 })

/*
 * Owned bytes that grow. A zeroed buf is empty and ready. p may be NULL while n is 0. Growing dies with
 * status 1 when memory runs out or BUF_MAX is passed: no caller has to look.
 */
struct buf {
	char *p;
	size_t n;
	size_t cap;
};

/* No line, value or schema that PostgreSQL could take is longer than this. */
#define BUF_MAX ((size_t)4 << 30)

static inline struct str
str_of(const char *p, size_t n)
{
	return (struct str){ p, n };
}

static inline struct str
str_cstr(const char *s)
{
	return (struct str){ s, strlen(s) };
}

static inline struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* memcmp order, a prefix first. */
int str_cmp(struct str a, struct str b);
/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_starts_nocase(struct str s, struct str prefix);
/* Without blanks, tabs and line ends on either side. */
struct str str_trim(struct str s);
/* Cuts s at the first c: *head before it, *rest after it. False, with all of s in *head, when there is none. */
bool str_cut(struct str s, char c, struct str *head, struct str *rest);

/* How often c stands in s. */
static inline size_t
str_count(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Decimal digits, one at least, and nothing else. */
static inline bool
str_is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Room for n more bytes; returns where they go. The caller adds to b->n what it wrote. */
char *buf_reserve(struct buf *b, size_t n);
void buf_add(struct buf *b, struct str s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* s between two quotes, with each quote in it doubled: SQL's way, for names and for texts. */
void buf_add_quoted(struct buf *b, struct str s, char quote);
/* What stood between two such quotes: each doubled one in s once. */
void buf_add_undoubled(struct buf *b, struct str s, char quote);
/* s between double quotes, with a backslash before each of these and before each backslash. */
void buf_add_backslashed(struct buf *b, struct str s);
/* A terminating NUL behind the contents, not counted in n. Returns b->p. */
char *buf_cstr(struct buf *b);
void buf_release(struct buf *b);

/* Bytes as hexadecimal digits in lower case at d, two for each; returns the end. */
char *hex_put(char *d, const unsigned char *p, size_t n);
/* Appends the bytes that pairs of digits, in either case, stand for; false, and none of them, when these are none. */
bool hex_decode(struct buf *b, struct str digits);

/* The value of a hexadecimal digit, in either case, or -1. */
static inline int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* malloc and friends that die with status 1 instead of returning NULL; count * size is checked. */
void *mem_array(size_t count, size_t size);
void *mem_grow(void *p, size_t count, size_t size);

/* A pool of small things that live and die together, such as a schema. A zeroed pool is empty. */
struct pool {
	struct pool_block *last;
	size_t left;
};

void *pool_get(struct pool *pool, size_t n);          /* zeroed, aligned for any type */
struct str pool_str(struct pool *pool, struct str s); /* a copy, with a NUL behind it */
void pool_release(struct pool *pool);

#endif
