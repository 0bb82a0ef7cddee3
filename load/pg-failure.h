/* What an error of the server says about a row of COPY. */
#ifndef LOAD_PG_FAILURE_H
#define LOAD_PG_FAILURE_H

#include <stdint.h>

#include "schema/pg/pg.h"
#include "schema/rows.h"

/* The texts point into res or into the head that was given; p NULL where the server says nothing. */
struct pg_failure {
	PGresult *res; /* owned; NULL when the connection itself failed */
	uint64_t line; /* of this COPY, from 1; 0 when the error is not about one */
	struct str code, message, column, constraint;
};

/* Takes res. table and head are those of the COPY that failed. */
void pg_failure_read(struct pg_failure *f, PGresult *res, struct str table,
		     const struct rows_head *head);
void pg_failure_release(struct pg_failure *f);

/*
 * Whether the rows are to blame: any SQLSTATE but those of the session, of resources, of the server itself or of what
 * it was asked to do. An error without a line has to be of class 22 or 23.
 */
bool pg_failure_of_row(const struct pg_failure *f);

#endif
