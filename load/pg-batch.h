/*
 * Loading with rejects: what comes is sent at once, under a savepoint, and kept in a spool until the server has taken
 * it. When it refuses a piece, the rows before the bad one are sent again, the bad one is set aside, and it goes on
 * behind it. Pieces get smaller with the errors, so that little is sent in vain, and a row that looks bad is a piece of
 * its own. Rows go as COPY BINARY where that is possible, one without a binary form as text in a piece of its own; what is
 * sent again goes as it went before, or as text. Some errors come without a line:
 *
 *   - of a foreign key: the piece goes into a temporary table, and an anti-join there finds the rows;
 *   - of class 22 or 23 otherwise (a deferrable unique constraint …): the piece is halved until one row is left;
 *   - of any other class it comes out of a trigger's own code, and ends the program.
 */
#ifndef LOAD_PG_BATCH_H
#define LOAD_PG_BATCH_H

#include "load/bad-rows.h"
#include "load/pg-binary.h"
#include "load/pg-keys.h"
#include "load/pg-suspects.h"
#include "load/pg-target.h"
#include "load/spool.h"
#include "schema/digest.h"
#include "schema/rejects.h"

struct batch {
	struct target *target;
	struct rejects *rejects;
	struct digest *refused; /* of the rows set aside; NULL when nobody asks */
	struct binary *binary;  /* NULL: all goes as text */
	struct pg_keys keys;
	struct spool spool;
	struct suspects suspects;
	struct spool_at base; /* rows before it are loaded */
	struct spool_at sent; /* rows before it were sent; it may be within one */
	off_t size;           /* a piece ends at the first row behind so many bytes */
	off_t loaded;         /* bytes that are done */
	uint64_t errors;      /* that ended a piece of more than a suspect */
	bool open;            /* COPY runs */
	bool as_binary;       /* and so */
	off_t odd;            /* a piece that begins here goes as text; -1 for none */
	off_t odd_size;       /* and ends at the first row behind so many bytes */
	bool alone;           /* into it goes one row, a suspect */
	bool savepoint;    /* the one of the last piece is there and has to be rolled back to */
	bool failed;       /* COPY has failed */
	bool failure_read; /* and this is why */
	struct pg_failure failure;
	bool waiting;        /* for all rows, after a failure of an undivided table */
	bool sifting;        /* COPY goes into the temporary table */
	struct bad_rows bad; /* that are still in the spool */
};

/* The target's table is prepared, and deferrable constraints are as pg_keys_begin() leaves them. */
void batch_begin(struct batch *b, const struct pg_relation *rel);
/* Of a reader with want_cells. */
void batch_block(struct batch *b, const struct rows_block *block);
/* COPY failed while nothing was sent. */
void batch_failed(struct batch *b);
/*
 * All rows are there. alone: no other table comes in the same transaction, so what deferred keys refuse now is refused
 * for good, and set aside.
 */
void batch_end(struct batch *b, bool alone);
void batch_release(struct batch *b);

#endif
