/*
 * The tables that an extractor is called with: `-n SCHEMA -t TABLE -t TABLE -n SCHEMA -t TABLE`. A schema holds for the tables
 * behind it, the first one for those before it too. Their streams follow one another in the output.
 */
#ifndef SCHEMA_TABLE_ARGS_H
#define SCHEMA_TABLE_ARGS_H

#include "schema/base/bytes.h"

struct table_arg {
	struct str schema; /* p NULL when no -n was given */
	struct str table;
};

struct table_args {
	struct table_arg *p;
	size_t n;
	struct str schema; /* of the next table */
};

/* The argument of -n and that of -t, in the escapes of schema(5). Die with STATUS_USAGE when it has others. */
void table_args_schema(struct table_args *a, const char *argument);
void table_args_table(struct table_args *a, const char *argument);
/* The array; the names are part of the command line's memory, and stay. */
void table_args_release(struct table_args *a);

#endif
