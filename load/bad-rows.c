/* The rows of a stream that were set aside. */
#include <stdlib.h>
#include <string.h>

#include "load/bad-rows.h"
#include "schema/base/bytes.h"

size_t
bad_rows_from(const struct bad_rows *b, uint64_t row)
{
	size_t low = 0, high = b->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (b->row[mid] < row)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t
bad_rows_others(const struct bad_rows *b, uint64_t from, uint64_t to)
{
	return to - from - (bad_rows_from(b, to) - bad_rows_from(b, from));
}

uint64_t
bad_rows_skip(const struct bad_rows *b, uint64_t from, uint64_t line)
{
	uint64_t row = from + line - 1;

	for (size_t i = bad_rows_from(b, from); i < b->n && b->row[i] <= row; i++)
		row++;
	return row;
}

void
bad_rows_add(struct bad_rows *b, uint64_t row)
{
	size_t i = bad_rows_from(b, row);

	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 64;
		b->row = mem_grow(b->row, b->cap, sizeof(*b->row));
	}
	memmove(b->row + i + 1, b->row + i, (b->n - i) * sizeof(*b->row));
	b->row[i] = row;
	b->n++;
}

void
bad_rows_release(struct bad_rows *b)
{
	free(b->row);
	*b = (struct bad_rows){ 0 };
}
