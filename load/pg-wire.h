/*
 * A table on its way by COPY, as COPY BINARY where that is possible. A row that has no binary form goes by a COPY of its
 * own as text, and so do more rows behind it each time the server takes them: then text it is for most of the table.
 */
#ifndef LOAD_PG_WIRE_H
#define LOAD_PG_WIRE_H

#include "load/pg-binary.h"
#include "load/pg-text.h"

enum pg_format { PG_AUTO, PG_TEXT, PG_BINARY };

struct pg_wire {
	struct target *target;
	struct pg_text text;   /* its row counts all rows, of either format */
	struct binary *binary; /* NULL: all goes as text */
	bool as_binary;        /* the COPY that runs */
	uint64_t first;        /* rows before it */
	bool within_row;       /* the last block ended in one */
	uint64_t by_text;      /* bytes that go as text before binary is tried again */
	uint64_t by_text_next;
};

/* These return false when COPY has failed; then target_die() names the row. binary is borrowed. */
bool pg_wire_begin(struct pg_wire *w, struct target *t, struct binary *binary);
bool pg_wire_block(struct pg_wire *w, const struct rows_block *block);
bool pg_wire_end(struct pg_wire *w);

#endif
