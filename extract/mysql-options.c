/* The call of mysql-rows. */
#include <unistd.h>

#include "extract/mysql-options.h"
#include "schema/base/num.h"

static const char usage[] =
    "usage: mysql-rows [-hvV] [-e limit -E file] [-i n] [-K file -k line | -q query] [-l n] [-n schema] [-o file] "
    "[-s file] [-S file] -t table… [source]\n"
    "Writes tables of a MySQL or MariaDB database as rows(5).\n"
    "source is mysql://user@host:port/database; by default what PGTIDE_SOURCE says.\n"
    "  -e limit   set aside so many rows that do not fit, or so many percent (0.1%)\n"
    "  -E file    write them there, each with its reason\n"
    "  -i n       only every n-th row, the first one included\n"
    "  -K file    ranges of tables, one a line\n"
    "  -k line    only the range in this line, counted from 1\n"
    "  -l n       only the first n rows of each table, or of its sample\n"
    "  -n schema  the database of the tables behind it; by default the source's\n"
    "  -o file    write there instead of to standard output\n"
    "  -q query   the rows of this SELECT; -t is only what they are called\n"
    "  -s file    columns from this schema(5) text, before or behind cast-schema\n"
    "  -S file    write statistics there\n"
    "  -t table   a table, as the source calls it; may be given several times\n"
    "  -v         progress, a line every million rows\n"
    "  -h, -V     this help, the version\n";

static void
check_options(const struct mysql_options *opt)
{
	if (!opt->tables.n)
		die(STATUS_USAGE, "option -t: which table?");
	if (opt->tables.n > 1 && (opt->ranges || opt->query))
		die(STATUS_USAGE, "option -t: a range or a query is of one table");
	if (!opt->ranges != !opt->range)
		die(STATUS_USAGE, "options -K and -k: a range is a file and a line of it");
	if (opt->query && (opt->ranges || opt->schema_file))
		die(STATUS_USAGE,
		    "option -q: a query has its own columns and rows, so no -K or -s");
}

void
mysql_options_read(struct mysql_options *opt, struct rejects *rejects, int argc, char **argv)
{
	int c;

	*opt = (struct mysql_options){ 0 };
	optind = 1;
	while ((c = getopt(argc, argv, ":e:E:hi:K:k:l:n:o:q:s:S:t:vV")) != -1) {
		switch (c) {
		case 'e': rejects_limit(rejects, optarg); break;
		case 'E': opt->rejects = optarg; break;
		case 'i': sample_option(c, &opt->sample.every, optarg); break;
		case 'K': opt->ranges = optarg; break;
		case 'k':
			if (!num_u64(str_cstr(optarg), &opt->range) || opt->range == 0)
				die(STATUS_USAGE, "option -k: %s is not the number of a line",
				    show(str_cstr(optarg)).text);
			break;
		case 'l': sample_option(c, &opt->sample.limit, optarg); break;
		case 'n': table_args_schema(&opt->tables, optarg); break;
		case 'o': opt->output = optarg; break;
		case 'q': opt->query = optarg; break;
		case 's': opt->schema_file = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 't': table_args_table(&opt->tables, optarg); break;
		case 'v': opt->verbose = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got another operand too");
	opt->source = argv[optind];
	check_options(opt);
}
