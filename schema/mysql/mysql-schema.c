/* mysql-schema: the tables of a MySQL or MariaDB database as schema(5). */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/mysql/catalogue.h"

static const char usage[] =
    "usage: mysql-schema [-hVW] [-n database] [-o file] [-q name=file]… [-t table]… [-w view]… [source]\n"
    "Writes the tables of a MySQL or MariaDB database as schema(5).\n"
    "source is mysql://user@host/database; by default what PGTIDE_SOURCE says.\n"
    "  -n database   instead of the one in the source\n"
    "  -o file       write there instead of to standard output\n"
    "  -q name=file  the SELECT in the file as a table of this name\n"
    "  -t table      only this table; may be given several times\n"
    "  -w view       this view as a table; may be given several times, -W: all views\n"
    "  -h, -V        this help, the version\n";

struct options {
	struct str *tables;
	size_t ntables;
	struct views views;
	const char *database;
	const char *source, *output;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	opt->tables = mem_array((size_t)argc, sizeof(*opt->tables));
	views_init(&opt->views, argc);
	while ((c = getopt(argc, argv, ":hn:o:q:t:Vw:W")) != -1) {
		switch (c) {
		case 'n': opt->database = escape_arg(c, optarg).p; break;
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
		die(STATUS_USAGE, "one source at most, got another operand too");
	opt->source = argv[optind];
}

static void
write_schema(const struct schema *s, const struct mysql_source *source, struct output *out)
{
	struct buf comment = { 0 };

	buf_addf(&comment, "server %s", source->version_text);
	schema_write(s, out, buf_cstr(&comment));
	buf_release(&comment);
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct mysql_source source;
	struct schema s;
	struct output out;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	mysql_source_open(&source, opt.source, opt.database);
	mysql_catalogue(&source, &s, opt.tables, opt.ntables, &opt.views);
	if (!node_first(&s.root, NODE_TABLE))
		warn("database %s: no tables", show(s.database).text);
	output_open_path(&out, opt.output);
	write_schema(&s, &source, &out);
	output_close(&out);
	schema_release(&s);
	mysql_source_close(&source);
	views_release(&opt.views);
	free(opt.tables);
	return STATUS_OK;
}
