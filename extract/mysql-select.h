/* The SELECT that reads a table of MySQL or MariaDB, or a range of one. */
#ifndef EXTRACT_MYSQL_SELECT_H
#define EXTRACT_MYSQL_SELECT_H

#include "extract/mysql-value.h"
#include "schema/mysql/table.h"
#include "schema/ranges.h"

/*
 * Makes a column of the catalogue one to read. False when none of MySQL's values is read as its type. Texts whose bytes are UTF-8 in
 * the table are to arrive as they are there, so the session's character_set_results has to be NULL.
 */
bool mysql_select_column(struct value_column *c, const struct mysql_column *from);

/* SELECT each of the columns FROM schema.table; with none, a NULL for every row. range may be NULL. */
void mysql_select_rows(struct buf *sql, struct str schema, struct str table,
		       const struct mysql_column *const *columns, size_t ncols);

/*
 * Adds WHERE, which chooses the rows of the range. Returns 0, or -1 with e set: a key that is no column, may be NULL, or whose values
 * have no literal that compares like the column.
 */
int mysql_select_range(struct buf *sql, const struct mysql_table *table,
		       const struct range *range, struct err *e);

#endif
