/* The columns of a table of SQLite: types, defaults, the primary key, and what the rowid gives next. */
#include "schema/base/num.h"
#include "schema/sqlite/catalogue.h"

/* Columns of columns.sql. */
enum { COLUMN_NAME, COLUMN_TYPE, COLUMN_NOTNULL, COLUMN_DEFAULT, COLUMN_PK, COLUMN_HIDDEN };
/* Of pragma_table_xinfo's hidden. */
enum { HIDDEN_NONE, HIDDEN_VIRTUAL_TABLE, HIDDEN_GENERATED, HIDDEN_STORED };

/* Puts name at place (from 1) of the list. */
static void
place(struct name_list *list, size_t at, struct str name, struct pool *pool)
{
	if (at > list->n) {
		struct str *grown = pool_get(pool, at * sizeof(*grown));

		if (list->n)
			memcpy(grown, list->p, list->n * sizeof(*grown));
		list->p = grown;
		list->n = at;
	}
	list->p[at - 1] = name;
}

struct name_list
catalogue_primary_of(struct catalogue *cat, struct str table)
{
	sqlite3_stmt *q = catalogue_query(cat, QUERY_COLUMNS, table);
	struct name_list primary = { 0 };

	while (catalogue_step(cat, q))
		if (sqlite3_column_int(q, COLUMN_PK) > 0)
			place(&primary, (size_t)sqlite3_column_int(q, COLUMN_PK),
			      catalogue_text(cat, q, COLUMN_NAME), &cat->schema->pool);
	return primary;
}

/* What only the connection tells: the collation. */
static void
set_collation(struct table_reading *r, struct node *column)
{
	const char *collation = NULL;
	int code =
	    sqlite3_table_column_metadata(r->cat->source->db, "main", r->node->arg[1].p,
					  column->arg[0].p, NULL, &collation, NULL, NULL, NULL);

	if (code == SQLITE_OK && collation &&
	    !str_eq_nocase(str_cstr(collation), STR("BINARY")))
		node_set(r->cat->schema, column, ATTR_COLLATE,
			 catalogue_collation(str_cstr(collation)));
}

static void
set_generated(struct table_reading *r, struct node *column, bool stored)
{
	const struct constraint *found = NULL;

	for (const struct constraint *c = r->constraints; c; c = c->next)
		if (c->kind == CONSTRAINT_GENERATED &&
		    str_eq_nocase(c->columns.p[0], column->arg[0]))
			found = c;
	if (!found) {
		catalogue_skip(r->cat, r->node, "generated", column->arg[0],
			       "the expression of the column cannot be read with certainty",
			       r->sql);
		return;
	}
	node_set(r->cat->schema, column, ATTR_GENERATED, found->text);
	if (stored)
		node_set(r->cat->schema, column, ATTR_STORED, STR_NONE);
}

static void
add_column(struct table_reading *r, sqlite3_stmt *q)
{
	struct catalogue *cat = r->cat;
	struct str type = catalogue_text(cat, q, COLUMN_TYPE);
	int pk = sqlite3_column_int(q, COLUMN_PK),
	    hidden = sqlite3_column_int(q, COLUMN_HIDDEN);
	struct node *n;

	if (hidden == HIDDEN_VIRTUAL_TABLE)
		return;
	n = node_add(cat->schema, r->node, NODE_COLUMN, catalogue_text(cat, q, COLUMN_NAME),
		     str_cstr(type_of_declared(type, r->strict)), STR_NONE);
	if (sqlite3_column_int(q, COLUMN_NOTNULL))
		node_set(cat->schema, n, ATTR_NOTNULL, STR_NONE);
	if (type.n)
		node_set(cat->schema, n, ATTR_SRC, type);
	set_collation(r, n);
	if (pk > 0)
		place(&r->primary, (size_t)pk, n->arg[0], &cat->schema->pool);
	if (hidden == HIDDEN_GENERATED || hidden == HIDDEN_STORED)
		set_generated(r, n, hidden == HIDDEN_STORED);
}

/* A default in double quotes may be the name of a column, so all columns have to be there. */
static void
add_defaults(struct table_reading *r)
{
	sqlite3_stmt *q = catalogue_query(r->cat, QUERY_COLUMNS, r->node->arg[1]);

	while (catalogue_step(r->cat, q)) {
		struct node *column =
		    node_find(r->node, NODE_COLUMN, catalogue_text(r->cat, q, COLUMN_NAME));
		struct str text = catalogue_text(r->cat, q, COLUMN_DEFAULT);

		if (column && text.p && !node_has(column, ATTR_GENERATED))
			default_set(r->cat->schema, column, text);
	}
}

void
catalogue_add_columns(struct table_reading *r)
{
	sqlite3_stmt *q = catalogue_query(r->cat, QUERY_COLUMNS, r->node->arg[1]);

	while (catalogue_step(r->cat, q))
		add_column(r, q);
	add_defaults(r);
}

/* --- the column that is the rowid ------------------------------------------------------------------- */

/* One number, such as max(id); false for NULL. */
static bool
read_number(struct table_reading *r, const char *sql, struct str table, int64_t *out)
{
	sqlite3_stmt *q = source_prepare(r->cat->source, sql);
	bool there;

	if (table.p)
		catalogue_bind(r->cat, q, table);
	there = source_step(r->cat->source, q, "catalogue") &&
	    sqlite3_column_type(q, 0) == SQLITE_INTEGER;
	if (there)
		*out = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return there;
}

/* Where AUTOINCREMENT stands; the table is there only when a table uses it. */
static bool
read_sequence(struct table_reading *r, int64_t *out)
{
	return catalogue_object(r->cat, STR("sqlite_sequence")) &&
	    read_number(r, "SELECT max(seq) FROM sqlite_sequence WHERE name = ?1",
			r->node->arg[1], out);
}

/* Which number the source would give next. Below 1 it is 1, which collides as little. */
static void
add_next(struct table_reading *r)
{
	int64_t last = 0, v;
	struct buf sql = { 0 };
	char digits[NUM_MAX];

	buf_add(&sql, STR("SELECT max("));
	sql_name(&sql, r->alias->arg[0]);
	buf_add(&sql, STR(") FROM main."));
	sql_name(&sql, r->node->arg[1]);
	if (read_number(r, buf_cstr(&sql), STR_NONE, &v) && v > last)
		last = v;
	buf_release(&sql);
	if (read_sequence(r, &v) && v > last)
		last = v;
	if (last == INT64_MAX) {
		warn("%s: table %s: column %s has reached the greatest integer: no next value",
		     r->cat->source->name, show(r->node->arg[1]).text,
		     show(r->alias->arg[0]).text);
		return;
	}
	node_add(r->cat->schema, r->node, NODE_NEXT, r->alias->arg[0],
		 str_of(digits, num_put_i64(digits, last + 1)), STR_NONE);
}

void
catalogue_identity(struct table_reading *r)
{
	if (!r->alias)
		return;
	node_set(r->cat->schema, r->alias, ATTR_NOTNULL, STR_NONE);
	node_set(r->cat->schema, r->alias, ATTR_IDENTITY, STR("bydefault"));
	add_next(r);
}
