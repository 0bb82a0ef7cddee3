/* Digests of the parts of a table, added up to that of the whole: rows.5 makes them sums so that this can be done. */
#ifndef TRANSFORM_DIGEST_SUM_H
#define TRANSFORM_DIGEST_SUM_H

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

/*
 * Adds the line other, as rows-digest writes it, to the line in sum; both without newline. Returns 0, or -1 with e set
 * (STATUS_BAD): a line that is none, or two that are not of one table with the same columns.
 */
int digest_sum(struct buf *sum, struct str other, struct err *e);

#endif
