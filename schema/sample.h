/* Some rows of a table only, for a first try: every n-th, and of those so many. */
#ifndef SCHEMA_SAMPLE_H
#define SCHEMA_SAMPLE_H

#include <stdint.h>

#include "schema/base/bytes.h"

/* All zero: every row. */
struct sample {
	uint64_t limit; /* rows taken, 0 for all */
	uint64_t every; /* the first row of so many, 0 for all */
	uint64_t seen;  /* rows of this table */
	uint64_t taken;
};

/* The argument of -l or -i, a count above 0. Dies with STATUS_USAGE. */
void sample_option(int option, uint64_t *count, const char *argument);

/* Before a table. */
void sample_begin(struct sample *s);

/* Whether the next row of the table is one of them. */
bool sample_takes(struct sample *s);

/* " LIMIT n", so that a query ends with the last row that is taken; nothing without a limit. */
void sample_add_limit(const struct sample *s, struct buf *sql);

#endif
