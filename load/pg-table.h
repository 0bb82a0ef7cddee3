/* What becomes of a table in the target before the first row, and after the last one. */
#ifndef LOAD_PG_TABLE_H
#define LOAD_PG_TABLE_H

#include "load/pg-target.h"

struct pg_table_options {
	bool empty;    /* truncate it */
	bool refuse;   /* it has to be empty */
	bool triggers; /* without those of users */
	bool indexes;  /* without those that are only there for speed */
};

/*
 * All in the transaction of the load, so a failure leaves everything as it was. What has to be done after the last
 * row is appended to restore, as SQL.
 */
void pg_table_prepare(struct target *t, const struct pg_relation *rel,
		      const struct pg_table_options *opt, struct buf *restore);

/* TRUNCATE, of the table alone and not of those that inherit from it. */
void pg_table_empty(struct target *t, const struct pg_relation *rel, struct str schema,
		    struct str table);

#endif
