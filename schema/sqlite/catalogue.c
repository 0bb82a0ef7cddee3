/* The catalogue of SQLite as schema(5): tables, views, checks, and what cannot come along. */
#include <stdlib.h>

#include "schema/base/utf8.h"
#include "schema/sqlite/catalogue.h"

#include "schema/sqlite/columns.sql.h"
#include "schema/sqlite/foreign.sql.h"
#include "schema/sqlite/indexes.sql.h"
#include "schema/sqlite/keys.sql.h"
#include "schema/sqlite/objects.sql.h"
#include "schema/sqlite/tables.sql.h"
#include "schema/sqlite/triggers.sql.h"

static const char *const queries[QUERIES] = {
	[QUERY_COLUMNS] = columns_sql,
	[QUERY_INDEXES] = indexes_sql,
	[QUERY_KEYS] = keys_sql,
	[QUERY_FOREIGN] = foreign_sql,
};

/* Columns of tables.sql. */
enum { TABLE_NAME, TABLE_TYPE, TABLE_WITHOUT_ROWID, TABLE_STRICT };

void
catalogue_bind(struct catalogue *cat, sqlite3_stmt *stmt, struct str name)
{
	if (sqlite3_bind_text(stmt, 1, name.p, (int)name.n, SQLITE_TRANSIENT) != SQLITE_OK)
		source_die(cat->source, "catalogue");
}

sqlite3_stmt *
catalogue_query(struct catalogue *cat, enum query query, struct str name)
{
	sqlite3_stmt **stmt = &cat->queries[query];

	if (!*stmt)
		*stmt = source_prepare(cat->source, queries[query]);
	catalogue_bind(cat, *stmt, name);
	return *stmt;
}

bool
catalogue_step(struct catalogue *cat, sqlite3_stmt *stmt)
{
	if (source_step(cat->source, stmt, "catalogue"))
		return true;
	sqlite3_reset(stmt);
	return false;
}

struct str
catalogue_text(struct catalogue *cat, sqlite3_stmt *stmt, int col)
{
	const char *p = (const char *)sqlite3_column_text(stmt, col);
	struct str s;

	if (!p && sqlite3_column_type(stmt, col) != SQLITE_NULL)
		source_die(cat->source, "catalogue");
	if (!p)
		return STR_NONE;
	s = str_of(p, (size_t)sqlite3_column_bytes(stmt, col));
	if (utf8_valid(s) != s.n)
		die(STATUS_BAD, "%s: catalogue: not UTF-8: %s", cat->source->name,
		    show(s).text);
	return pool_str(&cat->schema->pool, s);
}

/* As SQLite compares names: ASCII letters are equal in any case. */
static int
compare_names(struct str a, struct str b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++) {
		unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];

		x += x >= 'A' && x <= 'Z' ? 'a' - 'A' : 0;
		y += y >= 'A' && y <= 'Z' ? 'a' - 'A' : 0;
		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

static int
compare_objects(const void *a, const void *b)
{
	return compare_names(((const struct object *)a)->name,
			     ((const struct object *)b)->name);
}

static void
read_objects(struct catalogue *cat)
{
	sqlite3_stmt *q = source_prepare(cat->source, objects_sql);
	size_t cap = 0;

	while (source_step(cat->source, q, "catalogue")) {
		if (cat->nobjects == cap) {
			cap = cap ? 2 * cap : 64;
			cat->objects = mem_grow(cat->objects, cap, sizeof(*cat->objects));
		}
		cat->objects[cat->nobjects++] = (struct object){
			.name = catalogue_text(cat, q, 0),
			.sql = catalogue_text(cat, q, 1),
			.table = sqlite3_column_int(q, 2),
		};
	}
	sqlite3_finalize(q);
	if (cat->nobjects)
		qsort(cat->objects, cat->nobjects, sizeof(*cat->objects), compare_objects);
}

const struct object *
catalogue_object(struct catalogue *cat, struct str name)
{
	struct object key = { .name = name };

	if (!cat->objects)
		read_objects(cat);
	if (!cat->nobjects)
		return NULL;
	return bsearch(&key, cat->objects, cat->nobjects, sizeof(key), compare_objects);
}

static struct str
object_sql(struct catalogue *cat, struct str name)
{
	const struct object *object = catalogue_object(cat, name);

	return object ? object->sql : STR_NONE;
}

void
catalogue_skip(struct catalogue *cat, struct node *parent, const char *kind, struct str name,
	       const char *reason, struct str text)
{
	struct node *n = node_add(cat->schema, parent ? parent : &cat->schema->root,
				  NODE_SKIPPED, str_cstr(kind), name, STR_NONE);

	node_set(cat->schema, n, ATTR_REASON, str_cstr(reason));
	if (text.p)
		node_set(cat->schema, n, ATTR_TEXT, text);
}

