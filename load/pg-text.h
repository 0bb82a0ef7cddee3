/* Rows on the wire as COPY text: what stands in rows(5), byte for byte. */
#ifndef LOAD_PG_TEXT_H
#define LOAD_PG_TEXT_H

#include "load/pg-target.h"

#define PG_TEXT_FORMAT "text"

struct pg_text {
	uint64_t row;   /* of the table: rows that ended so far */
	uint64_t begun; /* bytes so far of the row that goes on in the next block */
};

/*
 * Sends bytes, in which so many rows end: false when COPY has failed. Dies, STATUS_BAD, of a row that PostgreSQL cannot
 * take for its length.
 */
bool pg_text_put(struct pg_text *w, struct target *t, struct str bytes, uint64_t rows);

#endif
