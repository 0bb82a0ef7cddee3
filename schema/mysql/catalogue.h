/* The tables of a database of MySQL or MariaDB as schema(5). */
#ifndef SCHEMA_MYSQL_CATALOGUE_H
#define SCHEMA_MYSQL_CATALOGUE_H

#include "schema/mysql/mysql.h"
#include "schema/schema.h"
#include "schema/views.h"

/*
 * The session's database as schema(5), sorted and checked; only the tables named, when some are, and the views and
 * queries that are to be tables. Rights to SELECT
 * suffice; what they do not show (triggers, the text of views) is not there then. A fixed number of queries, but for
 * defaults, labels and foreign keys that the server's own catalogue does not show in full, which cost one for a table
 * that has some.
 *
 * Dies: STATUS_USAGE when no database is chosen, STATUS_BAD when a table is not there, or is none.
 */
void mysql_catalogue(struct mysql_source *s, struct schema *out, const struct str *tables,
		     size_t ntables, const struct views *views);

#endif
