/* rows-digest: one line a table: its count and digest, and the digest of each column. */
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/digest.h"
#include "schema/rows.h"

static const char usage[] =
    "usage: rows-digest [-hV] [-o file] [file]\n"
    "Prints a digest of each table of a stream of rows(5), which does not depend on the order of rows.\n"
    "  -o file  write there instead of to standard output\n"
    "  -h, -V   this help, the version\n";

struct options {
	const char *input, *output;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":ho:V")) != -1) {
		switch (c) {
		case 'o': opt->output = optarg; break;
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

/* A line is written only for a table that is whole. */
static void
end_table(struct digest *d, const struct rows_head *head, struct buf *line, struct output *out)
{
	line->n = 0;
	digest_line(d, head, line);
	output_add(out, buf_str(line));
	digest_release(d);
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct rows_reader in;
	struct rows_block block;
	struct digest digest = { 0 };
	struct buf line = { 0 };
	struct output out;
	enum rows_event event;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	if (rows_open(&in, opt.input) < 0)
		err_die(&in.err);
	in.want_cells = true;
	output_open_path(&out, opt.output);
	while ((event = rows_next(&in, &block)) > ROWS_EOF) {
		if (event == ROWS_TABLE)
			digest_init(&digest, &in.head);
		else if (event == ROWS_BLOCK)
			digest_add(&digest, &block);
		else
			end_table(&digest, &in.head, &line, &out);
	}
	if (event == ROWS_ERROR)
		err_die(&in.err);
	output_close(&out);
	rows_close(&in);
	buf_release(&line);
	return STATUS_OK;
}
