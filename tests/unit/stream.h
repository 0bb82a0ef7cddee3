/* For tests of what reads rows(5): a stream that falls into small blocks and pieces, and random numbers. */
#ifndef UNIT_STREAM_H
#define UNIT_STREAM_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/rows.h"

/* xorshift64*: the same numbers in every run. */
static inline uint64_t
next_random(void)
{
	static uint64_t x = 88172645463325252u;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	return x * 2685821657736338717u;
}

static inline size_t
random_below(size_t n)
{
	return (size_t)(next_random() >> 33) % n;
}

/* As rows_open() on a file that holds bytes, but through a buffer of cap bytes and no more. One at a time. */
static inline void
stream_open(struct rows_reader *r, struct str bytes, size_t cap)
{
	static FILE *f;

	if (!f)
		f = tmpfile();
	if (!f || ftruncate(fileno(f), 0) != 0 ||
	    pwrite(fileno(f), bytes.p, bytes.n, 0) != (ssize_t)bytes.n ||
	    lseek(fileno(f), 0, SEEK_SET) != 0) {
		perror("a file of tmpfile()");
		exit(1);
	}
	*r = (struct rows_reader){ 0 };
	r->in = (struct input){ .fd = dup(fileno(f)), .name = "-", .cap = cap, .line = 1 };
	r->in.p = mem_array(cap + IO_SLACK, 1);
	memset(r->in.p, 0, cap + IO_SLACK);
}

#endif
