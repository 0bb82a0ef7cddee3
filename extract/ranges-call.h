/* The call of a SOURCE-ranges, and how it writes a part of a table: bytes, rows, and a line that SOURCE-rows takes with -K. */
#ifndef EXTRACT_RANGES_CALL_H
#define EXTRACT_RANGES_CALL_H

#include "schema/base/io.h"
#include "schema/schema.h"

struct ranges_call {
	const char *source, *output, *schema_file;
	uint64_t parts; /* of a table at most */
	uint64_t bytes; /* of a part at least */
	const char *
	    more; /* an operand behind the source, which is one too many; the caller dies of it */
};

/* What is known of a table, or thought. */
struct table_size {
	struct str schema, table;
	uint64_t rows, bytes;
};

/* Dies, STATUS_USAGE; -h and -V end the program. */
void ranges_call_read(struct ranges_call *call, int argc, char **argv, const char *usage);

/* In so many parts as it is big enough for. At least 1. */
uint64_t ranges_call_parts(const struct ranges_call *call, uint64_t bytes);

/* The names that a table of a schema(5) text has at the source. */
struct str ranges_schema_of(const struct schema *s, const struct node *table);
struct str ranges_table_of(const struct schema *s, const struct node *table);

/* size NULL: nothing is known of the table. */
void ranges_put_whole(struct output *out, const struct table_size *size, struct str schema,
		      struct str table);
/* One of so many parts that are of one size. Limits are fields; p NULL is an open end. */
void ranges_put_part(struct output *out, const struct table_size *size, uint64_t parts,
		     struct str key, struct str from, struct str to);

#endif
