/* pg-ddl: writes the SQL that makes the objects of a target schema, before the rows and behind them. */
#include <unistd.h>

#include "load/ddl.h"
#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/schema.h"

static const char usage[] =
    "usage: pg-ddl [-hlV] [-o file] -s pre|post [target.schema]\n"
    "Writes the SQL that makes what a schema(5) behind cast-schema describes, for psql.\n"
    "  -l       list: a line about each statement instead of its SQL\n"
    "  -o file  write there instead of to standard output\n"
    "  -s pre   what must be there before the rows: schemas, enums, sequences, tables\n"
    "  -s post  what is made behind them: keys, indexes, checks, foreign keys, positions\n"
    "           of identities, triggers of onupdate=, comments\n"
    "  -h, -V   this help, the version\n";

struct options {
	bool list, post;
	const char *input, *output;
};

static bool
is_post(const char *section)
{
	if (!section)
		die(STATUS_USAGE, "which section: -s pre or -s post?");
	if (strcmp(section, "pre") != 0 && strcmp(section, "post") != 0)
		die(STATUS_USAGE, "option -s: %s is neither pre nor post",
		    show(str_cstr(section)).text);
	return strcmp(section, "post") == 0;
}

static void
parse_options(struct options *opt, int argc, char **argv)
{
	const char *section = NULL;
	int c;

	*opt = (struct options){ 0 };
	while ((c = getopt(argc, argv, ":hlo:s:V")) != -1) {
		switch (c) {
		case 'l': opt->list = true; break;
		case 'o': opt->output = optarg; break;
		case 's': section = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one file at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	opt->post = is_post(section);
	opt->input = argv[optind];
}

static void
read_target(struct schema *s, const char *path)
{
	struct err e = { 0 };

	schema_init(s);
	if (schema_read(s, path, 0, &e) < 0)
		err_die(&e);
	if (!s->target.p)
		die(STATUS_USAGE, "%s: this is a source schema: run cast-schema first",
		    s->file);
	schema_sort(s);
	ddl_check(s);
}

/* psql asks the server how to read strings: say it before the first one comes. */
static const char settings[] = "SET client_encoding = 'UTF8';\n"
			       "SET standard_conforming_strings = on;\n"
			       "SET client_min_messages = warning;\n";

int
main(int argc, char **argv)
{
	struct options opt;
	struct schema schema;
	struct ddl ddl = { .schema = &schema };
	struct output out;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	read_target(&schema, opt.input);
	ddl.list = opt.list;
	if (!ddl.list)
		buf_add(&ddl.script, STR(settings));
	if (opt.post)
		ddl_post(&ddl);
	else
		ddl_pre(&ddl);
	/* Only now: of a schema that is refused no statement gets out. */
	output_open_path(&out, opt.output);
	output_add(&out, buf_str(&ddl.script));
	output_close(&out);
	buf_release(&ddl.script);
	buf_release(&ddl.sql);
	buf_release(&ddl.scratch);
	schema_release(&schema);
	return STATUS_OK;
}
