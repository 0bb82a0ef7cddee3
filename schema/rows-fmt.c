/* rows-fmt: checks rows(5), cuts columns, takes heads and samples, and counts again behind a filter that drops rows. */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/base/utf8.h"
#include "schema/escape.h"
#include "schema/rows.h"

static const char usage[] =
    "usage: rows-fmt [-chqV] [-f column]… [-i n] [-l n] [-n schema] [-o file] [-t table] [file]\n"
    "Checks a stream of rows(5) and writes it in canonical form.\n"
    "  -c         count again: #end must be there, but may tell another count\n"
    "  -f column  keep this column only; may be given several times\n"
    "  -i n       a sample: every n-th row, the first one included\n"
    "  -l n       the first n rows of each table\n"
    "  -n schema  only tables of this schema\n"
    "  -o file    write there instead of to standard output\n"
    "  -q         quiet: check only, write nothing\n"
    "  -t table   only tables of this name\n"
    "  -h, -V     this help, the version\n";

struct options {
	struct str *columns;
	size_t ncolumns;
	uint64_t every, limit;
	bool recount, quiet;
	struct str schema, table; /* p NULL: any */
	const char *input, *output;
};

struct job {
	struct options opt;
	struct rows_reader in;
	struct output out;
	bool selected;             /* the current table is to be written */
	bool *keep;                /* the columns to be written */
	struct str *names, *types; /* theirs */
	uint64_t row;              /* of the current table, the one being read, from 0 */
	uint64_t written;
	bool begun; /* a column of the current row was written */
	bool any;   /* a table was selected */
};

static uint64_t
number(const char *text, int option)
{
	uint64_t n;

	if (!num_u64(str_cstr(text), &n) || n == 0)
		die(STATUS_USAGE, "option -%c: %s is no count", option,
		    show(str_cstr(text)).text);
	return n;
}

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ .every = 1, .limit = UINT64_MAX };
	opt->columns = mem_array((size_t)argc, sizeof(*opt->columns));
	while ((c = getopt(argc, argv, ":cf:hi:l:n:o:qt:V")) != -1) {
		switch (c) {
		case 'c': opt->recount = true; break;
		case 'f': opt->columns[opt->ncolumns++] = escape_arg(c, optarg); break;
		case 'i': opt->every = number(optarg, c); break;
		case 'l': opt->limit = number(optarg, c); break;
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'o': opt->output = optarg; break;
		case 'q': opt->quiet = true; break;
		case 't': opt->table = escape_arg(c, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one file at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	opt->input = argv[optind];
}

static bool
takes_all(const struct options *opt)
{
	return opt->ncolumns == 0 && opt->every == 1 && opt->limit == UINT64_MAX;
}

/* Marks the columns asked for, and writes the head with only those. */
static void
begin_table(struct job *job)
{
	const struct options *opt = &job->opt;
	struct rows_head head = job->in.head;

	job->selected = (!opt->schema.p || str_eq(opt->schema, head.schema)) &&
	    (!opt->table.p || str_eq(opt->table, head.table));
	job->row = job->written = 0;
	job->begun = false;
	if (!job->selected)
		return;
	job->any = true;
	job->keep = mem_grow(job->keep, head.ncols, sizeof(*job->keep));
	for (size_t i = 0; i < head.ncols; i++)
		job->keep[i] = opt->ncolumns == 0;
	for (size_t i = 0; i < opt->ncolumns; i++) {
		long at = rows_column(&head, opt->columns[i]);

		if (at < 0)
			die(STATUS_USAGE, "table %s: no column %s", rows_name(&head).text,
			    show(opt->columns[i]).text);
		job->keep[at] = true;
	}
	job->names = mem_grow(job->names, head.ncols, sizeof(*job->names));
	job->types = mem_grow(job->types, head.ncols, sizeof(*job->types));
	head.names = job->names;
	head.types = job->types;
	head.ncols = 0;
	for (size_t i = 0; i < job->in.head.ncols; i++) {
		if (!job->keep[i])
			continue;
		head.names[head.ncols] = job->in.head.names[i];
		head.types[head.ncols++] = job->in.head.types[i];
	}
	if (!opt->quiet)
		rows_write_head(&job->out, &head);
}

/* The reader leaves UTF-8 to those who take text in; a checker takes it from anybody. */
static void
check_utf8(const struct job *job, const struct rows_block *b)
{
	size_t valid = utf8_valid(b->bytes);
	uint64_t line;

	if (valid == b->bytes.n)
		return;
	line = b->line + str_count(str_of(b->bytes.p, valid), '\n');
	die(STATUS_BAD, "%s:%ju: invalid UTF-8: byte \\x%02x", job->in.in.name, (uintmax_t)line,
	    (unsigned char)b->bytes.p[valid]);
}

static bool
row_selected(const struct job *job)
{
	return job->row % job->opt.every == 0 && job->row / job->opt.every < job->opt.limit;
}

static void
write_cells(struct job *job, const struct rows_block *b)
{
	struct rows_walk walk = { 0 };
	struct rows_cell c;

	while (rows_cell(b, &walk, &c)) {
		bool selected = row_selected(job);

		if (selected && job->keep[c.col]) {
			if (c.first && job->begun)
				output_addc(&job->out, '\t');
			output_add(&job->out, c.text);
			job->begun = true;
		}
		if (!c.row_end)
			continue;
		if (selected) {
			output_addc(&job->out, '\n');
			job->written++;
		}
		job->row++;
		job->begun = false;
	}
}

/* Rows of a table without columns are empty lines. */
static void
write_empty_rows(struct job *job, const struct rows_block *b)
{
	for (uint64_t i = 0; i < b->rows; i++, job->row++) {
		if (!row_selected(job))
			continue;
		output_addc(&job->out, '\n');
		job->written++;
	}
}

static void
take_block(struct job *job, const struct rows_block *b)
{
	check_utf8(job, b);
	if (!job->selected || job->opt.quiet)
		return;
	if (takes_all(&job->opt)) {
		output_add(&job->out, b->bytes);
		job->written += b->rows;
	} else if (job->in.head.ncols == 0) {
		write_empty_rows(job, b);
	} else {
		write_cells(job, b);
	}
}

static void
end_table(struct job *job)
{
	if (job->selected && !job->opt.quiet)
		rows_write_end(&job->out, job->written, job->in.rejected);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct rows_block block;
	enum rows_event event;

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	if (rows_open(&job.in, job.opt.input) < 0)
		err_die(&job.in.err);
	job.in.want_cells = !takes_all(&job.opt);
	job.in.recount = job.opt.recount;
	output_open_path(&job.out, job.opt.output);
	while ((event = rows_next(&job.in, &block)) > ROWS_EOF) {
		if (event == ROWS_TABLE)
			begin_table(&job);
		else if (event == ROWS_BLOCK)
			take_block(&job, &block);
		else
			end_table(&job);
	}
	if (event == ROWS_ERROR)
		err_die(&job.in.err);
	if (!job.any)
		die(STATUS_BAD, "%s: no table of that name", job.in.in.name);
	output_close(&job.out);
	rows_close(&job.in);
	free(job.keep);
	free(job.names);
	free(job.types);
	free(job.opt.columns);
	return STATUS_OK;
}
