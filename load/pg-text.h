/*
 * Rows on the wire as COPY text: what stands in rows(5), byte for byte. A second encoding is a second file like this
 * one: told of each table, given each block, and it hands bytes to target_put().
 */
#ifndef LOAD_PG_TEXT_H
#define LOAD_PG_TEXT_H

#include "load/pg-target.h"
#include "schema/rows.h"

#define PG_TEXT_FORMAT "text"

struct pg_text {
	uint64_t row;   /* of the table: rows that ended so far */
	uint64_t begun; /* bytes so far of the row that goes on in the next block */
};

void pg_text_begin(struct pg_text *w);
/* Sends a block: false when COPY has failed. Dies, STATUS_BAD, of a row that PostgreSQL cannot take for its length. */
bool pg_text_block(struct pg_text *w, struct target *t, const struct rows_block *b);

#endif
