/*
 * Digests of tables: a count and, per column and per row, the sum modulo 2^128 of XXH3 hashes of canonical values, so
 * that the order of rows does not matter. rows.5, section DIGESTS, defines them.
 */
#ifndef SCHEMA_DIGEST_H
#define SCHEMA_DIGEST_H

#include <stdint.h>

#include "schema/rows.h"
#include "schema/types.h"

struct sum128 {
	uint64_t high, low;
};

struct decimal;
struct digest_column;

struct digest {
	uint64_t rows;
	struct sum128 table;
	struct digest_column *columns;
	size_t ncols;
	unsigned char *row; /* the hashes of the row that is being read, 16 bytes a column */
	struct digest_stream *stream; /* of a field that comes in pieces */
	bool streaming;
	struct buf value, canon;
};

/* For the table that head frames; its types are PostgreSQL's when its target attribute says so. */
void digest_init(struct digest *d, const struct rows_head *head);
/* Adds a block of a reader with want_cells. */
void digest_add(struct digest *d, const struct rows_block *block);
/* Adds one row as it stands in the stream, newline included; its form has been checked. */
void digest_add_row(struct digest *d, struct str row);
/* Takes the rows of other, a digest with the same columns, out again. */
void digest_subtract(struct digest *d, const struct digest *other);
void digest_release(struct digest *d);

/*
 * Appends the line that rows-digest writes, newline included: schema, table, count, digest of the table, and
 * name=digest for each column, as escaped fields.
 */
void digest_line(const struct digest *d, const struct rows_head *head, struct buf *out);

/*
 * The canonical form of a value (unescaped, not NULL) of a kind, as digests see it: *canon points into value or into
 * scratch, which is overwritten. A value that is not well-formed for its kind is its own canonical form.
 */
void canon_value(enum type_kind kind, struct str value, struct buf *scratch, struct str *canon);
/* Whether canon_value() changes values of this kind at all. */
bool canon_changes(enum type_kind kind);
/*
 * JSON as jsonb holds it: appends to out, or returns -1 with out unchanged when text is not JSON that jsonb takes. Its
 * nesting has no limit, as PostgreSQL's depends on max_stack_depth; memory grows with the text alone.
 */
int canon_json(struct str text, struct buf *out);
/* Whether an object within text has a key twice: of its values jsonb keeps the last one. False when text is no JSON. */
bool json_repeats_key(struct str text);
/* Appends the canonical form of a number. */
void canon_number(const struct decimal *d, struct buf *out);

#endif
