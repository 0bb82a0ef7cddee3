/*
 * Reading tables of MySQL or MariaDB, a range of one, or a query, as rows(5): what mysql-rows does, in a session of its own or in one
 * of a snapshot (mysql-snapshot).
 */
#ifndef EXTRACT_MYSQL_READ_H
#define EXTRACT_MYSQL_READ_H

#include "extract/mysql-value.h"
#include "extract/rows-call.h"
#include "schema/mysql/table.h"
#include "schema/ranges.h"
#include "schema/schema.h"

struct mysql_read {
	struct rows_call opt;
	struct mysql_source source;
	struct str schema, table; /* the one that is read */
	struct mysql_table now;   /* the table as it is now */
	struct schema wanted;     /* the schema of -s */
	struct range range;
	const struct mysql_column **chosen; /* of the table, in the order of columns */
	struct value_column *columns;
	size_t ncols;
	struct rows_head head;
	struct buf where; /* SCHEMA.TABLE, for messages */
	MYSQL_RES *result;
	bool as_stored; /* texts come as they are stored, not as UTF-8 */
	struct output out;
	struct rejects rejects;
	struct output aside; /* a reject's line */
	uint64_t rows;       /* written, of this table */
	uint64_t all;        /* of those before it */
	int asker; /* readable when nobody wants the rows any more; -1 where that cannot be */
	bool
	    queried; /* the query was sent: without an error and a result, it was none that gives rows */
};

/* Reads the call. Dies, STATUS_USAGE. */
void mysql_read_call(struct mysql_read *job, int argc, char **argv);
/* Opens what is written besides the rows, so that a wrong name is found before any work. Dies, STATUS_USAGE. */
void mysql_read_files(struct mysql_read *job);
/* Reads and writes all of it; job->source is open. Dies when it cannot. */
void mysql_read_rows(struct mysql_read *job);
/* Frees what the job has, also after it died within prog_guard(); of a result that was not read to its end the rest is fetched. The source stays open. */
void mysql_read_release(struct mysql_read *job);

#endif
