/* The call of pg-copy. */
#include <stdlib.h>
#include <unistd.h>

#include "load/pg-call.h"
#include "schema/base/prog.h"
#include "schema/escape.h"

static const char usage[] =
    "usage: pg-copy [-DFhITvVx] [-c name=value]… [-e limit -E file] [-f format]\n"
    "               [-n schema] [-R run [-k range]] [-S file] [-t table] [target]\n"
    "       pg-copy -Z [-c name=value]… [-n schema] -t table [target]\n"
    "Loads rows(5) from standard input into PostgreSQL, in one transaction.\n"
    "  target         postgresql://… or a connection string; without it PGTIDE_TARGET\n"
    "  -c name=value  set this parameter of the session\n"
    "  -D             digest of the rows loaded, among the statistics\n"
    "  -e limit       set aside at most so many rows that the server refuses, or N% of them\n"
    "  -E file        where rows set aside go, as rows(5)\n"
    "  -f format      of COPY: binary, text, or auto, binary where it is possible (auto)\n"
    "  -F             refuse a table that has rows\n"
    "  -I             drop indexes that are not unique, and make them again afterwards\n"
    "  -k range       what of the table this is, a name within the run\n"
    "  -n schema      load into this schema, whatever #rows says\n"
    "  -R run         load the range once only, whatever becomes of this program\n"
    "  -S file        write statistics there\n"
    "  -t table       load into this table, whatever #rows says\n"
    "  -T             truncate each table first, in the same transaction\n"
    "  -v             tell the progress every ten seconds\n"
    "  -x             without the triggers that users made\n"
    "  -Z             only empty the table, and forget what was loaded into it\n"
    "  -h, -V         this help, the version\n";

static void
check_options(const struct pg_call *opt)
{
	if (opt->digest && !opt->stats)
		die(STATUS_USAGE,
		    "option -D: the digest goes to the statistics, so it needs -S");
	if (opt->range && !opt->run)
		die(STATUS_USAGE, "option -k: a range is part of a run (-R)");
	if (opt->only_empty && !opt->table.p)
		die(STATUS_USAGE, "option -Z: no input is read, so it needs a table (-t)");
	if (opt->only_empty && (opt->run || opt->rejects || opt->prepare.refuse))
		die(STATUS_USAGE,
		    "option -Z: nothing is loaded, so -e, -F and -R mean nothing");
	if (opt->prepare.empty && opt->prepare.refuse)
		die(STATUS_USAGE, "options -F and -T: one or the other");
}

static enum pg_format
format_of(const char *name)
{
	if (strcmp(name, "auto") == 0)
		return PG_AUTO;
	if (strcmp(name, "text") == 0)
		return PG_TEXT;
	if (strcmp(name, "binary") == 0)
		return PG_BINARY;
	die(STATUS_USAGE, "option -f: expected auto, binary or text, got %s",
	    show(str_cstr(name)).text);
}

void
pg_call_read(struct pg_call *opt, struct rejects *rejects, int argc, char **argv)
{
	int c;

	*opt = (struct pg_call){ 0 };
	opt->settings = mem_array((size_t)argc, sizeof(*opt->settings));
	while ((c = getopt(argc, argv, ":c:De:E:f:FhIk:n:R:S:t:TvVxZ")) != -1) {
		switch (c) {
		case 'c': opt->settings[opt->nsettings++] = optarg; break;
		case 'D': opt->digest = true; break;
		case 'e': rejects_limit(rejects, optarg); break;
		case 'E': opt->rejects = optarg; break;
		case 'f': opt->format = format_of(optarg); break;
		case 'F': opt->prepare.refuse = true; break;
		case 'I': opt->prepare.indexes = true; break;
		case 'k': opt->range = optarg; break;
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'R': opt->run = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 't': opt->table = escape_arg(c, optarg); break;
		case 'T': opt->prepare.empty = true; break;
		case 'v': opt->verbose = true; break;
		case 'x': opt->prepare.triggers = true; break;
		case 'Z': opt->only_empty = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one target at most, got another operand too");
	check_options(opt);
	opt->target = argv[optind];
}

void
pg_call_release(struct pg_call *opt)
{
	free(opt->settings);
	opt->settings = NULL;
}
