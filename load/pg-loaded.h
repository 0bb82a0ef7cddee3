/*
 * Exactly once: the table pgtide.loaded in the target has a row, the marker, for each range of a run that was loaded. It
 * is written in the transaction of the rows, so either both are there or none. It names the table by its OID and by
 * its storage, so that a table that was dropped, swapped or emptied behind our back is never taken for loaded.
 */
#ifndef LOAD_PG_LOADED_H
#define LOAD_PG_LOADED_H

#include "load/pg-target.h"

struct pg_loaded {
	const char *run, *range; /* as pg-copy was told */
	const char *oid;         /* of the table, as text */
	/* Of the marker that pg_loaded_find() found; those of pg_loaded_complete() are given. */
	uint64_t rows, bytes, rejected;
	struct str digest; /* p NULL without one */
	PGresult *texts;
};

/* All of these die when the server says no. */

/*
 * Outside of a transaction: makes the table of markers if need be, and looks for ours. False when the range has to be
 * loaded. Dies when the table's storage is not what it was: nobody can tell then what it holds.
 */
bool pg_loaded_find(struct pg_loaded *m, struct target *t, struct str schema, struct str table);
/* The other tables that this range was loaded into, as rows of schema and table. The caller clears it. */
PGresult *pg_loaded_others(const struct pg_loaded *m, struct target *t);
/*
 * Within the transaction: writes the marker. While another session that wrote the same one is alive this waits for
 * its end; false when it has committed.
 */
bool pg_loaded_claim(const struct pg_loaded *m, struct target *t, struct str schema,
		     struct str table);
/* With the figures of the load, before COMMIT. */
void pg_loaded_complete(const struct pg_loaded *m, struct target *t);
/* The table is empty now: removes its markers but the one of m, which may be NULL. */
void pg_loaded_forget(struct target *t, const char *oid, const struct pg_loaded *m);
void pg_loaded_release(struct pg_loaded *m);

#endif
