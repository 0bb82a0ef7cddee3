/* The transaction of pg-copy at its target: COPY into one table after another, then COMMIT, or nothing at all. */
#ifndef LOAD_PG_TARGET_H
#define LOAD_PG_TARGET_H

#include <stdint.h>

#include "schema/pg/relation.h"
#include "schema/rows.h"

struct target {
	PGconn *conn;
	struct buf where; /* the current table, for messages */
	struct str table;
	const struct rows_head *head;
	bool copying;
	bool encoding_told;
	uint64_t notices;      /* received so far */
	PQnoticeReceiver warn; /* which takes them on */
};

/* All of these die when the server says no, or is gone; the message names table, row and column. */

/* Connects to uri, or what PGTIDE_TARGET names, and begins the transaction. */
void target_begin(struct target *t, const char *uri);

/*
 * Tests that the table of head (schema and table as they are called in the target, borrowed until target_end_table())
 * is there with all its columns, empties it first if asked to, and starts COPY in the given format.
 */
void target_begin_table(struct target *t, const struct rows_head *head, bool empty,
			const char *format);

/* Bytes of COPY data, cut anywhere. */
void target_put(struct target *t, struct str bytes);

/*
 * Waits until fd can be read, or for timeout milliseconds (-1: for ever); returns whether it can. Dies at once when
 * the server ends COPY meanwhile.
 */
bool target_wait(struct target *t, int fd, int timeout);

/* Ends COPY; dies unless the server stored exactly rows rows. */
void target_end_table(struct target *t, uint64_t rows);

/* Commits and closes. */
void target_commit(struct target *t);

/* Rolls back and closes, for a fault on our side; the server's log says why. Never dies. */
void target_abort(struct target *t, const char *why);

#endif
