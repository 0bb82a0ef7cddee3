/* The call of a SOURCE-rows. */
#include <unistd.h>

#include "extract/rows-call.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"

static void
check_call(const struct rows_call *call)
{
	if (!call->tables.n)
		die(STATUS_USAGE, "option -t: which table?");
	if (call->tables.n > 1 && (call->ranges || call->query))
		die(STATUS_USAGE, "option -t: a %s is of one table",
		    call->query ? "query" : "range");
	if (!call->ranges != !call->range)
		die(STATUS_USAGE, "options -K and -k: a range is a file and a line of it");
	if (call->query && (call->ranges || call->schema_file))
		die(STATUS_USAGE,
		    "option -q: a query has its own columns and rows, so no -K or -s");
}

static uint64_t
line_number(const char *argument)
{
	uint64_t line;

	if (!num_u64(str_cstr(argument), &line) || line == 0)
		die(STATUS_USAGE, "option -k: %s is not the number of a line",
		    show(str_cstr(argument)).text);
	return line;
}

void
rows_call_read(struct rows_call *call, struct rejects *rejects, int argc, char **argv,
	       const char *usage, enum rows_call_of what)
{
	const char *options = what == ROWS_OF_QUERIES_TOO ? ":e:E:hi:K:k:l:n:o:q:s:S:t:vV"
							  : ":e:E:hi:K:k:l:n:o:s:S:t:vV";
	int c;

	*call = (struct rows_call){ 0 };
	optind = 1;
	while ((c = getopt(argc, argv, options)) != -1) {
		switch (c) {
		case 'e': rejects_limit(rejects, optarg); break;
		case 'E': call->rejects = optarg; break;
		case 'i': sample_option(c, &call->sample.every, optarg); break;
		case 'K': call->ranges = optarg; break;
		case 'k': call->range = line_number(optarg); break;
		case 'l': sample_option(c, &call->sample.limit, optarg); break;
		case 'n': table_args_schema(&call->tables, optarg); break;
		case 'o': call->output = optarg; break;
		case 'q': call->query = optarg; break;
		case 's': call->schema_file = optarg; break;
		case 'S': call->stats = optarg; break;
		case 't': table_args_table(&call->tables, optarg); break;
		case 'v': call->verbose = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	call->source = argv[optind];
	call->more = argc - optind > 1 ? argv[optind + 1] : NULL;
	if (!call->more)
		check_call(call);
}

struct node *
rows_call_table(const struct rows_call *call, struct schema *wanted, struct str schema,
		struct str table)
{
	struct err e = { 0 };
	struct node *found;

	if (!wanted->source.p && schema_read(wanted, call->schema_file, 0, &e) < 0)
		err_die(&e);
	if (wanted->target.p)
		found = schema_table_from(wanted, schema, table);
	else
		found = schema_table(wanted, schema, table);
	if (!found)
		die(STATUS_BAD, "%s: no table %s", call->schema_file, show(table).text);
	return found;
}

void
rows_call_wrong_range(const struct rows_call *call, const char *why)
{
	die(STATUS_USAGE, "%s:%ju: %s", call->ranges, (uintmax_t)call->range, why);
}

void
rows_call_range(const struct rows_call *call, struct range *range, struct str schema,
		struct str table)
{
	struct err e = { 0 };

	if (range_read(range, call->ranges, call->range, &e) < 0)
		err_die(&e);
	if (!range_is_of(range, schema, table))
		die(STATUS_USAGE, "%s:%ju: a range of another table than %.*s.%.*s",
		    call->ranges, (uintmax_t)call->range, (int)schema.n, schema.p, (int)table.n,
		    table.p);
}
