/* rows-digest: one line a table: its count and digest, and the digest of each column. */
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/digest.h"
#include "schema/rows.h"
#include "transform/digest-sum.h"

static const char usage[] =
    "usage: rows-digest [-ahV] [-o file] [file]\n"
    "Prints a digest of each table of a stream of rows(5), which does not depend on the order of rows.\n"
    "  -a       the input is such digests, of the parts of a table: print that of the whole\n"
    "  -o file  write there instead of to standard output\n"
    "  -h, -V   this help, the version\n";

enum { LINE_MAX_BYTES = 1 << 20 }; /* of a digest: names and 32 digits of each column */

struct options {
	const char *input, *output;
	bool add;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":aho:V")) != -1) {
		switch (c) {
		case 'a': opt->add = true; break;
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

static void
digest_rows(const struct options *opt, struct output *out)
{
	struct rows_reader in;
	struct rows_block block;
	struct digest digest = { 0 };
	struct buf line = { 0 };
	enum rows_event event;

	if (rows_open(&in, opt->input) < 0)
		err_die(&in.err);
	in.want_cells = true;
	output_open_path(out, opt->output);
	while ((event = rows_next(&in, &block)) > ROWS_EOF) {
		if (event == ROWS_TABLE)
			digest_init(&digest, &in.head);
		else if (event == ROWS_BLOCK)
			digest_add(&digest, &block);
		else
			end_table(&digest, &in.head, &line, out);
	}
	if (event == ROWS_ERROR)
		err_die(&in.err);
	rows_close(&in);
	buf_release(&line);
}

static void
add_digests(const struct options *opt, struct output *out)
{
	struct input in;
	struct err e = { 0 };
	struct buf sum = { 0 };
	struct str line;
	int got;

	if (input_open(&in, opt->input, &e) < 0)
		err_die(&e);
	output_open_path(out, opt->output);
	while ((got = input_line(&in, LINE_MAX_BYTES, &line, &e)) > 0) {
		if (!sum.n)
			buf_add(&sum, line);
		else if (digest_sum(&sum, line, &e) < 0)
			die(e.status, "%s:%ju: %s", in.name, (uintmax_t)in.line, e.text);
	}
	if (got < 0)
		err_die(&e);
	if (!sum.n)
		die(STATUS_CUT, "%s: no digest in it", in.name);
	buf_addc(&sum, '\n');
	output_add(out, buf_str(&sum));
	buf_release(&sum);
	input_close(&in);
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct output out;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	if (opt.add)
		add_digests(&opt, &out);
	else
		digest_rows(&opt, &out);
	output_close(&out);
	return STATUS_OK;
}
