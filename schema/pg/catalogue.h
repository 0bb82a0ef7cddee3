/* The catalogue of a PostgreSQL database as schema(5): what its tables, keys and indexes really are. */
#ifndef SCHEMA_PG_CATALOGUE_H
#define SCHEMA_PG_CATALOGUE_H

#include <libpq-fe.h>

#include "schema/schema.h"

/* Which objects; none of either kind stands for all. Names as schema(5) has them. */
struct pg_selection {
	struct str *schemas;
	size_t nschemas;
	struct str *tables;
	size_t ntables;
};

/*
 * Reads what the selection names into s, in canonical order: source=postgresql target=postgresql, types as format_type()
 * prints them, expressions as the server does. The schemas pg_* and information_schema are never looked at; with
 * tables selected, objects that belong to no table are left out, but for enums. A handful of queries in one snapshot,
 * however many tables there are. Dies: STATUS_BAD for a schema or table that is not there, as pg_die() for the rest.
 */
void pg_catalogue(PGconn *conn, const struct pg_selection *sel, struct schema *s);

#endif