static void
add_checks(struct table_reading *r)
{
	for (const struct constraint *c = r->constraints; c; c = c->next)
		if (c->kind == CONSTRAINT_CHECK)
			node_add(r->cat->schema, r->node, NODE_CHECK, c->name, c->text,
				 STR_NONE);
}

static void
begin_table(struct table_reading *r, struct catalogue *cat, sqlite3_stmt *q)
{
	*r = (struct table_reading){
		.cat = cat,
		.without_rowid = sqlite3_column_int(q, TABLE_WITHOUT_ROWID),
		.strict = sqlite3_column_int(q, TABLE_STRICT),
	};
	r->node = node_add(cat->schema, &cat->schema->root, NODE_TABLE, SQLITE_MAIN,
			   catalogue_text(cat, q, TABLE_NAME), STR_NONE);
	if (r->strict)
		node_set(cat->schema, r->node, ATTR_STRICT, STR_NONE);
}

static void
read_text(struct table_reading *r)
{
	r->sql = object_sql(r->cat, r->node->arg[1]);
	r->understood =
	    r->sql.p && create_table_read(r->sql, &r->cat->schema->pool, &r->constraints);
	if (!r->understood)
		r->constraints = NULL;
}

static void
add_table(struct catalogue *cat, sqlite3_stmt *q)
{
	struct table_reading r;

	begin_table(&r, cat, q);
	read_text(&r);
	catalogue_add_columns(&r);
	catalogue_keys(&r);
	catalogue_foreign(&r);
	add_checks(&r);
	catalogue_identity(&r);
	if (!r.understood)
		catalogue_skip(cat, r.node, "text", r.node->arg[1],
			       "checks and names of constraints cannot be read with certainty",
			       r.sql);
}

/* What is not an ordinary table. */
static const struct {
	const char *type; /* as the pragma says it */
	const char *kind, *reason;
	const char *what; /* for messages */
} others[] = {
	{ "view", "view", "views are not converted", "a view" },
	{ "virtual", "virtual", "virtual tables are not converted", "a virtual table" },
	{ "shadow", "shadow", "it holds the data of a virtual table",
	  "the data of a virtual table" },
};

enum { OTHER_VIEW };
enum { NOTHERS = sizeof(others) / sizeof(others[0]) };

/* The place in others, or NOTHERS for a table. */
static size_t
other_kind(sqlite3_stmt *q)
{
	const char *type = (const char *)sqlite3_column_text(q, TABLE_TYPE);
	size_t i = 0;

	while (i < NOTHERS && (!type || strcmp(type, others[i].type) != 0))
		i++;
	return i;
}

/* A view has columns with the types of what they come from, but neither keys nor defaults. */
static void
add_view(struct table_reading *r, struct catalogue *cat, sqlite3_stmt *q)
{
	begin_table(r, cat, q);
	node_set(cat->schema, r->node, ATTR_VIEW, STR_NONE);
	catalogue_add_columns(r);
}

/* The columns of a query, by the types with which those of tables were declared; of others nothing is known. */
static struct node *
add_query(struct catalogue *cat, struct str name, struct str sql)
{
	struct schema *schema = cat->schema;
	struct node *table =
	    node_add(schema, &schema->root, NODE_TABLE, SQLITE_MAIN, name, STR_NONE);
	struct buf text = { 0 }, where = { 0 };
	sqlite3_stmt *q = NULL;

	node_set(schema, table, ATTR_QUERY, sql);
	buf_add(&text, STR("SELECT * FROM "));
	sql_query(&text, sql);
	buf_addf(&where, "query %s", show(name).text);
	if (sqlite3_prepare_v2(cat->source->db, text.p, (int)text.n, &q, NULL) != SQLITE_OK)
		source_die(cat->source, buf_cstr(&where));
	for (int i = 0; i < sqlite3_column_count(q); i++) {
		const char *type = sqlite3_column_decltype(q, i);
		struct node *n =
		    node_add(schema, table, NODE_COLUMN, str_cstr(sqlite3_column_name(q, i)),
			     str_cstr(type_of_declared(type ? str_cstr(type) : STR(""), false)),
			     STR_NONE);

		if (type && *type)
			node_set(schema, n, ATTR_SRC, str_cstr(type));
	}
	sqlite3_finalize(q);
	buf_release(&text);
	buf_release(&where);
	return table;
}

void
sql_query(struct buf *b, struct str sql)
{
	buf_addc(b, '(');
	buf_add(b, sql);
	/* It may end in a comment. */
	buf_add(b, STR("\n)"));
}

static bool
wanted(struct str name, const struct str *tables, size_t ntables)
{
	for (size_t i = 0; i < ntables; i++)
		if (str_eq(name, tables[i]))
			return true;
	return ntables == 0;
}

