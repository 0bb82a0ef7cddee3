/* What the files that read the catalogue share; others include sqlite.h. */
#ifndef SCHEMA_SQLITE_CATALOGUE_H
#define SCHEMA_SQLITE_CATALOGUE_H

#include "schema/sqlite/create.h"
#include "schema/sqlite/sqlite.h"

enum query { QUERY_COLUMNS, QUERY_INDEXES, QUERY_KEYS, QUERY_FOREIGN, QUERIES };

/* A table, view or index, which share one space of names. */
struct object {
	struct str name;
	struct str sql; /* p NULL for the index of a constraint */
	bool table;     /* an ordinary one */
};

struct catalogue {
	struct source *source;
	struct schema *schema;
	sqlite3_stmt *queries[QUERIES];
	struct object *objects; /* sorted by name; read when the first is looked for */
	size_t nobjects;
};

/* A table while it is read. */
struct table_reading {
	struct catalogue *cat;
	struct node *node;
	bool without_rowid, strict;
	struct str sql;
	bool understood; /* sql was, so that constraints are all there are */
	struct constraint *constraints;
	struct name_list primary; /* the columns of the primary key in its order */
	struct node *alias;       /* the column that is the rowid, or NULL */
};

/* Gives the statement its one parameter. */
void catalogue_bind(struct catalogue *cat, sqlite3_stmt *stmt, struct str name);
/* The statement of a query with name bound, ready to be stepped. */
sqlite3_stmt *catalogue_query(struct catalogue *cat, enum query query, struct str name);
/* The next row; at the end false, and the statement is reset. */
bool catalogue_step(struct catalogue *cat, sqlite3_stmt *stmt);
/* A text of the current row, in the schema's pool; p NULL for NULL. Dies when it is not UTF-8. */
struct str catalogue_text(struct catalogue *cat, sqlite3_stmt *stmt, int col);
/* A skipped line in parent, of which NULL stands for the table's node or the schema. */
void catalogue_skip(struct catalogue *cat, struct node *parent, const char *kind,
		    struct str name, const char *reason, struct str text);
/* By its name in any case; NULL when there is none. */
const struct object *catalogue_object(struct catalogue *cat, struct str name);
/* schema/sqlite/columns.c: the columns, with their defaults. Sets r->primary. */
void catalogue_add_columns(struct table_reading *r);
/* What the rowid gives next, when a column is it. */
void catalogue_identity(struct table_reading *r);
/* The columns of the primary key of any table of the source, in its order. */
struct name_list catalogue_primary_of(struct catalogue *cat, struct str table);

/* schema/sqlite/metadata.c: why the table is no data of the user's; NULL when it is. */
const char *catalogue_metadata(struct catalogue *cat, struct str name);

/* SQLite's own collations in upper case, others as they are: so no reader has to look at case. */
struct str catalogue_collation(struct str name);
/* schema/sqlite/keys.c: the primary key, unique constraints and indexes. Sets r->alias. */
void catalogue_keys(struct table_reading *r);
/* schema/sqlite/foreign.c */
void catalogue_foreign(struct table_reading *r);

#endif
