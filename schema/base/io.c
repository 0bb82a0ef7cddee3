/* Block input and output. */
#define _GNU_SOURCE /* F_SETPIPE_SZ, where there is one */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"

/* A larger pipe means fewer switches between its two ends; that the kernel may refuse is no fault. */
static void
widen_pipe(int fd)
{
#ifdef F_SETPIPE_SZ
	(void)fcntl(fd, F_SETPIPE_SZ, 4 * IO_BLOCK);
#else
	(void)fd;
#endif
}

static void
input_init(struct input *in, int fd, const char *name, size_t cap)
{
	*in = (struct input){ .fd = fd, .name = name, .cap = cap, .line = 1 };
	in->p = mem_array(cap + IO_SLACK, 1);
	memset(in->p, 0, cap + IO_SLACK);
}

int
input_open(struct input *in, const char *name, struct err *e)
{
	int fd = STDIN_FILENO;

	if (name && strcmp(name, "-") != 0) {
		fd = open(name, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return err_set(e, STATUS_USAGE, "%s: %s", name, strerror(errno));
	} else {
		name = "-";
		widen_pipe(fd);
	}
	input_init(in, fd, name, IO_BLOCK);
	return 0;
}

void
input_open_bytes(struct input *in, struct str bytes)
{
	input_init(in, -1, "-", bytes.n + 1);
	if (bytes.n)
		memcpy(in->p, bytes.p, bytes.n);
	in->end = bytes.n;
	in->eof = true;
}

void
input_close(struct input *in)
{
	if (in->fd > STDERR_FILENO)
		close(in->fd);
	free(in->p);
	*in = (struct input){ .fd = -1 };
}

static int
make_room(struct input *in, size_t max, struct err *e)
{
	size_t cap = in->cap;

	if (in->end < in->cap)
		return 0;
	if (in->beg) {
		memmove(in->p, in->p + in->beg, in->end - in->beg);
		in->end -= in->beg;
		in->beg = 0;
		return 0;
	}
	if (cap >= max)
		return err_set(e, STATUS_BAD, "%s:%ju: line of over %zu bytes", in->name,
			       (uintmax_t)in->line, max);
	cap = cap * 2 < max ? cap * 2 : max;
	in->p = mem_grow(in->p, cap + IO_SLACK, 1);
	memset(in->p + in->cap, 0, cap + IO_SLACK - in->cap);
	in->cap = cap;
	return 0;
}

int
input_more(struct input *in, size_t max, struct err *e)
{
	ssize_t n;

	if (in->eof)
		return 0;
	if (in->beg == in->end)
		in->beg = in->end = 0;
	if (make_room(in, max, e) < 0)
		return -1;
	do {
		n = read(in->fd, in->p + in->end, in->cap - in->end);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, errno == EISDIR ? STATUS_USAGE : STATUS_BAD, "%s: %s",
			       in->name, strerror(errno));
	in->eof = n == 0;
	in->end += (size_t)n;
	return n > 0;
}

int
input_line(struct input *in, size_t max, struct str *line, struct err *e)
{
	size_t seen = 0;
	char *nl;
	int got;

	/* The line given out last is skipped only now, so that in->line named it until here. */
	if (in->beg > 0 && in->p[in->beg - 1] == '\n')
		in->line++;
	for (;;) {
		nl = memchr(in->p + in->beg + seen, '\n', in->end - in->beg - seen);
		if (nl)
			break;
		seen = in->end - in->beg;
		got = input_more(in, max, e);
		if (got < 0)
			return -1;
		if (got == 0 && seen == 0)
			return 0;
		if (got == 0)
			return err_set(e, STATUS_CUT, "%s:%ju: input ended within a line",
				       in->name, (uintmax_t)in->line);
	}
	*line = str_of(in->p + in->beg, (size_t)(nl - (in->p + in->beg)));
	in->beg += line->n + 1;
	return 1;
}

void
output_open(struct output *out, int fd, const char *name)
{
	*out = (struct output){ .fd = fd, .name = name, .cap = IO_BLOCK };
	out->p = mem_array(out->cap, 1);
	widen_pipe(fd);
}

void
output_open_path(struct output *out, const char *path)
{
	int fd;

	if (!path || strcmp(path, "-") == 0) {
		output_open(out, STDOUT_FILENO, "standard output");
		return;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	output_open(out, fd, path);
}

enum { IN_MEMORY = -2 };

void
output_open_memory(struct output *out)
{
	*out = (struct output){ .fd = IN_MEMORY, .name = "memory", .cap = IO_BLOCK };
	out->p = mem_array(out->cap, 1);
}

/* Room for n more bytes, and for all that is reserved without a look. */
static void
grow_memory(struct output *out, size_t n)
{
	size_t cap = out->cap;

	while (cap - out->n < n) {
		if (cap >= BUF_MAX)
			die(STATUS_BAD, "a row of over %zu bytes", BUF_MAX);
		cap *= 2;
	}
	out->p = mem_grow(out->p, cap, 1);
	out->cap = cap;
}

static void
write_all(struct output *out, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(out->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0 && errno == EPIPE)
			prog_exit(STATUS_PIPE);
		if (done < 0)
			die(STATUS_BAD, "%s: %s", out->name, strerror(errno));
		p += done;
		n -= (size_t)done;
	}
}

void
output_flush(struct output *out)
{
	if (out->fd == IN_MEMORY) {
		grow_memory(out, IO_BLOCK);
		return;
	}
	write_all(out, out->p, out->n);
	out->n = 0;
}

void
output_write(struct output *out, struct str s)
{
	out->total += s.n;
	if (out->fd == IN_MEMORY) {
		grow_memory(out, s.n);
		memcpy(out->p + out->n, s.p, s.n);
		out->n += s.n;
		return;
	}
	if (s.n < out->cap / 2) {
		size_t fits = out->cap - out->n;

		memcpy(out->p + out->n, s.p, fits);
		out->n = out->cap;
		output_flush(out);
		memcpy(out->p, s.p + fits, s.n - fits);
		out->n = s.n - fits;
		return;
	}
	output_flush(out);
	write_all(out, s.p, s.n);
}

void
output_close(struct output *out)
{
	if (out->fd != IN_MEMORY) {
		output_flush(out);
		if (close(out->fd) < 0 && errno != EINTR)
			die(STATUS_BAD, "%s: %s", out->name, strerror(errno));
	}
	free(out->p);
	*out = (struct output){ .fd = -1 };
}

void
output_abandon(struct output *out)
{
	if (out->p && out->fd > STDERR_FILENO)
		close(out->fd);
	free(out->p);
	*out = (struct output){ .fd = -1 };
}
