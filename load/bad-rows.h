/* The rows of a stream that were set aside, by their numbers: few, and in order. */
#ifndef LOAD_BAD_ROWS_H
#define LOAD_BAD_ROWS_H

#include <stddef.h>
#include <stdint.h>

struct bad_rows {
	uint64_t *row; /* in ascending order */
	size_t n, cap;
};

/* The index of the first one that is not before row; n when there is none. */
size_t bad_rows_from(const struct bad_rows *b, uint64_t row);
/* How many rows from one to before another are not among them. */
uint64_t bad_rows_others(const struct bad_rows *b, uint64_t from, uint64_t to);
/* The row that is number line, counted from 1, of those from row on that are not among them. */
uint64_t bad_rows_skip(const struct bad_rows *b, uint64_t from, uint64_t line);
/* It is not among them yet. */
void bad_rows_add(struct bad_rows *b, uint64_t row);
void bad_rows_release(struct bad_rows *b);

#endif
