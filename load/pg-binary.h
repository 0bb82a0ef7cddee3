/* Rows on the wire as COPY BINARY, which costs the server half the CPU that text does. */
#ifndef LOAD_PG_BINARY_H
#define LOAD_PG_BINARY_H

#include "load/binary.h"
#include "load/pg-target.h"

/*
 * Whether rows of head can go into rel as COPY BINARY. If not, *why (64 bytes and more of a name) says what is in the way.
 * What b holds already is released.
 */
bool pg_binary_begin(struct binary *b, const struct target *t, const struct pg_relation *rel,
		     struct buf *why);

/* As target_copy(), target_put() and target_copy_end(): false when COPY has failed. */
bool pg_binary_copy(struct target *t, const char *before, const char *behind);
/*
 * Sends whole rows, behind which BINARY_SLACK bytes may be read. Adds to *bytes and *count what was sent: less than all
 * when the next row cannot go as COPY BINARY.
 */
bool pg_binary_put(struct binary *b, struct target *t, struct str rows, size_t *bytes,
		   uint64_t *count);
bool pg_binary_copy_end(struct target *t, uint64_t count);

#endif
