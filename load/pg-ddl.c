/* pg-ddl: writes the SQL that makes the objects of a target schema, before the rows and behind them, or that drops or empties them. */
#include <unistd.h>

#include "load/ddl.h"
#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/schema.h"

static const char usage[] =
    "usage: pg-ddl [-hlV] [-o file] -s section [target.schema]\n"
    "Writes the SQL that makes what a schema(5) behind cast-schema describes, for psql.\n"
    "  -l       list: a line about each statement instead of its SQL\n"
    "  -o file  write there instead of to standard output\n"
    "  -s pre   what must be there before the rows: schemas, enums, sequences, tables\n"
    "  -s post  what is made behind them: keys, indexes, checks, foreign keys, positions\n"
    "           of identities, triggers of onupdate=, comments\n"
    "  -s drop  what drops all of that, and nothing else; -s truncate: what empties the tables\n"
    "  -s names rows of a VALUES list: kind, schema, name, table of what is planned\n"
    "  -h, -V   this help, the version\n";

static const struct section {
	const char *name;
	void (*make)(struct ddl *d);
	bool rows; /* no statements, so nothing that they need */
} sections[] = {
	{ "pre", ddl_pre, false },    { "post", ddl_post, false },
	{ "drop", ddl_drop, false },  { "truncate", ddl_truncate, false },
	{ "names", ddl_names, true },
};

struct options {
	bool list;
	const struct section *section;
	const char *input, *output;
};

static const struct section *
find_section(const char *name)
{
	if (!name)
		die(STATUS_USAGE, "which section: -s pre, post, drop, truncate or names?");
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (strcmp(name, sections[i].name) == 0)
			return &sections[i];
	die(STATUS_USAGE, "option -s: %s is none of pre, post, drop, truncate, names",
	    show(str_cstr(name)).text);
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
	opt->section = find_section(section);
	if (opt->list && opt->section->rows)
		die(STATUS_USAGE, "option -l: -s names is a list already");
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
	if (!ddl.list && !opt.section->rows)
		buf_add(&ddl.script, STR(settings));
	opt.section->make(&ddl);
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
