/*
 * The work of cast-rows on one table: prepared from target.schema and the head of a stream,
 * then done block by block.
 */
#ifndef TRANSFORM_CAST_ROWS_H
#define TRANSFORM_CAST_ROWS_H

#include "schema/rows.h"
#include "schema/schema.h"
#include "transform/check.h"
#include "transform/transforms.h"

/* What is to be done to the values of a column of the stream. */
struct work {
	bool any; /* else they are copied as they are */
	bool dropped;
	bool notnull;
	const struct transform *calls[2]; /* in this order; NULL: none */
	struct check check;
	const struct node *column; /* of target.schema; NULL when dropped */
	uint64_t altered;
};

struct cast_table {
	const struct node *table; /* of target.schema */
	struct rows_head head;    /* to be written: names and types of the target */
	struct work *work;        /* one a column of the stream */
	bool any;                 /* a column has work */
	uint64_t row;             /* the one being read, from 1 */
	/* The rest is for cast_block(). */
	size_t kept; /* columns of the current row written so far */
	/* The block before ended with a separator that may be of a dropped column. */
	bool tab_owed;
	size_t characters; /* of a value in pieces whose length is all that is looked at */
	struct buf pieces, decoded, scratch[2], encoded;
	struct check_fault fault;
	struct pool pool;
};

/*
 * Finds the table and its columns; dies of what does not fit the schema. t is zeroed, or of the
 * table before.
 */
void cast_prepare(struct cast_table *t, const struct schema *s, const struct rows_head *in);
/*
 * Writes the rows of a block of a reader with want_cells; t->any must be set. Dies of a value
 * that cannot pass.
 */
void cast_block(struct cast_table *t, const struct rows_head *in, const struct rows_block *b,
		struct output *out);
void cast_release(struct cast_table *t);

#endif
