/* Block input and output: EINTR, short writes, partial lines and a reader that went away are handled here, once. */
#ifndef BASE_IO_H
#define BASE_IO_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

enum { IO_BLOCK = 256 * 1024 };

/* Behind the unread bytes an input always has this many readable bytes, so that scans may load whole words. */
enum { IO_SLACK = 64 };

struct input {
	int fd;
	const char *name; /* for messages: a path, or "-" */
	char *p;          /* the buffer; unread bytes are p[beg] to p[end - 1] */
	size_t beg, end, cap;
	uint64_t
	    line; /* number of the line that begins at beg or holds it, from 1; kept by the users of beg */
	bool eof;
};

/* Opens path, or standard input for "-" or NULL. Returns 0, or -1 with e set (STATUS_USAGE). name is borrowed. */
int input_open(struct input *in, const char *name, struct err *e);
/* From bytes in memory, which are copied. */
void input_open_bytes(struct input *in, struct str bytes);
void input_close(struct input *in);

/*
 * Gets more bytes behind the unread ones, which may move. With all of the buffer unread it grows, up to max bytes.
 * Returns 1, 0 at the end of the input, or -1 with e set: a read error (STATUS_BAD, of a directory STATUS_USAGE), or max reached (STATUS_BAD).
 */
int input_more(struct input *in, size_t max, struct err *e);

/*
 * The next line without its newline, valid until the next call. Returns 1, 0 at the end, or -1 with e set:
 * a last line without a newline is STATUS_CUT, a line over max bytes STATUS_BAD. in->line is the line's number
 * until the next call.
 */
int input_line(struct input *in, size_t max, struct str *line, struct err *e);

struct output {
	int fd;
	const char *name;
	char *p;
	size_t n, cap;
	uint64_t total; /* bytes handed over so far, those waiting in the buffer included */
};

/*
 * Writing dies at the first error: status 1 with the reason, or quietly with 141 when the reader went away, whether
 * SIGPIPE is ignored or not. output_close() must be called before exit: it finds the errors that come late.
 */
void output_open(struct output *out, int fd, const char *name);
/* Creates or truncates path; "-" or NULL is standard output. Dies with status 2 when it cannot. */
void output_open_path(struct output *out, const char *path);
/* Into memory: the buffer grows instead of being written, and everything is in p[0] to p[n - 1]. */
void output_open_memory(struct output *out);
void output_flush(struct output *out);
void output_close(struct output *out);
/* Forgets what is not written yet: for whoever goes on after a fault. Also of one that is closed, or all zero. */
void output_abandon(struct output *out);
/* The slow path of output_add: large spans are written without a copy. */
void output_write(struct output *out, struct str s);

static inline void
output_add(struct output *out, struct str s)
{
	if (s.n > out->cap - out->n) {
		output_write(out, s);
		return;
	}
	if (s.n)
		memcpy(out->p + out->n, s.p, s.n);
	out->n += s.n;
	out->total += s.n;
}

static inline void
output_addc(struct output *out, char c)
{
	if (out->n == out->cap)
		output_flush(out);
	out->p[out->n++] = c;
	out->total++;
}

/* Room for n bytes (n at most IO_BLOCK / 4) that the caller fills and then counts with output_added(). */
static inline char *
output_reserve(struct output *out, size_t n)
{
	if (n > out->cap - out->n)
		output_flush(out);
	return out->p + out->n;
}

/* Takes back the last n bytes. They must still be in the buffer: in memory all are. */
static inline void
output_take_back(struct output *out, size_t n)
{
	out->n -= n;
	out->total -= n;
}

static inline void
output_added(struct output *out, size_t n)
{
	out->n += n;
	out->total += n;
}

#endif
