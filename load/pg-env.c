/*
 * pg-env: a PostgreSQL URI as environment variables, for psql and other clients that would show it in their arguments.
 */
#include <stdlib.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "schema/base/uri.h"

static const char usage[] =
    "usage: pg-env [-hsV]\n"
    "Writes the connection that PGTIDE_TARGET names as shell commands that set libpq's variables.\n"
    "  -s      show it instead, as a report may: without its password\n"
    "  -h, -V  this help, the version\n";

/* 'text' for a shell: no byte of it means anything there. */
static void
write_quoted(struct output *out, const char *text)
{
	output_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			output_add(out, STR("'\\''"));
		else
			output_addc(out, *text);
	}
	output_add(out, STR("'\n"));
}

static PQconninfoOption *
parse(const char *uri)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(uri, &why);

	if (!options)
		die(STATUS_USAGE, "PGTIDE_TARGET: %.*s",
		    (int)strcspn(why ? why : "out of memory", "\n"),
		    why ? why : "out of memory");
	return options;
}

/* As it was given, but for secrets; libpq knows which options are some: their dispchar is a star. */
static void
write_shown(struct output *out, const char *uri)
{
	PQconninfoOption *options = parse(uri);
	struct buf text = { 0 };

	if (strstr(uri, "://"))
		uri_show(str_cstr(uri), &text);
	for (const PQconninfoOption *o = options; o->keyword && !strstr(uri, "://"); o++)
		if (o->val)
			buf_addf(&text, "%s%s=%s", text.n ? " " : "", o->keyword,
				 o->dispchar[0] == '*' ? "***" : o->val);
	buf_addc(&text, '\n');
	output_add(out, buf_str(&text));
	buf_release(&text);
	PQconninfoFree(options);
}

static void
write_variables(struct output *out, const char *uri)
{
	PQconninfoOption *options = parse(uri);

	for (const PQconninfoOption *o = options; o->keyword; o++) {
		if (!o->val)
			continue;
		if (!o->envvar)
			die(STATUS_USAGE,
			    "PGTIDE_TARGET: the option %s has no environment variable in libpq",
			    show(str_cstr(o->keyword)).text);
		output_add(out, STR("export "));
		output_add(out, str_cstr(o->envvar));
		output_addc(out, '=');
		write_quoted(out, o->val);
	}
	PQconninfoFree(options);
	/* The SQL that pg-ddl writes is UTF-8, whatever the terminal or the server prefers. */
	output_add(out, STR("export PGCLIENTENCODING='UTF8'\n"));
}

int
main(int argc, char **argv)
{
	const char *uri = getenv("PGTIDE_TARGET");
	bool shown = false;
	struct output out;
	int c;

	prog_init(argv[0]);
	while ((c = getopt(argc, argv, ":hsV")) != -1) {
		switch (c) {
		case 's': shown = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (optind < argc)
		die(STATUS_USAGE, "no operands: the connection is taken from PGTIDE_TARGET");
	if (!uri || !*uri)
		die(STATUS_USAGE, "PGTIDE_TARGET: not set");
	output_open(&out, STDOUT_FILENO, "standard output");
	if (shown)
		write_shown(&out, uri);
	else
		write_variables(&out, uri);
	output_close(&out);
	return STATUS_OK;
}
