/* The catalogue of SQLite: primary keys, unique constraints, indexes. */
#include "schema/sqlite/catalogue.h"

struct index {
	struct str name, origin, sql;
	bool unique, partial;
};

static const char *const unreadable = "its text cannot be read with certainty";

static bool
same_columns(const struct node *key, const struct name_list *columns)
{
	const struct node *k = node_first(key, NODE_KEY);

	for (size_t i = 0; i < columns->n; i++) {
		if (!k || !str_eq_nocase(k->arg[0], columns->p[i]))
			return false;
		k = k->next;
	}
	return !k;
}

/* The name of the one constraint of these columns; empty when there is none, or when it could be another. */
static struct str
constraint_name(const struct table_reading *r, enum constraint_kind kind,
		const struct node *key)
{
	struct str name = STR("");
	size_t found = 0;

	for (const struct constraint *c = r->constraints; c; c = c->next) {
		if (c->kind != kind || !same_columns(key, &c->columns))
			continue;
		found++;
		name = c->name;
	}
	return found == 1 ? name : STR("");
}

struct str
catalogue_collation(struct str collation)
{
	static const char *const own[] = { "BINARY", "NOCASE", "RTRIM" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (str_eq_nocase(collation, str_cstr(own[i])))
			return str_cstr(own[i]);
	return collation;
}

/* What the key says itself, and what it has from its column when that is not the usual. */
static void
set_collation(struct table_reading *r, struct node *key, struct str collation)
{
	const struct node *column = NULL;
	struct str of_column = STR_NONE;

	if (key->kind == NODE_KEY)
		column = node_find(r->node, NODE_COLUMN, key->arg[0]);
	if (column)
		of_column = node_attr(column, ATTR_COLLATE);
	collation = catalogue_collation(collation);
	if (!str_eq(collation, STR("BINARY")) || of_column.p)
		node_set(r->cat->schema, key, ATTR_COLLATE, collation);
}

/* The parts of an index below node. False when one cannot be told; *reason says why. */
static bool
add_parts(struct table_reading *r, const struct index *index, struct node *node,
	  const char **reason)
{
	sqlite3_stmt *q = catalogue_query(r->cat, QUERY_KEYS, index->name);
	struct create_index create = { 0 };
	bool read =
	    index->sql.p && create_index_read(index->sql, &r->cat->schema->pool, &create);
	size_t n = 0;

	*reason = NULL;
	while (catalogue_step(r->cat, q)) {
		int cid = sqlite3_column_int(q, 0);
		struct node *key = NULL;

		if (cid >= 0)
			key = node_add(r->cat->schema, node, NODE_KEY,
				       catalogue_text(r->cat, q, 1), STR_NONE, STR_NONE);
		else if (cid == -1)
			*reason = "it is on the rowid, which is no column";
		else if (!read || n >= create.keys.n || !create.keys.p[n].n)
			*reason = unreadable;
		else
			key = node_add(r->cat->schema, node, NODE_KEYEXPR, create.keys.p[n],
				       STR_NONE, STR_NONE);
		n++;
		if (!key)
			continue;
		if (sqlite3_column_int(q, 2))
			node_set(r->cat->schema, key, ATTR_DESC, STR_NONE);
		set_collation(r, key, catalogue_text(r->cat, q, 3));
	}
	if (index->sql.p && (index->partial || node_first(node, NODE_KEYEXPR)) &&
	    (!read || n != create.keys.n))
		*reason = unreadable;
	if (index->partial && read && !create.where.n)
		*reason = unreadable;
	if (!*reason && index->partial)
		node_set(r->cat->schema, node, ATTR_WHERE, create.where);
	return !*reason;
}

static void
add_index(struct table_reading *r, const struct index *index)
{
	struct schema *s = r->cat->schema;
	bool constraint = str_eq(index->origin, STR("u"));
	struct str name = constraint ? STR("") : index->name;
	struct node *node = node_add(s, r->node, index->unique ? NODE_UNIQUE : NODE_INDEX, name,
				     STR_NONE, STR_NONE);
	const char *reason;

	if (!add_parts(r, index, node, &reason)) {
		node_remove(node);
		catalogue_skip(r->cat, r->node, "index", index->name, reason, index->sql);
		return;
	}
	if (constraint)
		node->arg[0] = constraint_name(r, CONSTRAINT_UNIQUE, node);
}

/* The collations of the primary key, which only its index knows. */
static void
finish_primary(struct table_reading *r, const struct index *index, struct node *primary)
{
	sqlite3_stmt *q = catalogue_query(r->cat, QUERY_KEYS, index->name);

	while (catalogue_step(r->cat, q)) {
		struct node *key = node_find(primary, NODE_KEY, catalogue_text(r->cat, q, 1));

		if (key)
			set_collation(r, key, catalogue_text(r->cat, q, 3));
	}
}

static struct node *
add_primary(struct table_reading *r)
{
	struct schema *s = r->cat->schema;
	struct node *primary;

	if (!r->primary.n)
		return NULL;
	primary = node_add(s, r->node, NODE_PRIMARY, STR(""), STR_NONE, STR_NONE);
	for (size_t i = 0; i < r->primary.n; i++)
		node_add(s, primary, NODE_KEY, r->primary.p[i], STR_NONE, STR_NONE);
	for (const struct constraint *c = r->constraints; c; c = c->next)
		if (c->kind == CONSTRAINT_PRIMARY)
			primary->arg[0] = c->name;
	return primary;
}

/*
 * A primary key of one column declared INTEGER is the rowid itself, and needs no index. Where SQLite made one
 * after all, as for the column constraint PRIMARY KEY DESC, it is not (https://sqlite.org/lang_createtable.html,
 * section 5).
 */
static void
find_alias(struct table_reading *r, bool has_index)
{
	struct node *column;

	if (r->primary.n != 1 || has_index || r->without_rowid)
		return;
	column = node_find(r->node, NODE_COLUMN, r->primary.p[0]);
	if (column && str_eq_nocase(node_attr(column, ATTR_SRC), STR("INTEGER")))
		r->alias = column;
}

void
catalogue_keys(struct table_reading *r)
{
	struct catalogue *cat = r->cat;
	sqlite3_stmt *q = catalogue_query(cat, QUERY_INDEXES, r->node->arg[1]);
	struct node *primary = add_primary(r);
	bool has_index = false;

	while (catalogue_step(cat, q)) {
		struct index index = {
			.name = catalogue_text(cat, q, 0),
			.unique = sqlite3_column_int(q, 1),
			.origin = catalogue_text(cat, q, 2),
			.partial = sqlite3_column_int(q, 3),
		};
		const struct object *object = catalogue_object(cat, index.name);

		if (object)
			index.sql = object->sql;
		if (!str_eq(index.origin, STR("pk"))) {
			add_index(r, &index);
			continue;
		}
		has_index = true;
		if (primary)
			finish_primary(r, &index, primary);
	}
	find_alias(r, has_index);
}
