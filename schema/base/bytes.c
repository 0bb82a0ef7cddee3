/* Spans and growing buffers of bytes. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool
str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && str_starts_nocase(a, b);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool
str_starts_nocase(struct str s, struct str prefix)
{
	if (s.n < prefix.n)
		return false;
	for (size_t i = 0; i < prefix.n; i++)
		if (lower(s.p[i]) != lower(prefix.p[i]))
			return false;
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

struct str
str_trim(struct str s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_cut(struct str s, char c, struct str *head, struct str *rest)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	if (!at) {
		*head = s;
		*rest = STR_NONE;
		return false;
	}
	*head = str_of(s.p, (size_t)(at - s.p));
	*rest = str_of(at + 1, s.n - head->n - 1);
	return true;
}

char *
buf_reserve(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : 64;
	char *p;

	if (n <= b->cap - b->n && b->p)
		return b->p + b->n;
	if (n > BUF_MAX - b->n)
		die(STATUS_BAD, "a text of over %zu bytes is longer than pgtide handles",
		    BUF_MAX);
	while (cap - b->n < n)
		cap *= 2;
	p = realloc(b->p, cap);
	if (!p)
		die(STATUS_BAD, "out of memory at %zu bytes", cap);
	b->p = p;
	b->cap = cap;
	return p + b->n;
}

void
buf_add(struct buf *b, struct str s)
{
	if (s.n == 0)
		return;
	memcpy(buf_reserve(b, s.n), s.p, s.n);
	b->n += s.n;
}

void
buf_addc(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->n++;
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die(STATUS_BAD, "cannot format '%s'", fmt);
	buf_reserve(b, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

void
buf_add_quoted(struct buf *b, struct str s, char quote)
{
	buf_addc(b, quote);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == quote)
			buf_addc(b, quote);
		buf_addc(b, s.p[i]);
	}
	buf_addc(b, quote);
}

void
buf_add_undoubled(struct buf *b, struct str s, char quote)
{
	for (size_t i = 0; i < s.n; i++) {
		buf_addc(b, s.p[i]);
		i += s.p[i] == quote;
	}
}

void
buf_add_backslashed(struct buf *b, struct str s)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_addc(b, '\\');
		buf_addc(b, s.p[i]);
	}
	buf_addc(b, '"');
}

char *
buf_cstr(struct buf *b)
{
	*buf_reserve(b, 1) = '\0';
	return b->p;
}

void
buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void *
mem_array(size_t count, size_t size)
{
	return mem_grow(NULL, count, size);
}

void *
mem_grow(void *p, size_t count, size_t size)
{
	if (count == 0)
		count = 1;
	if (size && count > SIZE_MAX / size)
		die(STATUS_BAD, "out of memory");
	p = realloc(p, count * size);
	if (!p)
		die(STATUS_BAD, "out of memory at %zu bytes", count * size);
	return p;
}

enum { POOL_BLOCK = 64 * 1024 };

struct pool_block {
	struct pool_block *prev;
	size_t cap;
	max_align_t bytes[];
};

void *
pool_get(struct pool *pool, size_t n)
{
	size_t align = sizeof(max_align_t);
	void *p;

	if (n > BUF_MAX)
		die(STATUS_BAD, "out of memory");
	n = (n + align - 1) / align * align;
	if (!pool->last || n > pool->left) {
		size_t cap = n > POOL_BLOCK ? n : POOL_BLOCK;
		struct pool_block *b = calloc(1, sizeof(*b) + cap);

		if (!b)
			die(STATUS_BAD, "out of memory at %zu bytes", cap);
		b->prev = pool->last;
		b->cap = cap;
		pool->last = b;
		pool->left = cap;
	}
	p = (char *)pool->last->bytes + (pool->last->cap - pool->left);
	pool->left -= n;
	return p;
}

struct str
pool_str(struct pool *pool, struct str s)
{
	char *p = pool_get(pool, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	return str_of(p, s.n);
}

void
pool_release(struct pool *pool)
{
	while (pool->last) {
		struct pool_block *b = pool->last;

		pool->last = b->prev;
		free(b);
	}
	pool->left = 0;
}

/* Arithmetic instead of a table: compilers make vectors of it. */
static inline char
hex_digit(unsigned v)
{
	return (char)(v + '0' + (v > 9 ? 'a' - '0' - 10 : 0));
}

char *
hex_put(char *d, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		d[2 * i] = hex_digit(p[i] >> 4);
		d[2 * i + 1] = hex_digit(p[i] & 15u);
	}
	return d + 2 * n;
}

bool
hex_decode(struct buf *b, struct str digits)
{
	char *d = buf_reserve(b, digits.n / 2 + 1);

	if (digits.n % 2)
		return false;
	for (size_t i = 0; i < digits.n; i += 2) {
		int high = hex_value(digits.p[i]), low = hex_value(digits.p[i + 1]);

		if (high < 0 || low < 0)
			return false;
		d[i / 2] = (char)(high << 4 | low);
	}
	b->n += digits.n / 2;
	return true;
}
