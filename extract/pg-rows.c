/* pg-rows: writes tables of PostgreSQL as rows(5). */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/pg/quote.h"
#include "schema/pg/relation.h"
#include "schema/rows.h"
#include "schema/schema.h"
#include "schema/stats.h"
#include "schema/table-args.h"

static const char usage[] =
    "usage: pg-rows [-ghV] [-j sessions] [-n schema] [-o file] [-s file] [-S file] -t table… [source]\n"
    "Writes tables of PostgreSQL as rows(5).\n"
    "  source     postgresql://… or a connection string; without it PGTIDE_SOURCE, or\n"
    "             else PGTIDE_TARGET\n"
    "  -g         generated columns too\n"
    "  -j sessions  so many read a big table at once, a part each; rows come in any order then\n"
    "  -n schema  of the tables behind it; public by default\n"
    "  -o file    write there instead of to standard output\n"
    "  -s file    the columns that this schema(5) text has, in its order\n"
    "  -S file    write statistics there\n"
    "  -t table   a table, a view or a foreign table; may be given several times\n"
    "  -h, -V     this help, the version\n";

/* What is smaller with all that belongs to it one session reads. Older servers read all pages for some of them. */
enum { BIG_TABLE = 64 * 1024 * 1024, VERSION_OF_PARTS = 140000 };

struct options {
	struct table_args tables;
	const char *source, *output, *schema_file, *stats;
	size_t sessions;
	bool generated;
};

/* A connection, and what came of the table over it. */
struct session {
	PGconn *conn;
	uint64_t rows;
	bool reads;
};

struct job {
	struct options opt;
	struct str schema, table; /* the one that is read */
	PGconn *conn;             /* the first session's */
	struct session sessions[PG_SESSIONS_MAX];
	size_t nsessions; /* that are connected */
	size_t nparts;    /* of the table, for so many of them */
	struct pg_relation rel;
	struct schema wanted; /* of -s */
	struct rows_head head;
	struct buf where;
	struct output out;
	bool check_utf8;
	uint64_t rows, bytes;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ .sessions = 1 };
	while ((c = getopt(argc, argv, ":ghj:n:o:s:S:t:V")) != -1) {
		switch (c) {
		case 'g': opt->generated = true; break;
		case 'j':
			if (!num_size(str_cstr(optarg), PG_SESSIONS_MAX, &opt->sessions) ||
			    opt->sessions == 0)
				die(STATUS_USAGE, "option -j: %s is no number from 1 to %d",
				    show(str_cstr(optarg)).text, PG_SESSIONS_MAX);
			break;
		case 'n': table_args_schema(&opt->tables, optarg); break;
		case 'o': opt->output = optarg; break;
		case 's': opt->schema_file = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 't': table_args_table(&opt->tables, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got another operand too");
	if (!opt->tables.n)
		die(STATUS_USAGE, "option -t: which table is to be read");
	opt->source = argv[optind];
}

static const struct pg_column *
find_column(const struct job *job, struct str name)
{
	for (size_t i = 0; i < job->rel.ncols; i++)
		if (str_eq(job->rel.columns[i].name, name))
			return &job->rel.columns[i];
	die(STATUS_BAD, "%s: no column %s", job->where.p, show(name).text);
}

/* Those that expressions made, or all others. Generated ones nobody sent. */
static void
choose_columns(struct job *job, struct rows_head *h, const struct node *table, bool made)
{
	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c)) {
		if (node_has(c, ATTR_GENERATED) || node_has(c, ATTR_EXPR) != made)
			continue;
		h->types[h->ncols] = find_column(job, c->arg[0])->type;
		h->names[h->ncols++] = c->arg[0];
	}
}

/* The columns that were sent, in the order in which they were: cast-rows has what expressions make behind the others. */
static void
choose_sent(struct job *job, struct rows_head *h)
{
	const struct node *table = schema_table(&job->wanted, job->schema, job->table);
	size_t n = 0;

	if (!table)
		die(STATUS_BAD, "%s: no table %s", job->opt.schema_file, job->where.p);
	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c))
		n++;
	h->names = mem_array(n + 1, sizeof(*h->names));
	h->types = mem_array(n + 1, sizeof(*h->types));
	choose_columns(job, h, table, false);
	choose_columns(job, h, table, true);
}

