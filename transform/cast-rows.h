/*
 * The work of cast-rows on one table: prepared from target.schema and the head of a stream,
 * then done block by block.
 */
#ifndef TRANSFORM_CAST_ROWS_H
#define TRANSFORM_CAST_ROWS_H

#include "schema/rejects.h"
#include "schema/rows.h"
#include "schema/schema.h"
#include "transform/check.h"
#include "transform/transforms.h"
#include "transform/using.h"

/* The transform of the rule, and transform_at_utc. */
enum { CAST_CALLS = 2 };

/* What is to be done to the values of a column of the stream. */
struct work {
	bool any; /* else they are copied as they are */
	bool dropped;
	bool notnull;
	struct transform_use calls[CAST_CALLS]; /* in this order; transform NULL: none */
	struct check check;
	/* The check is CHECK_CLOCK, and nothing else is to be done: see clock_suspected(). */
	bool clock_only;
	const struct node *column; /* of target.schema; NULL when dropped */
	/* Of what is no column of the stream: the expression that makes it, and the field it replaces, or -1. */
	struct using *expr;
	long own;
	uint64_t altered;
};

struct cast_table {
	const struct node *table; /* of target.schema */
	struct rows_head head;    /* to be written: names and types of the target */
	struct work *work; /* one a column of the stream, behind them one an expression */
	bool any;          /* a column has work, other than on clocks */
	bool clocks;       /* a column has clock_only set */
	size_t ncols;      /* of the stream */
	size_t nwork;
	/* Of the row being read, for expressions: one a column of the stream, with their bytes where any needs them. */
	struct using_input *fields;
	struct buf *captures;
	bool *captured;
	uint64_t row; /* the one being read, from 1 */
	struct rejects *rejects;
	/* The rest is for cast_block(). */
	size_t kept; /* columns of the current row written so far */
	/* The block before ended with a separator that may be of a dropped column. */
	bool tab_owed;
	size_t characters; /* of a value in pieces whose length is all that is looked at */
	struct buf pieces, decoded, scratch[CAST_CALLS], encoded;
	struct check_fault fault;
	struct pool pool;
	/* The row being read cannot pass, for this reason: what is left of it is skipped. */
	bool bad;
	struct reject why;
	struct buf message;
	/*
	 * When rejects are allowed: what was made of the row so far, its source so far when it comes in several
	 * blocks, and the columns whose values were altered in it.
	 */
	struct output held;
	struct buf source;
	size_t *altered, naltered;
};

/* Before cast_prepare(), once: rejects must be open and outlive t. */
void cast_init(struct cast_table *t, struct rejects *rejects);
/*
 * Finds the table and its columns; dies of what does not fit the schema. t may be of
 * the table before.
 */
void cast_prepare(struct cast_table *t, const struct schema *s, const struct rows_head *in);
/*
 * Writes the rows of a block, all but those that cannot pass, which become rejects, or are died of when none are
 * allowed.
 */
void cast_block(struct cast_table *t, struct rows_reader *in, struct rows_block *b,
		struct output *out);
void cast_release(struct cast_table *t);

#endif
