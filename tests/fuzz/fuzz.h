/* What the fuzz targets share: must(), which ends the run at a broken promise, and an output that can be read back. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/bytes.h"
#include "schema/base/io.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(promise) ((promise) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #promise))

_Noreturn static inline void
fuzz_broken(const char *file, int line, const char *promise)
{
	fprintf(stderr, "%s:%d: broken: %s\n", file, line, promise);
	abort();
}

/* An empty file without a name. */
static inline int
fuzz_file(void)
{
	FILE *f = tmpfile();

	must(f);
	return fileno(f);
}

/* The one output of this process. */
static inline struct output *
fuzz_output(void)
{
	static struct output out;

	if (!out.p)
		output_open(&out, fuzz_file(), "fuzz_output");
	return &out;
}

/* Replaces b by what was written since the last time. */
static inline void
fuzz_written(struct buf *b)
{
	struct output *out = fuzz_output();
	off_t size;

	output_flush(out);
	size = lseek(out->fd, 0, SEEK_CUR);
	must(size >= 0);
	b->n = 0;
	buf_reserve(b, (size_t)size + 1);
	must(pread(out->fd, b->p, (size_t)size, 0) == size);
	b->n = (size_t)size;
	must(ftruncate(out->fd, 0) == 0 && lseek(out->fd, 0, SEEK_SET) == 0);
}

#endif
