/*
 * cast-schema: the schema of a source to that of a PostgreSQL database, by cast rules; what
 * changes is a line.
 */
#include <stdlib.h>
#include <unistd.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "transform/cast-schema.h"

static const char usage[] =
    "usage: cast-schema [-huVx] [-i style] [-n schema] [-o file] [-p version] [-R source] [-r rules]…\n"
    "                   [file]\n"
    "Turns the schema(5) of a source into that of a PostgreSQL database, by cast rules.\n"
    "  -i style   names: quote, which keeps them, downcase or snake_case\n"
    "  -n schema  put all tables into this schema\n"
    "  -o file    write there instead of to standard output\n"
    "  -p version the types that pgloader 3 or 4 gives by default, instead of ours\n"
    "  -R source  print the default rules of a source (mysql, sqlite), or mysql-boolean\n"
    "  -r rules   a file of rules that come before the defaults, or mysql-boolean: tinyint(1) is\n"
    "             boolean; may be given several times\n"
    "  -u         call indexes idx_OID_NAME, by the OID of their table in the target\n"
    "  -x         explain: for each column its types, the rules, and what that costs\n"
    "  -h, -V     this help, the version\n";

struct options {
	const char **rules;
	size_t nrules;
	enum rule_set set;
	const char *schema, *print, *input, *output;
	enum name_style style;
	bool oid_names, explain;
};

static enum rule_set
parse_version(const char *version)
{
	if (strcmp(version, "3") == 0)
		return RULES_PGLOADER3;
	if (strcmp(version, "4") == 0)
		return RULES_PGLOADER4;
	die(STATUS_USAGE,
	    "option -p: %s is no version of pgloader whose casts are known: 3 or 4",
	    show(str_cstr(version)).text);
}

static enum name_style
parse_style(const char *style)
{
	static const char *const names[] = { [NAME_QUOTE] = "quote",
					     [NAME_DOWNCASE] = "downcase",
					     [NAME_SNAKE_CASE] = "snake_case" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(style, names[i]) == 0)
			return (enum name_style)i;
	die(STATUS_USAGE, "option -i: %s is none of quote, downcase and snake_case",
	    show(str_cstr(style)).text);
}

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ 0 };
	opt->rules = mem_array((size_t)argc, sizeof(*opt->rules));
	while ((c = getopt(argc, argv, ":hi:n:o:p:R:r:uVx")) != -1) {
		switch (c) {
		case 'i': opt->style = parse_style(optarg); break;
		case 'n': opt->schema = optarg; break;
		case 'o': opt->output = optarg; break;
		case 'p': opt->set = parse_version(optarg); break;
		case 'R': opt->print = optarg; break;
		case 'r': opt->rules[opt->nrules++] = optarg; break;
		case 'u': opt->oid_names = true; break;
		case 'x': opt->explain = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one file at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	opt->input = argv[optind];
	if (opt->schema && !*opt->schema)
		die(STATUS_USAGE, "option -n: a schema needs a name");
}

static void
print_defaults(enum rule_set set, const char *source, struct output *out)
{
	if (!rules_print_defaults(set, str_cstr(source), out))
		die(STATUS_USAGE,
		    "option -R: no default rules for %s: there are some for mysql, sqlite and, with -p, mssql",
		    show(str_cstr(source)).text);
}

static void
read_all(struct casting *c, const struct options *opt)
{
	struct err e = { 0 };

	rules_init(&c->rules);
	schema_init(&c->s);
	for (size_t i = 0; i < opt->nrules; i++) {
		int named = rules_named(&c->rules, str_cstr(opt->rules[i]), &e);

		if (named < 0 || (!named && rules_read(&c->rules, opt->rules[i], &e) < 0))
			err_die(&e);
	}
	if (schema_read(&c->s, opt->input, 0, &e) < 0)
		err_die(&e);
	if (c->s.target.p)
		die(STATUS_USAGE, "%s: this schema was cast already: target=%.*s", c->s.file,
		    (int)c->s.target.n, c->s.target.p);
	if (rules_defaults(&c->rules, opt->set, c->s.source, &e) < 0 ||
	    rules_resolve(&c->rules, &c->s, &e) < 0)
		err_die(&e);
}

static void
cast(struct casting *c)
{
	struct err e = { 0 };

	/*
	 * Names that collide get numbers in this order, so the result does not depend on that
	 * of the input.
	 */
	schema_sort(&c->s);
	cast_select(c);
	cast_columns(c);
	cast_names(c);
	cast_enums(c);
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		cast_expressions(c, t);
	cast_keys(c);
	cast_add_columns(c);
	cast_comments(c, &c->s.root);
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		cast_forget_source(t);
	c->s.target = STR("postgresql");
	schema_sort(&c->s);
	if (schema_check(&c->s, &e) < 0)
		err_die(&e);
}

static void
release(struct casting *c, struct options *opt)
{
	cast_columns_release(c);
	names_release(&c->tables);
	names_release(&c->left_out);
	names_release(&c->relations);
	names_release(&c->constraints);
	rules_release(&c->rules);
	schema_release(&c->s);
	free(opt->rules);
}

int
main(int argc, char **argv)
{
	struct casting c = { 0 };
	struct options opt;
	struct output out;

	prog_init(argv[0]);
	parse_options(&opt, argc, argv);
	if (opt.print) {
		output_open_path(&out, opt.output);
		print_defaults(opt.set, opt.print, &out);
		output_close(&out);
		free(opt.rules);
		return STATUS_OK;
	}
	c.style = opt.style;
	c.oid_names = opt.oid_names;
	if (opt.schema)
		c.target_schema = str_cstr(opt.schema);
	read_all(&c, &opt);
	output_open_path(&out, opt.output);
	if (opt.explain)
		c.explain = &out;
	cast(&c);
	if (!opt.explain)
		schema_write(&c.s, &out, cast_note(&c));
	output_close(&out);
	rules_warn_unused(&c.rules);
	release(&c, &opt);
	return STATUS_OK;
}
