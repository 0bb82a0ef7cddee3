/* Rows of one table as they came, in a file without a name. */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "load/spool.h"

static _Noreturn void
cannot(const char *what)
{
	die(STATUS_BAD, "spool: cannot %s: %s", what, strerror(errno));
}

static int
open_unnamed(void)
{
	const char *dir = getenv("TMPDIR");
	struct buf path = { 0 };
	int fd;

	buf_addf(&path, "%s/pg-copy.XXXXXX", dir && *dir ? dir : "/tmp");
	fd = mkstemp(buf_cstr(&path));
	if (fd < 0)
		die(STATUS_USAGE, "spool: %s: %s", path.p, strerror(errno));
	if (unlink(path.p) < 0)
		cannot("unlink it");
	buf_release(&path);
	return fd;
}

void
spool_begin(struct spool *s, uint64_t row)
{
	if (!s->block) {
		s->fd = open_unnamed();
		s->block = mem_array(IO_BLOCK + IO_SLACK, 1);
	}
	s->end = (struct spool_at){ .row = row };
	s->within_row = false;
	s->nmarks = 0;
	s->tail = STR_NONE;
}

void
spool_close(struct spool *s)
{
	if (s->block)
		close(s->fd);
	free(s->block);
	free(s->marks);
	*s = (struct spool){ .fd = -1 };
}

static void
write_all(struct spool *s, struct str bytes)
{
	off_t at = s->end.offset;

	while (bytes.n) {
		ssize_t done = pwrite(s->fd, bytes.p, bytes.n, at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			cannot("write");
		bytes = str_of(bytes.p + done, bytes.n - (size_t)done);
		at += done;
	}
}

void
spool_add(struct spool *s, const struct rows_block *block)
{
	write_all(s, block->bytes);
	if (!s->within_row) {
		if (s->nmarks == s->cap) {
			s->cap = s->cap ? 2 * s->cap : 256;
			s->marks = mem_grow(s->marks, s->cap, sizeof(*s->marks));
		}
		s->marks[s->nmarks++] = s->end;
	}
	s->end.offset += (off_t)block->bytes.n;
	s->end.row += block->rows;
	s->within_row = block->ends_inside;
	s->tail = block->bytes;
}

struct str
spool_read(struct spool *s, off_t from, off_t to)
{
	off_t tail = s->end.offset - (off_t)s->tail.n;
	size_t n = to - from < IO_BLOCK ? (size_t)(to - from) : IO_BLOCK, done = 0;

	if (from >= tail)
		return str_of(s->tail.p + (from - tail), n);
	while (done < n) {
		ssize_t got = pread(s->fd, s->block + done, n - done, from + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			cannot("read");
		done += (size_t)got;
	}
	return str_of(s->block, n);
}

/* The last mark that is not behind row, unless from is nearer. */
static struct spool_at
nearest(const struct spool *s, struct spool_at from, uint64_t row)
{
	size_t low = 0, high = s->nmarks;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s->marks[mid].row <= row)
			low = mid + 1;
		else
			high = mid;
	}
	return low && s->marks[low - 1].row > from.row ? s->marks[low - 1] : from;
}

struct spool_at
spool_find(struct spool *s, struct spool_at from, uint64_t row)
{
	struct spool_at at = nearest(s, from, row);

	while (at.row < row) {
		struct str bytes = spool_read(s, at.offset, s->end.offset);
		const char *p = bytes.p, *end = bytes.p + bytes.n, *nl = p;

		if (!bytes.n)
			die(STATUS_BAD, "spool: row %ju is not there", (uintmax_t)row + 1);
		while (at.row < row && (nl = memchr(p, '\n', (size_t)(end - p))) != NULL) {
			p = nl + 1;
			at.row++;
		}
		at.offset += nl ? p - bytes.p : (ptrdiff_t)bytes.n;
	}
	return at;
}

/* mmap() wants whole pages: what is before from in its page is mapped too. */
static size_t
into_page(const void *p)
{
	return (size_t)((uintptr_t)p % (uintptr_t)sysconf(_SC_PAGESIZE));
}

struct str
spool_map(struct spool *s, off_t from, off_t to)
{
	off_t before = from % (off_t)sysconf(_SC_PAGESIZE);
	char *p;

	if (from == to)
		return STR_NONE;
	p = mmap(NULL, (size_t)(to - from + before), PROT_READ, MAP_SHARED, s->fd,
		 from - before);
	if (p == MAP_FAILED)
		cannot("map a row");
	return str_of(p + before, (size_t)(to - from));
}

void
spool_unmap(struct str mapped)
{
	size_t before = into_page(mapped.p);
	/* munmap() takes no const. */
	char *p = (char *)(uintptr_t)(mapped.p - before);

	if (mapped.n)
		(void)munmap(p, mapped.n + before);
}

uint64_t
spool_count_rows(struct str bytes)
{
	return str_count(bytes, '\n');
}
