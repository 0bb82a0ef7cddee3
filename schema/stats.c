/* The side channel of a stage: its own figures. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "schema/escape.h"
#include "schema/stats.h"

/* One per program, and reachable from atexit(), which passes no argument. */
static struct {
	int fd;
	const char *path;
	struct buf text;
	struct timespec begin;
	bool at_exit; /* finish_at_exit() will be called */
} stats = { .fd = -1 };

static void
add_field(struct str s)
{
	buf_addc(&stats.text, '\t');
	escape_add(&stats.text, s);
}

/* Everything gathered so far, once. */
static bool
write_out(void)
{
	struct timespec now;
	int fd = stats.fd;
	bool whole;

	if (fd < 0)
		return true;
	stats.fd = -1;
	clock_gettime(CLOCK_MONOTONIC, &now);
	buf_addf(&stats.text, "seconds\t%.3f\n",
		 (double)(now.tv_sec - stats.begin.tv_sec) +
		     (double)(now.tv_nsec - stats.begin.tv_nsec) / 1e9);
	whole = write(fd, stats.text.p, stats.text.n) == (ssize_t)stats.text.n;
	whole = close(fd) == 0 && whole;
	buf_release(&stats.text);
	return whole;
}

static void
finish_at_exit(void)
{
	if (!write_out())
		warn("%s: cannot write the statistics", stats.path);
}

void
stats_open(const char *path)
{
	if (!path)
		return;
	stats.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (stats.fd < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	stats.path = path;
	clock_gettime(CLOCK_MONOTONIC, &stats.begin);
	buf_addf(&stats.text, "stage\t%s\n", prog_name());
	if (!stats.at_exit && atexit(finish_at_exit) != 0)
		die(STATUS_BAD, "%s: atexit failed", path);
	stats.at_exit = true;
}

void
stats_table(const struct rows_head *head, uint64_t rows, uint64_t bytes, uint64_t rejected)
{
	if (stats.fd < 0)
		return;
	buf_add(&stats.text, STR("table"));
	add_field(head->schema);
	add_field(head->table);
	buf_addf(&stats.text, "\t%ju\t%ju\t%ju\n", (uintmax_t)rows, (uintmax_t)bytes,
		 (uintmax_t)rejected);
}

void
stats_altered(const struct rows_head *head, struct str column, struct str rule, uint64_t count)
{
	if (stats.fd < 0 || count == 0)
		return;
	buf_add(&stats.text, STR("altered"));
	add_field(head->schema);
	add_field(head->table);
	add_field(column);
	add_field(rule);
	buf_addf(&stats.text, "\t%ju\n", (uintmax_t)count);
}

void
stats_over(uint64_t count)
{
	if (stats.fd >= 0)
		buf_addf(&stats.text, "over\t%ju\n", (uintmax_t)count);
}

void
stats_already(const struct rows_head *head)
{
	if (stats.fd < 0)
		return;
	buf_add(&stats.text, STR("already"));
	add_field(head->schema);
	add_field(head->table);
	buf_addc(&stats.text, '\n');
}

void
stats_figure(const char *name, uint64_t value)
{
	if (stats.fd >= 0)
		buf_addf(&stats.text, "%s\t%ju\n", name, (uintmax_t)value);
}

void
stats_digest(struct str line)
{
	if (stats.fd < 0)
		return;
	buf_add(&stats.text, STR("digest\t"));
	buf_add(&stats.text, line);
}

void
stats_forget(void)
{
	if (stats.fd >= 0)
		close(stats.fd);
	stats.fd = -1;
	buf_release(&stats.text);
}

void
stats_finish(void)
{
	/* Figures that are lost make a report wrong: that fails the stage. */
	if (!write_out())
		die(STATUS_BAD, "%s: cannot write the statistics", stats.path);
}
