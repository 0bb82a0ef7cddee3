/* schema-fmt: checks schema(5), puts it in canonical order, selects tables, and lists it flat for grep and join. */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/schema.h"

static const char usage[] =
    "usage: schema-fmt [-dhlqV] [-n schema] [-o file] [-t table]… [file]\n"
    "Checks a schema(5) text and writes it in canonical order.\n"
    "  -d         for drift: without next lines and comments, which change every night\n"
    "  -l         list flat: each line of a table with the table's schema and name before it\n"
    "  -n schema  only objects of this schema\n"
    "  -o file    write there instead of to standard output\n"
    "  -q         quiet: check only, write nothing\n"
    "  -t table   only tables of this name; may be given several times\n"
    "  -h, -V     this help, the version\n";

struct options {
	bool drift, flat, quiet;
	struct str schema; /* p NULL: any */
	struct str *tables;
	size_t ntables;
	const char *input, *output;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	opt->tables = mem_array((size_t)argc, sizeof(*opt->tables));
	while ((c = getopt(argc, argv, ":dhln:o:qt:V")) != -1) {
		switch (c) {
		case 'd': opt->drift = true; break;
		case 'l': opt->flat = true; break;
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'o': opt->output = optarg; break;
		case 'q': opt->quiet = true; break;
		case 't': opt->tables[opt->ntables++] = escape_arg(c, optarg); break;
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
wanted(const struct options *opt, const struct node *n)
{
	if (n->kind == NODE_SKIPPED)
		return opt->ntables == 0 && !opt->schema.p;
	if (opt->schema.p && !str_eq(n->arg[0], opt->schema))
		return false;
	for (size_t i = 0; i < opt->ntables; i++)
		if (n->kind == NODE_TABLE && str_eq(n->arg[1], opt->tables[i]))
			return true;
	/* The enums that selected tables may use are kept with them. */
	return opt->ntables == 0 || n->kind == NODE_ENUM;
}

/* A name that selects nothing is a mistake of the caller's, never an empty answer. */
static void
check_selected(const struct options *opt, const struct schema *s)
{
	for (size_t i = 0; i < opt->ntables; i++) {
		const struct node *n = node_first(&s->root, NODE_TABLE);

		while (n && !str_eq(n->arg[1], opt->tables[i]))
			n = node_next(n);
		if (!n)
			die(STATUS_BAD, "%s: no table %s", s->file, show(opt->tables[i]).text);
	}
	if (opt->schema.p && !s->root.child)
		die(STATUS_BAD, "%s: nothing in schema %s", s->file, show(opt->schema).text);
}

static void
select_objects(const struct options *opt, struct schema *s)
{
	struct node *next;

	for (struct node *n = s->root.child; n; n = next) {
		next = n->next;
		if (!wanted(opt, n))
			node_remove(n);
	}
}

static void
drop_changing(struct node *parent)
{
	struct node *next;

	for (struct node *n = parent->child; n; n = next) {
		next = n->next;
		node_unset(n, ATTR_COMMENT);
		drop_changing(n);
		if (n->kind == NODE_NEXT)
			node_remove(n);
	}
}

int
main(int argc, char **argv)
{
	struct options opt;
	struct schema s;
	struct output out;
	struct err e = { 0 };

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	schema_init(&s);
	if (schema_read(&s, opt.input, SCHEMA_KEEP_UNKNOWN, &e) < 0)
		err_die(&e);
	select_objects(&opt, &s);
	check_selected(&opt, &s);
	if (opt.drift)
		drop_changing(&s.root);
	schema_sort(&s);
	output_open_path(&out, opt.output);
	if (opt.flat && !opt.quiet)
		schema_list(&s, &out);
	else if (!opt.quiet)
		schema_write(&s, &out, NULL);
	output_close(&out);
	schema_release(&s);
	free(opt.tables);
	return STATUS_OK;
}