static void
make_head(struct job *job)
{
	static struct rows_attr target = { { "target", 6 }, { "postgresql", 10 } };
	struct rows_head *h = &job->head;

	*h = (struct rows_head){
		.schema = job->schema, .table = job->table, .attrs = &target, .nattrs = 1
	};
	if (job->opt.schema_file) {
		choose_sent(job, h);
		return;
	}
	h->names = mem_array(job->rel.ncols + 1, sizeof(*h->names));
	h->types = mem_array(job->rel.ncols + 1, sizeof(*h->types));
	for (size_t i = 0; i < job->rel.ncols; i++) {
		const struct pg_column *c = &job->rel.columns[i];

		/* Nobody sent them, so what is compared with what was sent must not have them. */
		if (c->generated && !job->opt.generated)
			continue;
		h->names[h->ncols] = c->name;
		h->types[h->ncols++] = c->type;
	}
}

/* --- sessions -------------------------------------------------------------------------------------- */

static void
begin(struct job *job, struct session *s)
{
	s->conn = pg_connect(job->opt.source,
			     getenv("PGTIDE_SOURCE") ? "PGTIDE_SOURCE" : "PGTIDE_TARGET");
	PQclear(pg_query(s->conn, "begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0,
			 NULL));
}

/* All tables are of one instant. */
static void
begin_first(struct job *job)
{
	const char *encoding;

	begin(job, &job->sessions[0]);
	job->conn = job->sessions[0].conn;
	job->nsessions = 1;
	/* Servers with any other encoding make valid UTF-8 of it, or an error. */
	encoding = PQparameterStatus(job->conn, "server_encoding");
	job->check_utf8 = !encoding || strcmp(encoding, "SQL_ASCII") == 0;
}

/* Of the first one's instant. */
static void
begin_others(struct job *job)
{
	PGresult *res = pg_query(job->conn, "snapshot", "SELECT pg_export_snapshot()", 0, NULL);
	struct buf sql = { 0 };

	buf_addf(&sql, "SET TRANSACTION SNAPSHOT '%s'", PQgetvalue(res, 0, 0));
	for (; job->nsessions < job->opt.sessions; job->nsessions++) {
		struct session *s = &job->sessions[job->nsessions];

		begin(job, s);
		PQclear(pg_query(s->conn, "snapshot", buf_cstr(&sql), 0, NULL));
	}
	PQclear(res);
	buf_release(&sql);
}

/* --- COPY ------------------------------------------------------------------------------------------ */

/* How many pages a part has; 0 when the table is read as one. Whatever is added to it since our instant we do not see. */
static uint64_t
part_pages(const struct job *job)
{
	static const char sql[] =
	    "SELECT pg_relation_size($1::oid) / current_setting('block_size')::bigint, pg_table_size($1::oid)";
	uint64_t pages = 0, bytes = 0;
	PGresult *res;

	if (job->opt.sessions == 1 || job->rel.kind != 'r' ||
	    PQserverVersion(job->conn) < VERSION_OF_PARTS)
		return 0;
	res = pg_query(job->conn, job->where.p, sql, 1, &job->rel.oid);
	if (!num_u64(pg_value(res, 0, 0), &pages) || !num_u64(pg_value(res, 0, 1), &bytes) ||
	    bytes < BIG_TABLE || pages < job->opt.sessions)
		pages = 0;
	PQclear(res);
	return pages / job->opt.sessions;
}

/* A query, because COPY of a table refuses generated columns and views. */
static void
start_copy(const struct job *job, struct session *s, const char *where)
{
	struct buf sql = { 0 };

	buf_add(&sql, STR("COPY (SELECT "));
	for (size_t i = 0; i < job->head.ncols; i++) {
		if (i)
			buf_add(&sql, STR(", "));
		pg_quote_ident(&sql, job->head.names[i]);
	}
	buf_add(&sql, STR(" FROM "));
	pg_relation_only(&job->rel, &sql, job->schema, job->table);
	buf_addf(&sql, "%s) TO STDOUT", where);
	PQclear(pg_query(s->conn, job->where.p, buf_cstr(&sql), 0, NULL));
	s->rows = 0;
	s->reads = true;
	buf_release(&sql);
}

/* The last part has no end. */
static void
start_parts(struct job *job, uint64_t pages)
{
	if (job->nsessions < job->opt.sessions)
		begin_others(job);
	job->nparts = job->nsessions;
	for (size_t i = 0; i < job->nparts; i++) {
		struct buf where = { 0 };

		buf_addf(&where, " WHERE ctid >= '(%ju,0)'", (uintmax_t)(pages * i));
		if (i + 1 < job->nparts)
			buf_addf(&where, " AND ctid < '(%ju,0)'", (uintmax_t)(pages * (i + 1)));
		start_copy(job, &job->sessions[i], buf_cstr(&where));
		buf_release(&where);
	}
}

