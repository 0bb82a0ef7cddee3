/* The call of pg-copy. */
#ifndef LOAD_PG_CALL_H
#define LOAD_PG_CALL_H

#include "load/pg-table.h"
#include "load/pg-wire.h"
#include "schema/rejects.h"

struct pg_call {
	struct str schema, table; /* p NULL: as #rows says */
	bool digest, verbose, only_empty;
	enum pg_format format;
	struct pg_table_options prepare;
	const char *stats, *target, *run, *range, *rejects;
	const char **settings; /* name=value */
	size_t nsettings;
};

/* Texts are those of argv. Dies, STATUS_USAGE; -h and -V end the program. */
void pg_call_read(struct pg_call *opt, struct rejects *rejects, int argc, char **argv);
void pg_call_release(struct pg_call *opt);

#endif
