/* The call of mysql-rows: by whoever starts it, and again by who reads in its place. */
#ifndef EXTRACT_MYSQL_OPTIONS_H
#define EXTRACT_MYSQL_OPTIONS_H

#include "schema/rejects.h"
#include "schema/sample.h"
#include "schema/table-args.h"

struct mysql_options {
	struct table_args tables; /* whoever has the options releases them */
	const char *source, *output, *query, *schema_file, *rejects, *stats;
	const char *ranges;
	uint64_t range; /* a line of ranges, from 1 */
	struct sample sample;
	bool verbose;
};

/* Reads the words of a call, the first of which is not looked at. Texts are those of argv. Dies, STATUS_USAGE; -h and -V end the program. */
void
mysql_options_read(struct mysql_options *opt, struct rejects *rejects, int argc, char **argv);

#endif
