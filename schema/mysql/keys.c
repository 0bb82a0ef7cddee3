/* The keys, foreign keys and checks of MySQL's and MariaDB's tables. */
#include "schema/mysql/create.h"
#include "schema/mysql/reading.h"
#include "schema/mysql/type.h"

#include "schema/mysql/actions.sql.h"
#include "schema/mysql/checks-mariadb.sql.h"
#include "schema/mysql/checks-mysql.sql.h"
#include "schema/mysql/foreign.sql.h"
#include "schema/mysql/indexes.sql.h"

/* Since when information_schema has checks; MariaDB 10.3 got it later than 10.2 did. */
enum {
	MARIADB_CHECKS = 100222,
	MARIADB_103 = 100300,
	MARIADB_103_CHECKS = 100310,
	MYSQL_CHECKS = 80016
};

static void
add_word(struct catalogue *cat, struct node *n, enum attr_name attr, bool there)
{
	if (there)
		node_set(cat->schema, n, attr, STR_NONE);
}

/* ASCII, as the words of the catalogue are. */
static struct str
lower(struct catalogue *cat, struct str s)
{
	cat->scratch.n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		buf_addc(&cat->scratch, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
	}
	return buf_str(&cat->scratch);
}

/* --- keys ------------------------------------------------------------------------------------------- */

/* The columns of indexes.sql. */
enum index_column {
	INDEX_TABLE,
	INDEX_NAME,
	INDEX_NON_UNIQUE,
	INDEX_TYPE,
	INDEX_COMMENT,
	INDEX_COLUMN,
	INDEX_COLLATION,
	INDEX_SUB_PART,
	INDEX_EXPRESSION,
};

static struct node *
add_index(struct catalogue *cat, struct node *table, const struct rows *r)
{
	struct str name = catalogue_value(r, INDEX_NAME);
	bool primary = str_eq(name, STR("PRIMARY"));
	enum node_kind kind = primary                                ? NODE_PRIMARY
	    : str_eq(catalogue_value(r, INDEX_NON_UNIQUE), STR("0")) ? NODE_UNIQUE
								     : NODE_INDEX;
	struct node *n =
	    node_add(cat->schema, table, kind, primary ? STR("") : name, STR_NONE, STR_NONE);

	if (kind == NODE_INDEX)
		node_set(cat->schema, n, ATTR_METHOD,
			 lower(cat, catalogue_value(r, INDEX_TYPE)));
	catalogue_set(cat, n, ATTR_COMMENT, catalogue_value(r, INDEX_COMMENT));
	return n;
}

static void
add_key(struct catalogue *cat, struct node *index, const struct rows *r)
{
	struct str column = catalogue_value(r, INDEX_COLUMN),
		   method = node_attr(index, ATTR_METHOD);
	struct node *n;

	if (column.p)
		n = node_add(cat->schema, index, NODE_KEY, column, STR_NONE, STR_NONE);
	else
		n = node_add(cat->schema, index, NODE_KEYEXPR,
			     catalogue_expression(cat, catalogue_value(r, INDEX_EXPRESSION)),
			     STR_NONE, STR_NONE);
	add_word(cat, n, ATTR_DESC, str_eq(catalogue_value(r, INDEX_COLLATION), STR("D")));
	/* The 32 bytes of a SPATIAL key are those of a rectangle. */
	if (!str_eq(method, STR("spatial")))
		catalogue_set(cat, n, ATTR_PREFIX, catalogue_value(r, INDEX_SUB_PART));
}

void
catalogue_indexes(struct catalogue *cat)
{
	struct rows r = catalogue_query(cat, indexes_sql);
	struct node *n = NULL, *table = NULL;
	struct str last = STR_NONE;

	while (catalogue_step(&r)) {
		struct object *o = catalogue_table(&r);
		struct str name = catalogue_value(&r, INDEX_NAME);

		if (!o)
			continue;
		if (o->node != table || !str_eq(name, last)) {
			n = add_index(cat, o->node, &r);
			last = pool_str(&cat->schema->pool, name);
			table = o->node;
		}
		add_key(cat, n, &r);
	}
}

/* --- foreign keys ----------------------------------------------------------------------------------- */

/* The columns of foreign.sql and of actions.sql. */
enum foreign_column {
	FOREIGN_TABLE,
	FOREIGN_NAME,
	FOREIGN_COLUMN,
	FOREIGN_SCHEMA,
	FOREIGN_REFERENCED,
	FOREIGN_REFERENCED_COLUMN,
};
enum action_column { ACTION_TABLE, ACTION_NAME, ACTION_UPDATE, ACTION_DELETE };

/* NO ACTION is what it is without one. */
static void
set_action(struct catalogue *cat, struct node *n, enum attr_name attr, struct str rule)
{
	if (!str_eq_nocase(rule, STR("NO ACTION")))
		catalogue_set(cat, n, attr, lower(cat, rule));
}

