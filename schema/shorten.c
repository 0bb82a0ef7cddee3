/* Names that are too long for PostgreSQL, made shorter. */
#include <stdint.h>
#include <stdio.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "schema/base/utf8.h"
#include "schema/shorten.h"

enum { HASH_BYTES = 9 }; /* with the _ before it */

struct str
name_shorten_to(struct pool *pool, struct str name, size_t bytes)
{
	char text[NAME_BYTES + 1];
	size_t n = bytes - HASH_BYTES;

	if (name.n <= bytes)
		return pool_str(pool, name);
	n -= utf8_tail(str_of(name.p, n));
	memcpy(text, name.p, n);
	snprintf(text + n, sizeof(text) - n, "_%08jx",
		 (uintmax_t)(XXH3_64bits(name.p, name.n) >> 32));
	return pool_str(pool, str_cstr(text));
}

struct str
name_shorten(struct pool *pool, struct str name)
{
	return name_shorten_to(pool, name, NAME_BYTES);
}
