/*
 * Rejects: rows that a stage sets aside instead of dying of them (options -e LIMIT and -E FILE of every stage that moves rows;
 * -o is a stage's output).
 *
 * A reject file is valid rows(5). Before each row stands one comment line of escaped fields, TAB-separated:
 *
 *	# reject	CODE	COLUMN	CONSTRAINT	MESSAGE	ROW	KEY
 *
 * CODE is an SQLSTATE or a word of the stage's own, ROW the row's number in the stream, from 1, KEY what the source
 * calls it (`rowid 17`) or empty. Fields that do not apply are empty. Readers of rows(5) drop comments, so the file can
 * be edited and loaded as it is.
 */
#ifndef SCHEMA_REJECTS_H
#define SCHEMA_REJECTS_H

#include <stdint.h>

#include "schema/base/io.h"
#include "schema/rows.h"

struct rejects {
	bool allowed;     /* -e was given, and not as 0 */
	bool percent;     /* limit is a percentage of the rows read */
	double limit;     /* of one run of the program, all tables together */
	const char *path; /* -E; NULL without rejects */
	struct output out;
	uint64_t count; /* of all tables */
	uint64_t table_count;
	const struct rows_head *head;
	bool framed; /* the current table's head was written */
	struct buf line;
};

/* Why a row was set aside. p NULL or empty where it does not apply. */
struct reject {
	struct str code, column, constraint, message, key;
	uint64_t row;
};

/* Reads the argument of -e: a count, or a percentage such as 0.1%. Dies with STATUS_USAGE. */
void rejects_limit(struct rejects *r, const char *argument);
/*
 * Opens path at once, so that a wrong one is found before any work. Dies with STATUS_USAGE when rejects are allowed and
 * there is no path to keep them, or the other way round.
 */
void rejects_open(struct rejects *r, const char *path);

/* head is borrowed until rejects_end_table(). */
void rejects_begin_table(struct rejects *r, const struct rows_head *head);
/*
 * Sets a row aside; row is its line as it stands in the stream, without its newline. Dies with STATUS_BAD when rejects
 * are not allowed (with the reject's own message behind where) or when the count is over the limit; that is told by
 * stats_over() too.
 */
void rejects_add(struct rejects *r, const struct reject *why, struct str row);
/* Without it, what is in the file so far is a cut stream. Flushes: a later failure must not lose what was set aside. */
void rejects_end_table(struct rejects *r);
/* A percentage is judged here: rows is the number of rows read. Dies with STATUS_BAD when over. */
void rejects_finish(struct rejects *r, uint64_t rows);
/* Frees what is left after a fault; what is in the file is a cut stream then. Also behind rejects_finish(). */
void rejects_abandon(struct rejects *r);

#endif
