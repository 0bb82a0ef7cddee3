/* One table of the source as far as reading its rows needs it. */
#ifndef SCHEMA_MYSQL_TABLE_H
#define SCHEMA_MYSQL_TABLE_H

#include "schema/mysql/mysql.h"

struct mysql_column {
	struct str name;
	struct str column_type; /* the server's own words: bigint(20) unsigned */
	struct str type;        /* neutral, as mysql-schema has it */
	struct str charset;     /* of its texts; p NULL when it has none */
	bool primary;           /* a column of the primary key */
	bool nullable;
};

/* All of it lives in the source's pool. */
struct mysql_table {
	struct mysql_column *columns; /* in their order */
	size_t ncols;
	const char *instead; /* what else has the name ("a view"); NULL when nothing has */
};

/* False when there is no such table, or view; instead is set then. Dies as mysql_source_query(). */
bool mysql_table_read(struct mysql_source *s, struct str schema, struct str table, bool view,
		      struct mysql_table *out);

/* The column of that name, or NULL. */
const struct mysql_column *mysql_table_column(const struct mysql_table *t, struct str name);

#endif
