/* Constraints of a table of which COPY cannot tell the row: those that are checked at the end of a statement or later. */
#ifndef LOAD_PG_KEYS_H
#define LOAD_PG_KEYS_H

#include "load/pg-target.h"

struct pg_key {
	struct str name, columns;
	struct str violated;  /* SQL: whether the row s violates it */
	struct str table;     /* that it refers to, as SQL */
	struct str qualified; /* the constraint's own name, as SQL */
	bool self;            /* it refers to the table itself */
	bool deferrable, deferred;
};

struct pg_keys {
	struct pg_key *keys; /* foreign ones */
	size_t n;
	bool whole;      /* some hold only when all rows are there */
	bool undivided;  /* some are checked at the end of each COPY and need all rows there */
	PGresult *texts; /* what the texts point into */
	struct pool pool;
};

/*
 * Reads them, defers foreign keys of the table to itself where that is possible, and has deferrable constraints of
 * other kinds checked by each COPY.
 */
void pg_keys_begin(struct pg_keys *k, struct target *t, const struct pg_relation *rel);
void pg_keys_release(struct pg_keys *k);

/* A row that violates a key. */
struct pg_key_fault {
	uint64_t row;
	const struct pg_key *key;
};

/*
 * The temporary table with the columns of the target: made within a savepoint that pg_keys_unsift() rolls back. COPY
 * goes there until then. Rows are numbered as they come; the next one gets the number that pg_keys_number() writes as
 * SQL.
 */
void pg_keys_sift(struct target *t);
void pg_keys_unsift(struct target *t);
void pg_keys_number(struct buf *sql, uint64_t row);

/*
 * Which rows of the temporary table violate a key, in order of rows; those that refer to one of them included. The
 * caller frees *faults.
 */
size_t pg_keys_faults(const struct pg_keys *k, struct target *t, struct pg_key_fault **faults);

#endif