static void
read_foreign(struct catalogue *cat)
{
	struct rows r = catalogue_query(cat, foreign_sql);
	struct node *n = NULL;

	while (catalogue_step(&r)) {
		struct object *o = catalogue_table(&r);
		struct str name = catalogue_value(&r, FOREIGN_NAME);

		if (!o)
			continue;
		if (!n || n->parent != o->node || !str_eq(n->arg[0], name))
			n = node_add(cat->schema, o->node, NODE_FOREIGN, name,
				     catalogue_value(&r, FOREIGN_SCHEMA),
				     catalogue_value(&r, FOREIGN_REFERENCED));
		node_add(cat->schema, n, NODE_PAIR, catalogue_value(&r, FOREIGN_COLUMN),
			 catalogue_value(&r, FOREIGN_REFERENCED_COLUMN), STR_NONE);
	}
}

/* What the server shows: of a table all of its foreign keys, or none. */
static void
read_actions(struct catalogue *cat)
{
	struct rows r = catalogue_query(cat, actions_sql);

	while (catalogue_step(&r)) {
		struct object *o = catalogue_table(&r);
		struct node *n = o
		    ? node_find(o->node, NODE_FOREIGN, catalogue_value(&r, ACTION_NAME))
		    : NULL;

		if (!n)
			continue;
		o->actions_known = true;
		set_action(cat, n, ATTR_ONUPDATE, catalogue_value(&r, ACTION_UPDATE));
		set_action(cat, n, ATTR_ONDELETE, catalogue_value(&r, ACTION_DELETE));
	}
}

/* What SHOW CREATE TABLE says of the table's foreign keys, for who is not shown them elsewhere. */
static void
read_actions_of(struct catalogue *cat, const struct object *o)
{
	struct buf sql = { 0 };
	struct rows r;

	buf_add(&sql, STR("show create table "));
	mysql_quote_name(&sql, o->name);
	r = catalogue_query(cat, buf_cstr(&sql));
	buf_release(&sql);
	while (catalogue_step(&r)) {
		struct str text = catalogue_value(&r, 1);
		struct create_foreign f;

		while (create_next_foreign(&text, &cat->schema->pool, &f)) {
			struct node *n = node_find(o->node, NODE_FOREIGN, f.name);

			if (!n)
				continue;
			set_action(cat, n, ATTR_ONUPDATE, f.on_update);
			set_action(cat, n, ATTR_ONDELETE, f.on_delete);
		}
	}
}

void
catalogue_foreign(struct catalogue *cat)
{
	read_foreign(cat);
	read_actions(cat);
	for (size_t i = 0; i < cat->nobjects; i++) {
		const struct object *o = &cat->objects[i];

		if (o->node && !o->actions_known && node_first(o->node, NODE_FOREIGN))
			read_actions_of(cat, o);
	}
}

/* --- checks ----------------------------------------------------------------------------------------- */

enum check_column { CHECK_TABLE, CHECK_NAME, CHECK_CLAUSE, CHECK_ENFORCED };

/* MariaDB's JSON is a text with a check; what holds of the text says nothing of a json. */
static bool
take_json(struct catalogue *cat, struct node *table, struct str name, struct str clause)
{
	struct node *column = node_find(table, NODE_COLUMN, name);

	if (!column || !mysql_is_json(node_attr(column, ATTR_SRC), name, clause))
		return false;
	column->arg[1] = str_cstr("json");
	node_set(cat->schema, column, ATTR_SRC, STR("json"));
	node_unset(column, ATTR_COLLATE);
	return true;
}

static const char *
checks_query(const struct mysql_source *s)
{
	if (!s->mariadb)
		return s->version >= MYSQL_CHECKS ? checks_mysql_sql : NULL;
	if (s->version < MARIADB_CHECKS ||
	    (s->version >= MARIADB_103 && s->version < MARIADB_103_CHECKS))
		return NULL;
	return checks_mariadb_sql;
}

void
catalogue_checks(struct catalogue *cat)
{
	const char *sql = checks_query(cat->source);
	struct rows r;

	if (!sql)
		return;
	r = catalogue_query(cat, sql);
	while (catalogue_step(&r)) {
		struct object *o = catalogue_table(&r);
		struct str name = catalogue_value(&r, CHECK_NAME),
			   clause = catalogue_value(&r, CHECK_CLAUSE);
		struct node *n;

		if (!o || (cat->source->mariadb && take_json(cat, o->node, name, clause)))
			continue;
		n = node_add(cat->schema, o->node, NODE_CHECK, name,
			     catalogue_expression(cat, clause), STR_NONE);
		add_word(cat, n, ATTR_NOTVALID,
			 str_eq(catalogue_value(&r, CHECK_ENFORCED), STR("NO")));
	}
}
