/*
 * Views and queries that a source is asked to have as tables, for the programs that describe sources. Nothing is made at
 * the source: a view is read where it is, and a query is the text of a SELECT.
 */
#ifndef SCHEMA_VIEWS_H
#define SCHEMA_VIEWS_H

#include "schema/base/bytes.h"

struct view_query {
	struct str name, sql;
};

struct views {
	struct str *names;
	size_t nnames;
	bool all;
	struct view_query *queries;
	size_t nqueries;
	struct pool pool;
};

/* Room for as many as there are arguments. */
void views_init(struct views *v, int argc);
/*
 * What an option says: -w VIEW, -W for all, -q NAME=FILE, names as schema(5) writes them. FILE is read at once. Dies,
 * STATUS_USAGE, of one that cannot be, or has no text.
 */
void views_option(struct views *v, int option, const char *argument);
bool views_take(const struct views *v, struct str name);
void views_release(struct views *v);

#endif
