/* pg-copy: loads rows(5) into PostgreSQL by COPY, all tables of the input in one transaction. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "load/pg-target.h"
#include "load/pg-text.h"
#include "schema/base/prog.h"
#include "schema/digest.h"
#include "schema/escape.h"
#include "schema/rows.h"
#include "schema/stats.h"

static const char usage[] =
    "usage: pg-copy [-DhTvV] [-n schema] [-S file] [-t table] [target]\n"
    "Loads rows(5) from standard input into PostgreSQL, in one transaction.\n"
    "  target     postgresql://… or a connection string; without it PGTIDE_TARGET\n"
    "  -D         digest of the rows sent, among the statistics\n"
    "  -n schema  load into this schema, whatever #rows says\n"
    "  -S file    write statistics there\n"
    "  -t table   load into this table, whatever #rows says\n"
    "  -T         truncate each table first, in the same transaction\n"
    "  -v         tell the progress every ten seconds\n"
    "  -h, -V     this help, the version\n";

enum { PROGRESS_SECONDS = 10 };

struct options {
	struct str schema, table; /* p NULL: as #rows says */
	bool digest, truncate, verbose;
	const char *stats, *target;
};

/* What became of a table; it is loaded only once the transaction is. */
struct loaded {
	struct rows_head head; /* its names only, which the job's pool owns */
	uint64_t rows, bytes, rejected;
	struct buf digest;
};

struct job {
	struct options opt;
	struct rows_reader in;
	struct rows_head head; /* as the target calls it */
	struct target target;
	struct pg_text text;
	struct digest digest;
	uint64_t bytes; /* of the current table */
	time_t begun, told;
	struct loaded *loaded;
	size_t nloaded, cap;
	struct pool pool;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":Dhn:S:t:TvV")) != -1) {
		switch (c) {
		case 'D': opt->digest = true; break;
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'S': opt->stats = optarg; break;
		case 't': opt->table = escape_arg(c, optarg); break;
		case 'T': opt->truncate = true; break;
		case 'v': opt->verbose = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one target at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	if (opt->digest && !opt->stats)
		die(STATUS_USAGE,
		    "option -D: the digest goes to the statistics, so it needs -S");
	opt->target = argv[optind];
}

static time_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* Rolls back, so that the server's log says why, and dies. */
static _Noreturn void
give_up(struct job *job, const struct err *e)
{
	target_abort(&job->target, e->text);
	err_die(e);
}

static bool
was_loaded(const struct job *job, const struct rows_head *head)
{
	for (size_t i = 0; i < job->nloaded; i++)
		if (str_eq(job->loaded[i].head.schema, head->schema) &&
		    str_eq(job->loaded[i].head.table, head->table))
			return true;
	return false;
}

static void
begin_table(struct job *job)
{
	const struct options *opt = &job->opt;

	if (job->nloaded && (opt->schema.p || opt->table.p)) {
		struct err e = { 0 };

		err_set(&e, STATUS_USAGE,
			"%s:%ju: a second table, and options -n and -t name one",
			job->in.in.name, (uintmax_t)job->in.in.line);
		give_up(job, &e);
	}
	job->head = job->in.head;
	if (opt->schema.p)
		job->head.schema = opt->schema;
	else if (!job->head.schema.n)
		job->head.schema = STR("public");
	if (opt->table.p)
		job->head.table = opt->table;
	job->in.want_cells = opt->digest;
	job->bytes = 0;
	job->begun = job->told = now();
	/* A table that comes in two parts is emptied before the first. */
	target_begin_table(&job->target, &job->head,
			   opt->truncate && !was_loaded(job, &job->head), PG_TEXT_FORMAT);
	pg_text_begin(&job->text);
	if (opt->digest)
		digest_init(&job->digest, &job->head);
}

static void
tell_progress(struct job *job)
{
	time_t t = now();
	double seconds = t > job->begun ? (double)(t - job->begun) : 1;

	if (!job->opt.verbose || t - job->told < PROGRESS_SECONDS)
		return;
	job->told = t;
	warn("%s: %ju rows, %.1f MB, %.0f rows/s", job->target.where.p, (uintmax_t)job->in.rows,
	     (double)job->bytes / 1e6, (double)job->in.rows / seconds);
}

static void
take_block(struct job *job, const struct rows_block *b)
{
	job->bytes += b->bytes.n;
	pg_text_block(&job->text, &job->target, b);
	if (job->opt.digest)
		digest_add(&job->digest, b);
	tell_progress(job);
}

static void
end_table(struct job *job)
{
	struct loaded *l;

	target_end_table(&job->target, job->in.rows);
	if (job->nloaded == job->cap) {
		job->cap = job->cap ? 2 * job->cap : 16;
		job->loaded = mem_grow(job->loaded, job->cap, sizeof(*job->loaded));
	}
	l = &job->loaded[job->nloaded++];
	*l = (struct loaded){ .rows = job->in.rows,
			      .bytes = job->bytes,
			      .rejected = job->in.rejected };
	l->head.schema = pool_str(&job->pool, job->head.schema);
	l->head.table = pool_str(&job->pool, job->head.table);
	if (job->opt.digest) {
		digest_line(&job->digest, &job->head, &l->digest);
		digest_release(&job->digest);
	}
}

static void
write_stats(struct job *job)
{
	for (size_t i = 0; i < job->nloaded; i++) {
		struct loaded *l = &job->loaded[i];

		stats_table(&l->head, l->rows, l->bytes, l->rejected);
		if (job->opt.digest)
			stats_digest(buf_str(&l->digest));
		buf_release(&l->digest);
	}
	stats_finish();
}

/* Whether the reader will have to read for its next event. A piece of a row that is left over has no newline. */
static bool
needs_input(const struct input *in)
{
	return !in->eof && !memchr(in->p + in->beg, '\n', in->end - in->beg);
}

/* The next event; while the input gives nothing, the server is watched. */
static enum rows_event
next_event(struct job *job, struct rows_block *block)
{
	int timeout = job->opt.verbose ? PROGRESS_SECONDS * 1000 : -1;

	if (needs_input(&job->in.in))
		while (!target_wait(&job->target, job->in.in.fd, timeout))
			tell_progress(job);
	return rows_next(&job->in, block);
}

/* An input that has nothing to load must not trouble a server, so the first table comes before the connection. */
static void
load(struct job *job)
{
	struct rows_block block;
	enum rows_event event = rows_next(&job->in, &block);

	if (event == ROWS_TABLE)
		target_begin(&job->target, job->opt.target);
	while (event > ROWS_EOF) {
		if (event == ROWS_TABLE)
			begin_table(job);
		else if (event == ROWS_BLOCK)
			take_block(job, &block);
		else
			end_table(job);
		event = next_event(job, &block);
	}
	if (event == ROWS_ERROR)
		give_up(job, &job->in.err);
	target_commit(&job->target);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	stats_open(job.opt.stats);
	if (rows_open(&job.in, NULL) < 0)
		err_die(&job.in.err);
	load(&job);
	write_stats(&job);
	rows_close(&job.in);
	pool_release(&job.pool);
	free(job.loaded);
	return STATUS_OK;
}
