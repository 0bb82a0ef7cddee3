/* The columns of a query of the user's own: names and types as the server describes its result. */
#ifndef EXTRACT_MYSQL_QUERY_H
#define EXTRACT_MYSQL_QUERY_H

#include "extract/mysql-value.h"
#include "schema/mysql/mysql.h"

/*
 * Fills in columns, of which there are as many as the result has; texts live in the source's pool. Dies, STATUS_USAGE, of a FLOAT, which
 * the text protocol cuts, and of two columns with one name.
 */
void mysql_query_columns(struct mysql_source *s, const char *where, MYSQL_RES *result,
			 struct value_column *columns);

#endif
