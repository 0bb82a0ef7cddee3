/*
 * Rows of one table as they came, in a file without a name in $TMPDIR: what the server refuses can be sent again without
 * the bad row, and memory does not grow with it.
 */
#ifndef LOAD_SPOOL_H
#define LOAD_SPOOL_H

#include <stdint.h>
#include <sys/types.h>

#include "schema/rows.h"

/* A place between bytes: how many rows of the table ended before it, and where it is in the file. */
struct spool_at {
	uint64_t row;
	off_t offset;
};

struct spool {
	int fd; /* -1 while there is no file */
	struct spool_at end;
	bool within_row;        /* the last row goes on in the next block */
	struct spool_at *marks; /* beginnings of rows, about a block apart */
	size_t nmarks, cap;
	struct str tail; /* the block added last, which need not be read again */
	char *block;
};

/* All of these die when the file cannot be made, written or read. */

/* Empties it and makes its file if there is none; rows are counted from row on. */
void spool_begin(struct spool *s, uint64_t row);
/* The bytes of the block are borrowed until the next call that adds or begins. */
void spool_add(struct spool *s, const struct rows_block *block);
void spool_close(struct spool *s);

/* At most a block of the bytes between two places, valid until the next call; IO_SLACK more may be read behind it. */
struct str spool_read(struct spool *s, off_t from, off_t to);
/* Where a row begins that is not before from, itself the beginning of one. */
struct spool_at spool_find(struct spool *s, struct spool_at from, uint64_t row);

/* The bytes between two places in one piece, borrowed until they are given back. */
struct str spool_map(struct spool *s, off_t from, off_t to);
void spool_unmap(struct str mapped);

uint64_t spool_count_rows(struct str bytes);

#endif
