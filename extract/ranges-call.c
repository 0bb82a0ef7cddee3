/* The call of a SOURCE-ranges, and how it writes a part. */
#include <unistd.h>

#include "extract/ranges-call.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"

enum { PARTS_MAX = 999, PART_BYTES = 16 << 20 };

static uint64_t
number(int option, const char *argument, uint64_t max)
{
	uint64_t n;

	if (!num_u64(str_cstr(argument), &n) || n == 0 || n > max)
		die(STATUS_USAGE, "option -%c: %s is no number from 1 to %ju", option,
		    show(str_cstr(argument)).text, (uintmax_t)max);
	return n;
}

void
ranges_call_read(struct ranges_call *call, int argc, char **argv, const char *usage)
{
	int c;

	*call = (struct ranges_call){ .parts = 1, .bytes = PART_BYTES };
	while ((c = getopt(argc, argv, ":b:ho:p:s:V")) != -1) {
		switch (c) {
		case 'b': call->bytes = number(c, optarg, INT64_MAX); break;
		case 'o': call->output = optarg; break;
		case 'p': call->parts = number(c, optarg, PARTS_MAX); break;
		case 's': call->schema_file = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	call->source = argv[optind];
	call->more = argc - optind > 1 ? argv[optind + 1] : NULL;
	if (!call->more && !call->schema_file)
		die(STATUS_USAGE, "option -s: the tables of which schema?");
}

uint64_t
ranges_call_parts(const struct ranges_call *call, uint64_t bytes)
{
	uint64_t parts = bytes / call->bytes;

	if (parts > call->parts)
		return call->parts;
	return parts ? parts : 1;
}

struct str
ranges_schema_of(const struct schema *s, const struct node *table)
{
	return s->target.p ? node_attr(table, ATTR_FROMSCHEMA) : table->arg[0];
}

struct str
ranges_table_of(const struct schema *s, const struct node *table)
{
	return s->target.p ? node_attr(table, ATTR_FROM) : table->arg[1];
}

static void
put_number(struct output *out, uint64_t n)
{
	char digits[NUM_MAX];

	output_add(out, str_of(digits, num_put_u64(digits, n)));
	output_addc(out, '\t');
}

static void
put_name(struct output *out, struct str schema, struct str table)
{
	escape_write(out, schema, true);
	output_addc(out, '\t');
	escape_write(out, table, true);
	output_addc(out, '\t');
}

static void
put_limit(struct output *out, struct str limit)
{
	output_addc(out, '\t');
	output_add(out, limit.p ? limit : STR("\\N"));
}

void
ranges_put_whole(struct output *out, const struct table_size *size, struct str schema,
		 struct str table)
{
	if (size) {
		put_number(out, size->bytes);
		put_number(out, size->rows);
	} else {
		output_add(out, STR("\\N\t\\N\t"));
	}
	put_name(out, schema, table);
	output_add(out, STR("0\n"));
}

void
ranges_put_part(struct output *out, const struct table_size *size, uint64_t parts,
		struct str key, struct str from, struct str to)
{
	put_number(out, size->bytes / parts);
	put_number(out, size->rows / parts);
	put_name(out, size->schema, size->table);
	output_add(out, STR("1\t"));
	escape_write(out, key, true);
	put_limit(out, from);
	put_limit(out, to);
	output_addc(out, '\n');
}
