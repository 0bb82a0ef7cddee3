/* sqlite-schema: the tables of an SQLite database as schema(5). */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/schema.h"
#include "schema/sqlite/sqlite.h"

static const char usage[] =
    "usage: sqlite-schema [-hVW] [-o file] [-q name=file]… [-t table]… [-w view]… [source]\n"
    "Writes the tables of an SQLite database as schema(5).\n"
    "source is a path or sqlite:///path; by default what PGTIDE_SOURCE says.\n"
    "  -o file    write there instead of to standard output\n"
    "  -q name=file\n"
    "             the SELECT in the file as a table of this name\n"
    "  -t table   only this table; may be given several times\n"
    "  -w view    this view as a table; may be given several times, -W: all views\n"
    "  -h, -V     this help, the version\n";

struct options {
	struct str *tables;
	size_t ntables;
	struct views views;
	const char *source, *output;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	opt->tables = mem_array((size_t)argc, sizeof(*opt->tables));
	views_init(&opt->views, argc);
	while ((c = getopt(argc, argv, ":ho:q:t:Vw:W")) != -1) {
		switch (c) {
		case 'o': opt->output = optarg; break;
		case 'q':
		case 'w':
		case 'W': views_option(&opt->views, c, optarg); break;
		case 't': opt->tables[opt->ntables++] = escape_arg(c, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	opt->source = argv[optind];
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct source source;
	struct schema s;
	struct output out;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	source_open(&source, opt.source);
	if (source.empty)
		warn("%s: the file is empty: a database without tables", source.name);
	catalogue_read(&source, &s, opt.tables, opt.ntables, &opt.views);
	if (!source.empty && !node_first(&s.root, NODE_TABLE))
		warn("%s: no tables", source.name);
	output_open_path(&out, opt.output);
	schema_write(&s, &out, NULL);
	output_close(&out);
	schema_release(&s);
	source_close(&source);
	views_release(&opt.views);
	free(opt.tables);
	return STATUS_OK;
}
