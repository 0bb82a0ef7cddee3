/*
 * The call of a SOURCE-rows, whatever the source: which tables, which of their rows, and where all goes. The words mean the
 * same everywhere; only -q is of sources that read queries.
 */
#ifndef EXTRACT_ROWS_CALL_H
#define EXTRACT_ROWS_CALL_H

#include "schema/ranges.h"
#include "schema/rejects.h"
#include "schema/sample.h"
#include "schema/schema.h"
#include "schema/table-args.h"

struct rows_call {
	struct table_args tables; /* at least one; whoever has the call releases them */
	const char *source, *output, *query, *schema_file, *rejects, *stats;
	const char *ranges;
	uint64_t range; /* a line of ranges, from 1 */
	struct sample sample;
	bool verbose;
	const char *
	    more; /* an operand behind the source, which is one too many; the caller dies of it */
};

enum rows_call_of { ROWS_OF_TABLES, ROWS_OF_QUERIES_TOO };

/*
 * Reads the words of a call, the first of which is not looked at; it may be read more than once in a program. Texts are
 * those of argv. Dies, STATUS_USAGE; -h and -V end the program.
 */
void rows_call_read(struct rows_call *call, struct rejects *rejects, int argc, char **argv,
		    const char *usage, enum rows_call_of what);

/*
 * The table in the schema of -s, which is read into wanted the first time; its names are those of the source. Dies when it is
 * not there.
 */
struct node *rows_call_table(const struct rows_call *call, struct schema *wanted,
			     struct str schema, struct str table);

/* The range of -K and -k, which has to be one of this table. Dies; the caller releases it. */
void rows_call_range(const struct rows_call *call, struct range *range, struct str schema,
		     struct str table);
/* Dies of that range, STATUS_USAGE: FILE:LINE: why. */
_Noreturn void rows_call_wrong_range(const struct rows_call *call, const char *why);

#endif
