/*
 * rows(5): the typed record stream. The reader checks everything that the format demands except UTF-8 (which is
 * checked where text enters) and hands out rows in blocks: spans of the stream's own bytes, never copies.
 *
 *	while ((event = rows_next(&r, &block)) > ROWS_EOF)
 *		switch (event) {
 *		case ROWS_TABLE: … r.head
 *		case ROWS_BLOCK: … block.bytes, or each of its cells with rows_cell()
 *		case ROWS_END: … r.rows, r.rejected
 *		}
 *	if (event == ROWS_ERROR)
 *		err_die(&r.err);
 *
 * A block holds whole rows, unless a row is longer than the buffer: then it comes in pieces, which are cut between
 * escapes and between characters. So memory stays constant however long a value is.
 */
#ifndef SCHEMA_ROWS_H
#define SCHEMA_ROWS_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/base/io.h"

enum { ROWS_VERSION = 1, ROWS_HEADER_MAX = 16 * 1024 * 1024, ROWS_ATTRS_MAX = 64 };

struct rows_attr {
	struct str name;
	struct str value; /* p NULL when the attribute is a bare word */
};

/* The frame of one table's rows; all texts unescaped. */
struct rows_head {
	struct str schema;
	struct str table;
	struct rows_attr *attrs;
	size_t nattrs;
	struct str *names; /* of the columns */
	struct str *types;
	size_t ncols;
};

enum rows_event {
	ROWS_ERROR = -1,
	ROWS_EOF = 0, /* the input ended where it may */
	ROWS_TABLE,
	ROWS_BLOCK,
	ROWS_END,
};

struct rows_block {
	struct str bytes;  /* as in the stream: escaped, newlines included */
	uint64_t rows;     /* how many rows end in it */
	uint64_t line;     /* number of the line that its first byte belongs to */
	bool opens_inside; /* its first byte continues a field that the block before began */
	bool ends_inside;  /* its last row goes on in the next block */
	/* The rest is for rows_cell(). */
	size_t col;
	const uint32_t *sep;
	size_t nsep;
};

struct rows_reader {
	struct input in;
	/* Set these before rows_next(). */
	bool want_cells; /* for rows_cell(): finding the ends of cells costs time */
	bool
	    recount; /* #end must be there, but its count is not compared: a filter dropped rows */
	struct rows_head head;
	uint64_t rows;     /* of the current table, up to here */
	uint64_t rejected; /* as #end told */
	struct err err;
	/* The rest is the reader's own. */
	struct pool pool;
	bool in_table, seen_table;
	size_t col; /* column in which the last block ended, when it ended within a row */
	bool within_row, within_field;
	uint32_t *sep;
	size_t sepcap;
	struct buf scratch;
};

/* Reads name, or standard input for NULL or "-". Returns 0, or -1 with r->err set. */
int rows_open(struct rows_reader *r, const char *name);
void rows_open_bytes(struct rows_reader *r, struct str bytes);
void rows_close(struct rows_reader *r);

/*
 * The next event. r->head is valid until the next ROWS_TABLE, a block until the next call. An input without any
 * table is an error. STATUS_CUT: the stream was cut; STATUS_BAD: it is malformed; the message names file and line.
 */
enum rows_event rows_next(struct rows_reader *r, struct rows_block *block);

/*
 * Finds the cells of the block that rows_next() gave last, of a reader without want_cells, so that rows_cell() gives
 * them: for who needs them in few blocks only.
 */
void rows_find_cells(struct rows_reader *r, struct rows_block *block);

/* The value of an attribute of #rows: p NULL when it is absent or a bare word. */
struct str rows_attr(const struct rows_head *h, const char *name);
/* The column's position, or -1. */
long rows_column(const struct rows_head *h, struct str name);

/* One field of a row, or a piece of one that is longer than the buffer. */
struct rows_cell {
	struct str text; /* escaped; the field \N is NULL, and always in one piece */
	size_t col;
	bool first;   /* the field begins here */
	bool last;    /* the field ends here */
	bool escaped; /* there is a backslash in text */
	bool row_end; /* with last: it is the row's last field */
};

/* Where an iteration over a block's cells stands; zero it to begin. */
struct rows_walk {
	size_t sep, at;
	size_t col;
	bool begun;
};

enum { ROWS_SEP_ESCAPED = 1u << 31 };

/* The block's next cell, of a reader with want_cells. A table without columns has no cells. */
static inline bool
rows_cell(const struct rows_block *b, struct rows_walk *w, struct rows_cell *c)
{
	c->first = true;
	if (!w->begun) {
		w->begun = true;
		w->col = b->col;
		c->first = !b->opens_inside;
	}
	if (w->sep < b->nsep) {
		uint32_t sep = b->sep[w->sep++];
		size_t end = sep & ~(uint32_t)ROWS_SEP_ESCAPED;

		c->text = str_of(b->bytes.p + w->at, end - w->at);
		c->escaped = sep & (uint32_t)ROWS_SEP_ESCAPED;
		c->col = w->col;
		c->last = true;
		c->row_end = b->bytes.p[end] == '\n';
		w->col = c->row_end ? 0 : w->col + 1;
		w->at = end + 1;
		return true;
	}
	if (w->at >= b->bytes.n)
		return false;
	c->text = str_of(b->bytes.p + w->at, b->bytes.n - w->at);
	c->escaped = memchr(c->text.p, '\\', c->text.n) != NULL;
	c->col = w->col;
	c->last = false;
	c->row_end = false;
	w->at = b->bytes.n;
	return true;
}

void rows_write_head(struct output *out, const struct rows_head *h);
void rows_write_end(struct output *out, uint64_t rows, uint64_t rejected);

/* `schema.table` for messages, each name shown. */
struct shown rows_name(const struct rows_head *h);

#endif
