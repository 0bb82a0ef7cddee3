/*
 * cast-rows: rows of a source to rows for PostgreSQL, by the schema that cast-schema made;
 * nothing changes unseen.
 */
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/stats.h"
#include "transform/cast-rows.h"

static const char usage[] =
    "usage: cast-rows [-hV] [-e limit -E file] [-o file] [-S stats] -s schema [file]\n"
    "Casts the values of rows(5) as cast-schema decided; refuses what PostgreSQL would change silently.\n"
    "  -e limit   set aside so many rows that cannot pass, or so many percent (0.1%)\n"
    "  -E file    write them there, as they came, each with its reason\n"
    "  -o file    write there instead of to standard output\n"
    "  -S stats   write figures there\n"
    "  -s schema  the schema of the target, from cast-schema\n"
    "  -h, -V     this help, the version\n";

struct options {
	const char *schema, *input, *output, *rejects, *stats;
};

struct job {
	struct options opt;
	struct schema schema;
	struct rows_reader in;
	struct output out;
	struct cast_table table;
	struct rejects rejects;
	uint64_t begin; /* where the rows of the table begin in the output */
	uint64_t read;  /* rows of all tables */
	/*
	 * The #end of the table before, kept back until the next one begins or all is well: with a last #end the
	 * stream is whole to whoever reads it.
	 */
	bool end_owed;
	uint64_t end_rows, end_rejected;
};

static void
parse_options(struct options *opt, struct rejects *rejects, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":e:E:ho:S:s:V")) != -1) {
		switch (c) {
		case 'e': rejects_limit(rejects, optarg); break;
		case 'E': opt->rejects = optarg; break;
		case 'o': opt->output = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 's': opt->schema = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one file at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	opt->input = argv[optind];
	if (!opt->schema)
		die(STATUS_USAGE, "option -s is missing: the schema from cast-schema");
}

static void
read_schema(struct job *job)
{
	struct err e = { 0 };

	schema_init(&job->schema);
	if (schema_read(&job->schema, job->opt.schema, 0, &e) < 0)
		err_die(&e);
	if (!job->schema.target.p)
		die(STATUS_USAGE,
		    "%s: not the schema of a target: run it through cast-schema first",
		    job->schema.file);
}

static void
pay_end(struct job *job)
{
	if (job->end_owed)
		rows_write_end(&job->out, job->end_rows, job->end_rejected);
	job->end_owed = false;
}

static void
begin_table(struct job *job)
{
	pay_end(job);
	rejects_begin_table(&job->rejects, &job->in.head);
	cast_prepare(&job->table, &job->schema, &job->in.head);
	job->in.want_cells = job->table.any;
	rows_write_head(&job->out, &job->table.head);
	job->begin = job->out.total;
}

static void
end_table(struct job *job)
{
	const struct rows_head *head = &job->table.head;

	job->end_owed = true;
	job->end_rows = job->in.rows - job->rejects.table_count;
	job->end_rejected = job->in.rejected + job->rejects.table_count;
	job->read += job->in.rows;
	rejects_end_table(&job->rejects);
	stats_table(head, job->end_rows, job->out.total - job->begin, job->end_rejected);
	for (size_t i = 0; i < job->table.nwork; i++) {
		const struct work *w = &job->table.work[i];

		if (w->altered)
			stats_altered(head, w->column->arg[0], node_attr(w->column, ATTR_RULE),
				      w->altered);
	}
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct rows_block block;
	enum rows_event event;

	prog_init(argv[0]);
	parse_options(&job.opt, &job.rejects, argc, argv);
	stats_open(job.opt.stats);
	read_schema(&job);
	if (rows_open(&job.in, job.opt.input) < 0)
		err_die(&job.in.err);
	rejects_open(&job.rejects, job.opt.rejects);
	cast_init(&job.table, &job.rejects);
	output_open_path(&job.out, job.opt.output);
	while ((event = rows_next(&job.in, &block)) > ROWS_EOF) {
		if (event == ROWS_TABLE)
			begin_table(&job);
		else if (event == ROWS_BLOCK)
			cast_block(&job.table, &job.in, &block, &job.out);
		else
			end_table(&job);
	}
	if (event == ROWS_ERROR)
		err_die(&job.in.err);
	rejects_finish(&job.rejects, job.read);
	pay_end(&job);
	output_close(&job.out);
	stats_finish();
	cast_release(&job.table);
	rows_close(&job.in);
	schema_release(&job.schema);
	return STATUS_OK;
}
