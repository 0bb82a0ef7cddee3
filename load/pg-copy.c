/* pg-copy: loads rows(5) into PostgreSQL by COPY, all tables of the input in one transaction. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "load/pg-batch.h"
#include "load/pg-call.h"
#include "load/pg-loaded.h"
#include "load/pg-table.h"
#include "load/pg-target.h"
#include "load/pg-wire.h"
#include "schema/base/prog.h"
#include "schema/digest.h"
#include "schema/rejects.h"
#include "schema/rows.h"
#include "schema/stats.h"

enum { PROGRESS_SECONDS = 10 };

/* What became of a table; it is loaded only once the transaction is. */
struct loaded {
	struct rows_head head; /* its names only, which the job's pool owns */
	const char *oid;       /* with -R, of the pool too */
	uint64_t rows, bytes, rejected;
	struct buf digest;
};

struct job {
	struct pg_call opt;
	struct rows_reader in;
	struct rows_head head; /* as the target calls it */
	struct target target;
	struct binary binary; /* for tables that can go so */
	struct pg_wire wire;
	struct batch batch; /* instead, with rejects allowed */
	struct rejects rejects;
	struct digest digest, refused;
	struct pg_loaded marker; /* with -R */
	struct buf restore;      /* SQL for the end */
	uint64_t bytes;          /* of the current table */
	uint64_t rows;           /* of all tables */
	time_t begun, told;
	struct loaded *loaded;
	size_t nloaded, cap;
	struct pool pool;
};

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

static void
open_session(struct job *job)
{
	target_connect(&job->target, job->opt.target);
	for (size_t i = 0; i < job->opt.nsettings; i++)
		target_set(&job->target, job->opt.settings[i]);
}

/* --- exactly once --------------------------------------------------------------------------------- */

/* What the first time wrote, so that whoever reads the statistics sees the same figures. */
static void
tell_marker(struct job *job, struct str schema, struct str table)
{
	const struct pg_loaded *m = &job->marker;
	struct rows_head head = { .schema = schema, .table = table };
	struct buf name = { 0 };

	pg_relation_where(&name, schema, table);
	warn("%s: already loaded by run %s: %ju rows", buf_cstr(&name),
	     show(str_cstr(m->run)).text, (uintmax_t)m->rows);
	stats_table(&head, m->rows, m->bytes, m->rejected);
	if (job->opt.digest && m->digest.p)
		stats_digest(m->digest);
	stats_already(&head);
	buf_release(&name);
}

/* Whether the range is in this table already. */
static bool
find_marker(struct job *job, struct str schema, struct str table)
{
	struct pg_loaded *m = &job->marker;
	struct pg_relation rel;

	m->run = job->opt.run;
	m->range = job->opt.range ? job->opt.range : "";
	job->target.where.n = 0;
	pg_relation_where(&job->target.where, schema, table);
	buf_cstr(&job->target.where);
	if (!pg_relation_read(&rel, job->target.conn, schema, table))
		die(STATUS_BAD, "%s: no such table in the target", job->target.where.p);
	m->oid = pool_str(&job->pool, str_cstr(rel.oid)).p;
	pg_relation_release(&rel);
	return pg_loaded_find(m, &job->target, schema, table);
}

/* The range is in its first table: it is in all that were loaded with it, or something is wrong. */
static _Noreturn void
tell_already(struct job *job, struct str schema, struct str table)
{
	PGresult *others;

	tell_marker(job, schema, table);
	others = pg_loaded_others(&job->marker, &job->target);
	for (int i = 0; i < PQntuples(others); i++) {
		schema = pg_value(others, i, 0);
		table = pg_value(others, i, 1);
		if (!find_marker(job, schema, table))
			die(STATUS_BAD,
			    "%s: is not the table that run %s loaded together with others: empty "
			    "them with pg-copy -Z, and load all of them again",
			    job->target.where.p, show(str_cstr(job->opt.run)).text);
		tell_marker(job, schema, table);
	}
	PQclear(others);
	stats_finish();
	target_abort(&job->target, "nothing to do");
	exit(STATUS_OK);
}

static void
claim(struct job *job)
{
	const struct rows_head *h = &job->head;

	if (pg_loaded_claim(&job->marker, &job->target, h->schema, h->table))
		return;
	target_run(&job->target, "ROLLBACK");
	if (!job->nloaded && pg_loaded_find(&job->marker, &job->target, h->schema, h->table))
		tell_already(job, h->schema, h->table);
	die(STATUS_AGAIN, "%s: another pg-copy loads this range, or its table went away",
	    job->target.where.p);
}

/* --- tables --------------------------------------------------------------------------------------- */

static bool
was_loaded(const struct job *job, const struct rows_head *head)
{
	for (size_t i = 0; i < job->nloaded; i++)
		if (str_eq(job->loaded[i].head.schema, head->schema) &&
		    str_eq(job->loaded[i].head.table, head->table))
			return true;
	return false;
}

