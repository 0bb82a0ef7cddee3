/* pg-rows: writes a table of PostgreSQL as rows(5). */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/pg/quote.h"
#include "schema/pg/relation.h"
#include "schema/rows.h"
#include "schema/stats.h"

static const char usage[] =
    "usage: pg-rows [-ghV] [-n schema] [-o file] [-S file] -t table [source]\n"
    "Writes a table of PostgreSQL as rows(5).\n"
    "  source     postgresql://… or a connection string; without it PGTIDE_SOURCE, or\n"
    "             else PGTIDE_TARGET\n"
    "  -g         generated columns too\n"
    "  -n schema  of the table; public by default\n"
    "  -o file    write there instead of to standard output\n"
    "  -S file    write statistics there\n"
    "  -t table   the table, a view or a foreign table\n"
    "  -h, -V     this help, the version\n";

struct options {
	struct str schema, table;
	const char *source, *output, *stats;
	bool generated;
};

struct job {
	struct options opt;
	PGconn *conn;
	struct pg_relation rel;
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

	*opt = (struct options){ .schema = STR("public") };
	while ((c = getopt(argc, argv, ":ghn:o:S:t:V")) != -1) {
		switch (c) {
		case 'g': opt->generated = true; break;
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'o': opt->output = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 't': opt->table = escape_arg(c, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got another operand too");
	if (!opt->table.p)
		die(STATUS_USAGE, "option -t: which table is to be read");
	opt->source = argv[optind];
}

static void
make_head(struct job *job)
{
	static struct rows_attr target = { { "target", 6 }, { "postgresql", 10 } };
	struct rows_head *h = &job->head;

	*h = (struct rows_head){ .schema = job->opt.schema,
				 .table = job->opt.table,
				 .attrs = &target,
				 .nattrs = 1 };
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

/* A query, because COPY of a table refuses generated columns and views. */
static void
start_copy(struct job *job)
{
	struct buf sql = { 0 };

	buf_add(&sql, STR("COPY (SELECT "));
	for (size_t i = 0; i < job->head.ncols; i++) {
		if (i)
			buf_add(&sql, STR(", "));
		pg_quote_ident(&sql, job->head.names[i]);
	}
	buf_add(&sql, STR(" FROM "));
	pg_relation_only(&job->rel, &sql, job->opt.schema, job->opt.table);
	buf_add(&sql, STR(") TO STDOUT"));
	PQclear(pg_query(job->conn, job->where.p, buf_cstr(&sql), 0, NULL));
	buf_release(&sql);
}

static void
begin(struct job *job)
{
	const char *encoding;

	job->conn = pg_connect(job->opt.source,
			       getenv("PGTIDE_SOURCE") ? "PGTIDE_SOURCE" : "PGTIDE_TARGET");
	pg_relation_where(&job->where, job->opt.schema, job->opt.table);
	buf_cstr(&job->where);
	PQclear(pg_query(job->conn, "begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
			 0, NULL));
	if (!pg_relation_read(&job->rel, job->conn, job->opt.schema, job->opt.table))
		die(STATUS_BAD, "%s: no such table", job->where.p);
	/* Servers with any other encoding make valid UTF-8 of it, or an error. */
	encoding = PQparameterStatus(job->conn, "server_encoding");
	job->check_utf8 = !encoding || strcmp(encoding, "SQL_ASCII") == 0;
	make_head(job);
	start_copy(job);
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

static void
copy_rows(struct job *job)
{
	char *p;
	int n;

	while ((n = PQgetCopyData(job->conn, &p, 0)) > 0) {
		struct str row = str_of(p, (size_t)n);

		job->rows++;
		if (job->check_utf8 && utf8_valid(row) != row.n)
			die(STATUS_BAD, "%s: row %ju: invalid UTF-8", job->where.p,
			    (uintmax_t)job->rows);
		write_row(job, row);
		PQfreemem(p);
	}
	if (n != -1)
		pg_die(job->conn, NULL, job->where.p);
}

static void
check_end(struct job *job)
{
	PGresult *res = PQgetResult(job->conn);
	uint64_t count;

	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		pg_die(job->conn, res, job->where.p);
	if (!num_u64(str_cstr(PQcmdTuples(res)), &count) || count != job->rows)
		die(STATUS_BAD, "%s: got %ju rows, the server sent %s", job->where.p,
		    (uintmax_t)job->rows, PQcmdTuples(res));
	PQclear(res);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	stats_open(job.opt.stats);
	begin(&job);
	output_open_path(&job.out, job.opt.output);
	rows_write_head(&job.out, &job.head);
	job.bytes = job.out.total;
	copy_rows(&job);
	job.bytes = job.out.total - job.bytes;
	check_end(&job);
	rows_write_end(&job.out, job.rows, 0);
	output_close(&job.out);
	pg_close(job.conn);
	stats_table(&job.head, job.rows, job.bytes, 0);
	stats_finish();
	pg_relation_release(&job.rel);
	free(job.head.names);
	free(job.head.types);
	buf_release(&job.where);
	return STATUS_OK;
}
