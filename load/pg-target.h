/* The session and transaction of pg-copy at its target, and COPY into one table after another. */
#ifndef LOAD_PG_TARGET_H
#define LOAD_PG_TARGET_H

#include <stdint.h>

#include "load/pg-failure.h"
#include "schema/pg/relation.h"
#include "schema/rows.h"

struct target {
	PGconn *conn;
	struct buf where; /* the current table, for messages */
	struct str table; /* as COPY calls it in the context of an error */
	const struct rows_head *head;
	struct buf copy; /* the statement COPY … FROM STDIN (FORMAT */
	uint64_t base; /* rows of the table that COPYs before this one took, for target_die() */
	bool copying;
	uint64_t put;    /* bytes of this COPY so far */
	PGresult *error; /* of the COPY that failed; NULL when the connection did */
	bool encoding_told;
	uint64_t notices;      /* received so far */
	PQnoticeReceiver warn; /* which takes them on */
};

/* What does not return a bool dies when the server says no, or is gone; the message names table, row and column. */

/* Connects to uri, or what PGTIDE_TARGET names. */
void target_connect(struct target *t, const char *uri);
/* Sets a parameter of the session, `name=value`; dies with STATUS_USAGE when there is none, or no such value. */
void target_set(struct target *t, const char *setting);
/* application_name becomes `pgtide pg-copy TABLE RANGE`, unless the target or PGAPPNAME gave one. */
void target_name_session(struct target *t, struct str table, struct str range);
void target_begin(struct target *t);
/* One statement or several. */
void target_run(struct target *t, const char *sql);

/*
 * Tests that the table of head (schema and table as they are called in the target, borrowed until the next one) is
 * there with all its columns, and makes the statement that loads it. The caller releases rel.
 */
void target_table(struct target *t, const struct rows_head *head, struct pg_relation *rel);
/* Makes that statement for another table with the same columns, such as a temporary one. */
void target_copy_into(struct target *t, struct str schema, struct str table);

/*
 * From here to target_copy_end() false means that COPY has failed. Then target_failure() takes what the server said of
 * it, or target_die() dies of it.
 *
 * Starts COPY in this format, with statements before and behind it, or "": each ends with or begins with a ';'. Those behind it run
 * in the same round trip, if COPY succeeds.
 */
bool target_copy(struct target *t, const char *format, const char *before, const char *behind);
/* Bytes of COPY data, cut anywhere. */
bool target_put(struct target *t, struct str bytes);
/*
 * Waits until fd can be read, or for timeout milliseconds (-1: for ever): 1 when it can, 0 when not. -1 at once when
 * the server ends COPY meanwhile.
 */
int target_wait(struct target *t, int fd, int timeout);
/* Ends COPY; dies unless the server stored exactly rows rows. */
bool target_copy_end(struct target *t, uint64_t rows);

/* A statement that the server may refuse, as COPY. */
bool target_try(struct target *t, const char *sql);

void target_failure(struct target *t, struct pg_failure *f);
/* row is the row's number in the stream, 0 when there is none to name. Takes f. */
_Noreturn void target_die_of(struct target *t, struct pg_failure *f, uint64_t row);
/* For a COPY whose lines are the rows of the table that come behind t->base. */
_Noreturn void target_die(struct target *t);

/* Commits and closes. */
void target_commit(struct target *t);
/* Rolls back and closes, for a fault on our side; the server's log says why. Never dies. */
void target_abort(struct target *t, const char *why);

#endif