static void
begin_table(struct job *job, const struct table_arg *arg)
{
	uint64_t pages;

	job->schema = arg->schema.p ? arg->schema : STR("public");
	job->table = arg->table;
	job->where.n = 0;
	pg_relation_where(&job->where, job->schema, job->table);
	buf_cstr(&job->where);
	if (!pg_relation_read(&job->rel, job->conn, job->schema, job->table))
		die(STATUS_BAD, "%s: no such table", job->where.p);
	make_head(job);
	pages = part_pages(job);
	if (pages) {
		start_parts(job, pages);
		return;
	}
	job->nparts = 1;
	start_copy(job, &job->sessions[0], "");
}

/*
 * PostgreSQL's escapes are those of rows(5), except that it does not know what a # at the beginning of a field is
 * there.
 */
static void
write_row(struct job *job, struct str row)
{
	const char *at = row.p, *end = row.p + row.n, *from = row.p;

	for (; (at = memchr(at, '#', (size_t)(end - at))) != NULL; at++) {
		if (at > row.p && at[-1] != '\t')
			continue;
		output_add(&job->out, str_of(from, (size_t)(at - from)));
		output_addc(&job->out, '\\');
		from = at;
	}
	output_add(&job->out, str_of(from, (size_t)(end - from)));
}

/* What the session has; false when that was its last row. */
static bool
copy_rows(struct job *job, struct session *s)
{
	char *p;
	int n;

	while ((n = PQgetCopyData(s->conn, &p, 1)) > 0) {
		struct str row = str_of(p, (size_t)n);

		s->rows++;
		job->rows++;
		if (job->check_utf8 && utf8_valid(row) != row.n)
			die(STATUS_BAD, "%s: row %ju: invalid UTF-8", job->where.p,
			    (uintmax_t)job->rows);
		write_row(job, row);
		PQfreemem(p);
	}
	if (n < -1)
		pg_die(s->conn, NULL, job->where.p);
	return n == 0;
}

static void
check_end(const struct job *job, struct session *s)
{
	PGresult *res = PQgetResult(s->conn);
	uint64_t count;

	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		pg_die(s->conn, res, job->where.p);
	if (!num_u64(str_cstr(PQcmdTuples(res)), &count) || count != s->rows)
		die(STATUS_BAD, "%s: got %ju rows, the server sent %s", job->where.p,
		    (uintmax_t)s->rows, PQcmdTuples(res));
	PQclear(res);
	/* Nothing else may come, or the next query would get it. */
	while ((res = PQgetResult(s->conn)) != NULL)
		PQclear(res);
}

/* Until a session has something to say. */
static void
wait_for_rows(struct job *job)
{
	struct pollfd fds[PG_SESSIONS_MAX];

	for (size_t i = 0; i < job->nparts; i++)
		fds[i] = (struct pollfd){ .fd = job->sessions[i].reads
					      ? PQsocket(job->sessions[i].conn)
					      : -1,
					  .events = POLLIN };
	if (poll(fds, (nfds_t)job->nparts, -1) < 0) {
		if (errno != EINTR)
			die(STATUS_BAD, "poll: %s", strerror(errno));
		return;
	}
	for (size_t i = 0; i < job->nparts; i++)
		if (fds[i].revents && !PQconsumeInput(job->sessions[i].conn))
			pg_die(job->sessions[i].conn, NULL, job->where.p);
}

static void
copy_parts(struct job *job)
{
	size_t left = job->nparts;

	for (;;) {
		for (size_t i = 0; i < job->nparts; i++) {
			struct session *s = &job->sessions[i];

			if (!s->reads || copy_rows(job, s))
				continue;
			check_end(job, s);
			s->reads = false;
			left--;
		}
		if (!left)
			return;
		wait_for_rows(job);
	}
}

static void
write_table(struct job *job, const struct table_arg *arg)
{
	begin_table(job, arg);
	if (!job->out.p)
		output_open_path(&job->out, job->opt.output);
	rows_write_head(&job->out, &job->head);
	job->bytes = job->out.total;
	job->rows = 0;
	copy_parts(job);
	job->bytes = job->out.total - job->bytes;
	rows_write_end(&job->out, job->rows, 0);
	stats_table(&job->head, job->rows, job->bytes, 0);
	pg_relation_release(&job->rel);
	free(job->head.names);
	free(job->head.types);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct err e = { 0 };

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	stats_open(job.opt.stats);
	schema_init(&job.wanted);
	if (job.opt.schema_file && schema_read(&job.wanted, job.opt.schema_file, 0, &e) < 0)
		err_die(&e);
	begin_first(&job);
	for (size_t i = 0; i < job.opt.tables.n; i++)
		write_table(&job, &job.opt.tables.p[i]);
	output_close(&job.out);
	for (size_t i = 0; i < job.nsessions; i++)
		pg_close(job.sessions[i].conn);
	stats_finish();
	table_args_release(&job.opt.tables);
	schema_release(&job.wanted);
	buf_release(&job.where);
	return STATUS_OK;
}
