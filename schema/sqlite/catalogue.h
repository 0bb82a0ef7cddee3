/* What the files that read the catalogue share; others include sqlite.h. */
#ifndef SCHEMA_SQLITE_CATALOGUE_H
#define SCHEMA_SQLITE_CATALOGUE_H

#include "schema/sqlite/create.h"
#include "schema/sqlite/sqlite.h"

enum query { QUERY_COLUMNS, QUERY_INDEXES, QUERY_KEYS, QUERY_FOREIGN, QUERIES };

struct catalogue {
	struct source *source;
	struct schema *schema;
	sqlite3_stmt *queries[QUERIES];
};

/* A table while it is read. */
struct reading {
	struct catalogue *cat;
	struct node *table;
	bool without_rowid, strict;
	struct str sql;
	struct constraint *constraints; /* as its text has them; NULL too when that is not understood */
	bool understood;
	struct str *primary; /* the columns of the primary key in its order */
	size_t nprimary;
	struct node *alias;  /* the column that is the rowid, or NULL */
};

/* The statement with name bound, ready to be stepped. */
sqlite3_stmt *catalogue_query(struct catalogue *cat, enum query query, struct str name);
/* Steps it; resets it at the end. */
bool catalogue_step(struct catalogue *cat, sqlite3_stmt *stmt);
/* A text of the current row, in the schema's pool: p NULL for NULL. Dies when it is no UTF-8. */
struct str catalogue_text(struct catalogue *cat, sqlite3_stmt *stmt, int col);

/* The column of the table that SQLite would find by this name, whatever its case. */
struct node *catalogue_find_column(const struct node *table, struct str name);

/* schema/sqlite/keys.c: the primary key, unique constraints, indexes; sets r->alias. */
void catalogue_primary(struct reading *r);
void catalogue_indexes(struct reading *r);
/* When all tables have their columns and primary keys. others: all tables, in a schema of their own. */
void catalogue_foreign(struct reading *r, const struct schema *all);

#endif