static void
add_tables(struct catalogue *cat, const struct str *tables, size_t ntables,
	   const struct views *views)
{
	sqlite3_stmt *q = source_prepare(cat->source, tables_sql);
	struct table_reading r;

	while (source_step(cat->source, q, "catalogue")) {
		struct str name = catalogue_text(cat, q, TABLE_NAME);
		size_t other = other_kind(q);
		const char *reason = NULL;

		if (other == OTHER_VIEW && views_take(views, name)) {
			add_view(&r, cat, q);
			continue;
		}
		if (!wanted(name, tables, ntables))
			continue;
		if (other == NOTHERS && !ntables)
			reason = catalogue_metadata(cat, name);
		if (reason)
			catalogue_skip(cat, NULL, "table", name, reason, object_sql(cat, name));
		else if (other == NOTHERS)
			add_table(cat, q);
		else if (ntables)
			die(STATUS_BAD, "%s: %s is %s, not a table", cat->source->name,
			    show(name).text, others[other].what);
		else
			catalogue_skip(cat, NULL, others[other].kind, name,
				       others[other].reason, object_sql(cat, name));
	}
	sqlite3_finalize(q);
}

static void
add_triggers(struct catalogue *cat, bool all)
{
	sqlite3_stmt *q = source_prepare(cat->source, triggers_sql);

	while (source_step(cat->source, q, "catalogue")) {
		struct str of = catalogue_text(cat, q, 1);
		struct node *table = node_first(&cat->schema->root, NODE_TABLE);

		while (table && !str_eq_nocase(table->arg[1], of))
			table = node_next(table);
		if (table || all)
			catalogue_skip(cat, table, "trigger", catalogue_text(cat, q, 0),
				       "triggers are not converted", catalogue_text(cat, q, 2));
	}
	sqlite3_finalize(q);
}

static void
release(struct catalogue *cat)
{
	for (unsigned i = 0; i < QUERIES; i++)
		sqlite3_finalize(cat->queries[i]);
	free(cat->objects);
}

void
catalogue_read(struct source *s, struct schema *out, const struct str *tables, size_t ntables,
	       const struct views *views)
{
	struct catalogue cat = { .source = s, .schema = out };
	struct err e = { 0 };

	schema_init(out);
	out->source = STR("sqlite");
	out->database = pool_str(&out->pool, s->database);
	add_tables(&cat, tables, ntables, views);
	for (size_t i = 0; i < views->nnames; i++) {
		const struct node *view = schema_table(out, SQLITE_MAIN, views->names[i]);

		if (!view || !node_has(view, ATTR_VIEW))
			die(STATUS_BAD, "%s: no view %s", s->name, show(views->names[i]).text);
	}
	for (size_t i = 0; i < views->nqueries; i++)
		add_query(&cat, views->queries[i].name, views->queries[i].sql);
	for (size_t i = 0; i < ntables; i++)
		if (!schema_table(out, SQLITE_MAIN, tables[i]))
			die(STATUS_BAD, "%s: no table %s", s->name, show(tables[i]).text);
	add_triggers(&cat, ntables == 0);
	release(&cat);
	schema_sort(out);
	if (schema_check(out, &e) < 0)
		die(e.status, "%s: %s", s->name, e.text);
}

void
catalogue_columns(struct source *s, struct schema *out, struct str table, const struct node *as,
		  struct table_columns *columns)
{
	struct catalogue cat = { .source = s, .schema = out };
	sqlite3_stmt *q = source_prepare(s, tables_sql);

	catalogue_bind(&cat, q, table);
	schema_init(out);
	*columns = (struct table_columns){ 0 };
	columns->view = columns->without_rowid =
	    as && (node_has(as, ATTR_VIEW) || node_has(as, ATTR_QUERY));
	if (as && node_has(as, ATTR_QUERY))
		columns->node = add_query(&cat, table, node_attr(as, ATTR_QUERY));
	while (source_step(s, q, "catalogue")) {
		struct table_reading r;
		size_t other = other_kind(q);

		if (columns->node || !str_eq(catalogue_text(&cat, q, TABLE_NAME), table))
			continue;
		if (columns->view && other == OTHER_VIEW) {
			add_view(&r, &cat, q);
			columns->node = r.node;
			continue;
		}
		if (columns->view) {
			columns->instead = "no view";
			continue;
		}
		if (other < NOTHERS) {
			columns->instead = others[other].what;
			continue;
		}
		begin_table(&r, &cat, q);
		catalogue_add_columns(&r);
		columns->node = r.node;
		columns->without_rowid = r.without_rowid;
		columns->primary = r.primary.p;
		columns->nprimary = r.primary.n;
	}
	sqlite3_finalize(q);
	release(&cat);
}

const char *
table_rowid(const struct table_columns *t)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !t->without_rowid; i++) {
		const struct node *c = node_first(t->node, NODE_COLUMN);

		while (c && !str_eq_nocase(c->arg[0], str_cstr(names[i])))
			c = node_next(c);
		if (!c)
			return names[i];
	}
	return NULL;
}
