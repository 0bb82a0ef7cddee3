/* A table or view of the server, as far as COPY has to know it. */
#ifndef SCHEMA_PG_RELATION_H
#define SCHEMA_PG_RELATION_H

#include "schema/pg/pg.h"

struct pg_column {
	struct str name;
	struct str type; /* as format_type() prints it */
	bool generated;  /* GENERATED ALWAYS AS … STORED: it can be read, not written */
	bool notnull;
	/* The type itself, or what a domain is over when all domains are taken off: */
	struct str base; /* as format_type() prints it */
	unsigned base_oid;
	bool is_enum;
	unsigned
	    element; /* of an array: the type of its elements, which may be a domain; else 0 */
	unsigned element_base; /* what that is over */
	bool element_is_enum;
};

struct pg_relation {
	char
	    kind; /* pg_class.relkind: r table, p partitioned, v view, m materialized view, f foreign */
	bool parent;     /* other tables may inherit from it, or are its partitions */
	bool undivided;  /* triggers or constraints can tell one COPY from several */
	const char *oid; /* as text, for parameters */
	struct pg_column *columns;
	size_t ncols;
	PGresult *texts; /* what the names and types point into */
};

/* False when there is no such table or view; a server that refuses to say dies as pg_die(). */
bool
pg_relation_read(struct pg_relation *rel, PGconn *conn, struct str schema, struct str table);
void pg_relation_release(struct pg_relation *rel);

/* The column of that name, or NULL. */
const struct pg_column *pg_relation_column(const struct pg_relation *rel, struct str name);

/* Its rows and not those of the tables that inherit from it, as FROM and TRUNCATE take it: ONLY schema.table. */
void pg_relation_only(const struct pg_relation *rel, struct buf *out, struct str schema,
		      struct str table);

/* `schema.table` as messages show it. */
void pg_relation_where(struct buf *out, struct str schema, struct str table);

#endif