/* Names of -n and -t are of one table, and of each table a range has one part. */
static void
check_single(struct job *job)
{
	const struct pg_call *opt = &job->opt;
	struct err e = { 0 };

	if (job->nloaded && (opt->schema.p || opt->table.p))
		err_set(&e, STATUS_USAGE,
			"%s:%ju: a second table, and options -n and -t name one",
			job->in.in.name, (uintmax_t)job->in.in.line);
	else if (opt->run && was_loaded(job, &job->head))
		err_set(&e, STATUS_USAGE,
			"%s:%ju: the table came before, and a range is one part of it (-R)",
			job->in.in.name, (uintmax_t)job->in.in.line);
	if (e.status)
		give_up(job, &e);
}

static void
name_table(struct job *job)
{
	const struct pg_call *opt = &job->opt;

	job->head = job->in.head;
	if (opt->schema.p)
		job->head.schema = opt->schema;
	else if (!job->head.schema.n)
		job->head.schema = STR("public");
	if (opt->table.p)
		job->head.table = opt->table;
}

/* The connection, and what can be known before the first row of the first table. */
static void
begin(struct job *job)
{
	const struct pg_call *opt = &job->opt;

	name_table(job);
	if (!job->target.conn)
		open_session(job);
	if (opt->run && !job->marker.oid && find_marker(job, job->head.schema, job->head.table))
		tell_already(job, job->head.schema, job->head.table);
	target_begin(&job->target);
	if (opt->run)
		claim(job);
	/* Not before: it holds what was set aside when the range was loaded, maybe by a twin just now. */
	rejects_open(&job->rejects, opt->rejects);
}

static void
prepare(struct job *job, const struct pg_relation *rel)
{
	struct pg_table_options how = job->opt.prepare;
	bool again = was_loaded(job, &job->head);

	/* A table that comes in two parts is emptied before the first. */
	how.empty = how.empty && !again;
	how.refuse = how.refuse && !again;
	pg_table_prepare(&job->target, rel, &how, &job->restore);
	if (job->opt.run && how.empty)
		pg_loaded_forget(&job->target, rel->oid, &job->marker);
}

/* What encodes the table's rows; NULL when they go as text. */
static struct binary *
binary_for(struct job *job, const struct pg_relation *rel)
{
	struct buf why = { 0 };
	bool can;

	if (job->opt.format == PG_TEXT)
		return NULL;
	can = pg_binary_begin(&job->binary, &job->target, rel, &why);
	if (!can && job->opt.format == PG_BINARY)
		die(STATUS_BAD, "%s: cannot go as COPY BINARY: %s", job->target.where.p,
		    buf_cstr(&why));
	if (!can && job->opt.verbose)
		warn("%s: goes as text: %s", job->target.where.p, buf_cstr(&why));
	buf_release(&why);
	return can ? &job->binary : NULL;
}

static void
start_rows(struct job *job, const struct pg_relation *rel)
{
	struct binary *binary = binary_for(job, rel);

	rejects_begin_table(&job->rejects, &job->head);
	if (job->rejects.allowed) {
		job->batch.target = &job->target;
		job->batch.rejects = &job->rejects;
		job->batch.refused = job->opt.digest ? &job->refused : NULL;
		job->batch.binary = binary;
		batch_begin(&job->batch, rel);
	} else if (!pg_wire_begin(&job->wire, &job->target, binary)) {
		target_die(&job->target);
	}
}

static void
begin_table(struct job *job)
{
	struct pg_relation rel;

	name_table(job);
	check_single(job);
	job->in.want_cells = job->opt.digest || job->rejects.allowed;
	job->bytes = 0;
	job->begun = job->told = now();
	target_table(&job->target, &job->head, &rel);
	target_name_session(&job->target, buf_str(&job->target.where),
			    str_cstr(job->opt.range ? job->opt.range : ""));
	if (job->opt.run && job->nloaded) {
		job->marker.oid = pool_str(&job->pool, str_cstr(rel.oid)).p;
		claim(job);
	}
	prepare(job, &rel);
	if (job->opt.digest) {
		digest_init(&job->digest, &job->head);
		digest_init(&job->refused, &job->head);
	}
	start_rows(job, &rel);
	pg_relation_release(&rel);
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
	if (job->rejects.allowed)
		batch_block(&job->batch, b);
	else if (!pg_wire_block(&job->wire, b))
		target_die(&job->target);
	if (job->opt.digest)
		digest_add(&job->digest, b);
	tell_progress(job);
}

/* Whether the input ends here. What a comment behind the last table hides is only found later. */
static bool
input_ends(struct rows_reader *in)
{
	struct err e = { 0 };

	return in->in.beg == in->in.end && input_more(&in->in, in->in.cap, &e) == 0;
}

static void
end_rows(struct job *job)
{
	struct rejects *r = &job->rejects;

	if (!r->allowed) {
		if (!pg_wire_end(&job->wire))
			target_die(&job->target);
		return;
	}
	batch_end(&job->batch, job->nloaded == 0 && input_ends(&job->in));
	rejects_end_table(r);
	if (r->table_count)
		warn("%s: %ju of %ju rows set aside", job->target.where.p,
		     (uintmax_t)r->table_count, (uintmax_t)job->in.rows);
}

