/* One row of an SQLite table as a line of rows(5). */
#ifndef EXTRACT_SQLITE_ROW_H
#define EXTRACT_SQLITE_ROW_H

#include "extract/sqlite-value.h"

/* The columns, in the order of the statement's. */
struct row {
	struct value_column *columns;
	size_t ncols;
};

/*
 * Writes the row that stmt is at, up to the first value that its column cannot hold: returns
 * the number of that column, or ncols when the whole line was written.
 */
size_t row_put(const struct row *row, struct value_writer *w, sqlite3_stmt *stmt);
/*
 * The line, without its newline, of a row with values that their columns cannot hold: these as
 * they are, the others as always. False when one had to be written in hexadecimal.
 */
bool row_put_as_it_is(const struct row *row, struct value_writer *w, sqlite3_stmt *stmt);

#endif
