/* pg-schema: describes the tables of a PostgreSQL database as schema(5), so that a target can be read back. */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/pg/catalogue.h"
#include "schema/pg/pg.h"
#include "schema/schema.h"

static const char usage[] =
    "usage: pg-schema [-hV] [-n schema]… [-o file] [-t table]… [database]\n"
    "Writes what a PostgreSQL database holds as schema(5).\n"
    "The database is a URI; without one it is $PGTIDE_SOURCE, else $PGTIDE_TARGET.\n"
    "  -n schema  only objects of this schema; may be given several times\n"
    "  -o file    write there instead of to standard output\n"
    "  -t table   only tables of this name; may be given several times\n"
    "  -h, -V     this help, the version\n";

struct options {
	struct pg_selection sel;
	const char *database, *output;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	struct pg_selection *sel = &opt->sel;
	int c;

	*opt = (struct options){ 0 };
	sel->schemas = mem_array((size_t)argc, sizeof(*sel->schemas));
	sel->tables = mem_array((size_t)argc, sizeof(*sel->tables));
	while ((c = getopt(argc, argv, ":hn:o:t:V")) != -1) {
		switch (c) {
		case 'n': sel->schemas[sel->nschemas++] = escape_arg(c, optarg); break;
		case 'o': opt->output = optarg; break;
		case 't': sel->tables[sel->ntables++] = escape_arg(c, optarg); break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one database at most, got another operand too");
	opt->database = argv[optind];
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct schema s;
	struct output out;
	struct buf server = { 0 };
	PGconn *conn;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	conn = pg_connect(opt.database,
			  getenv("PGTIDE_SOURCE") ? "PGTIDE_SOURCE" : "PGTIDE_TARGET");
	schema_init(&s);
	pg_catalogue(conn, &opt.sel, &s);
	buf_addf(&server, "server %s", PQparameterStatus(conn, "server_version"));
	pg_close(conn);
	output_open_path(&out, opt.output);
	schema_write(&s, &out, buf_cstr(&server));
	output_close(&out);
	schema_release(&s);
	buf_release(&server);
	free(opt.sel.schemas);
	free(opt.sel.tables);
	return STATUS_OK;
}