static void
end_table(struct job *job)
{
	struct loaded *l;
	uint64_t refused;

	end_rows(job);
	refused = job->rejects.table_count;
	if (job->nloaded == job->cap) {
		job->cap = job->cap ? 2 * job->cap : 16;
		job->loaded = mem_grow(job->loaded, job->cap, sizeof(*job->loaded));
	}
	l = &job->loaded[job->nloaded++];
	*l = (struct loaded){ .oid = job->marker.oid,
			      .rows = job->in.rows - refused,
			      .bytes = job->bytes,
			      .rejected = job->in.rejected + refused };
	job->rows += job->in.rows;
	l->head.schema = pool_str(&job->pool, job->head.schema);
	l->head.table = pool_str(&job->pool, job->head.table);
	if (job->opt.digest) {
		digest_subtract(&job->digest, &job->refused);
		digest_line(&job->digest, &job->head, &l->digest);
		digest_release(&job->digest);
		digest_release(&job->refused);
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

/* --- the whole ------------------------------------------------------------------------------------ */

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
	int timeout = job->opt.verbose ? PROGRESS_SECONDS * 1000 : -1, ready = 0;

	while (ready != 1 && needs_input(&job->in.in)) {
		ready = target_wait(&job->target, job->in.in.fd, timeout);
		if (ready < 0 && !job->rejects.allowed)
			target_die(&job->target);
		if (ready < 0)
			batch_failed(&job->batch);
		tell_progress(job);
	}
	return rows_next(&job->in, block);
}

/* Rows that are in no table must not be lost with the machine either; what is no file cannot be synced. */
static void
sync_rejects(struct rejects *r)
{
	if (!r->count)
		return;
	output_flush(&r->out);
	if (fsync(r->out.fd) < 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS)
		die(STATUS_BAD, "%s: %s", r->path, strerror(errno));
}

/* Before COMMIT: what was set aside is on disk, the marker has its figures. */
static void
finish(struct job *job)
{
	sync_rejects(&job->rejects);
	rejects_finish(&job->rejects, job->rows);
	if (job->restore.n) {
		/* With checks still to come the server would not let the table be altered. */
		target_run(&job->target, "SET CONSTRAINTS ALL IMMEDIATE");
		target_run(&job->target, buf_cstr(&job->restore));
	}
	for (size_t i = 0; job->opt.run && i < job->nloaded; i++) {
		struct loaded *l = &job->loaded[i];

		job->marker.oid = l->oid;
		job->marker.rows = l->rows;
		job->marker.bytes = l->bytes;
		job->marker.rejected = l->rejected;
		job->marker.digest = job->opt.digest ? buf_str(&l->digest) : STR_NONE;
		pg_loaded_complete(&job->marker, &job->target);
	}
	target_commit(&job->target);
}

/* An input that has nothing to load must not trouble a server, so the first table comes before the connection. */
static void
load(struct job *job)
{
	struct rows_block block;
	enum rows_event event = rows_next(&job->in, &block);

	if (event == ROWS_TABLE)
		begin(job);
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
	finish(job);
}

/* -Z. A step of its own, since the ranges of a table are loaded by many processes. */
static void
only_empty(struct job *job)
{
	struct pg_call *opt = &job->opt;
	struct str schema = opt->schema.p ? opt->schema : STR("public");
	struct pg_relation rel;

	open_session(job);
	pg_relation_where(&job->target.where, schema, opt->table);
	buf_cstr(&job->target.where);
	target_begin(&job->target);
	if (!pg_relation_read(&rel, job->target.conn, schema, opt->table))
		die(STATUS_BAD, "%s: no such table in the target", job->target.where.p);
	pg_table_empty(&job->target, &rel, schema, opt->table);
	pg_loaded_forget(&job->target, rel.oid, NULL);
	pg_relation_release(&rel);
	target_commit(&job->target);
}

static void
load_input(struct job *job)
{
	const struct pg_call *opt = &job->opt;

	/* A range that is there needs no input. */
	if (opt->run && opt->schema.p && opt->table.p) {
		open_session(job);
		if (find_marker(job, opt->schema, opt->table))
			tell_already(job, opt->schema, opt->table);
	}
	if (rows_open(&job->in, NULL) < 0)
		err_die(&job->in.err);
	load(job);
	write_stats(job);
	rows_close(&job->in);
	batch_release(&job->batch);
	binary_release(&job->binary);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };

	prog_init(argv[0]);
	pg_call_read(&job.opt, &job.rejects, argc, argv);
	stats_open(job.opt.stats);
	if (job.opt.only_empty)
		only_empty(&job);
	else
		load_input(&job);
	pg_loaded_release(&job.marker);
	buf_release(&job.restore);
	pool_release(&job.pool);
	pg_call_release(&job.opt);
	free(job.loaded);
	return STATUS_OK;
}
