/* What the user sets in sessions at the source. */
#ifndef BASE_SOURCE_SET_H
#define BASE_SOURCE_SET_H

#include "schema/base/uri.h"

/*
 * Reads PGTIDE_SOURCE_SET: NAME=VALUE&…, as the parameters of a URI. Names are words of letters, digits and underscores;
 * nothing is known of the values. Both live in the pool. Dies, STATUS_USAGE.
 */
void source_set_read(struct uri *out, struct pool *pool);

/* Whether the name, in any case, is one of the words, of which the last is NULL. */
bool source_set_is(struct str name, const char *const *words);

#endif
