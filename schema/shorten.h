/* Names that are too long for PostgreSQL, made shorter: for those who name objects. */
#ifndef SCHEMA_SHORTEN_H
#define SCHEMA_SHORTEN_H

#include "schema/base/bytes.h"

enum { NAME_BYTES = 63 };
/* With idx_, ten digits and _ before it. */
enum { NAME_BYTES_BEHIND_OID = NAME_BYTES - 15 };

/*
 * The name itself, or, when it is longer than 63 bytes, as many whole characters as fit in 54
 * bytes, '_', and the first 8 of the 16 hexadecimal digits of the whole name's XXH3: the same
 * name always gives the same.
 */
struct str name_shorten(struct pool *pool, struct str name);
/* The same for a name that must not be longer than bytes, which is from 16 to 63. */
struct str name_shorten_to(struct pool *pool, struct str name, size_t bytes);

#endif
