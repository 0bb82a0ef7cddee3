/* cast-schema: the names of schemas, tables, enums, sequences and columns. */
#include <stdio.h>

#include "transform/cast-schema.h"

void
cast_skip(struct casting *c, struct node *parent, const char *kind, struct str name,
	  struct str reason, struct str text)
{
	struct node *n = node_add(&c->s, parent, NODE_SKIPPED, str_cstr(kind), name, STR_NONE);

	node_set(&c->s, n, ATTR_REASON, reason);
	if (text.p)
		node_set(&c->s, n, ATTR_TEXT, text);
}

struct shown
cast_table_name(const struct node *table)
{
	struct str schema =
	    node_has(table, ATTR_FROM) ? node_attr(table, ATTR_FROMSCHEMA) : table->arg[0];
	struct str name =
	    node_has(table, ATTR_FROM) ? node_attr(table, ATTR_FROM) : table->arg[1];
	struct buf b = { 0 };
	struct shown shown;

	buf_add(&b, schema);
	if (schema.n)
		buf_addc(&b, '.');
	buf_add(&b, name);
	shown = show(buf_str(&b));
	buf_release(&b);
	return shown;
}

struct node *
cast_column(const struct node *table, struct str from)
{
	struct node *n = node_first(table, NODE_COLUMN);

	while (n && !str_eq(node_attr(n, ATTR_FROM), from))
		n = node_next(n);
	return n;
}

static void
check_name(const struct node *n, struct str name, bool may_be_empty)
{
	const struct node *object = n->parent->kind == NODE_TABLE ? n->parent : n;

	if (name.n == 0 && !may_be_empty)
		die(STATUS_BAD, "%s: a %s without a name, which PostgreSQL cannot have",
		    cast_table_name(object).text, node_keyword(n->kind));
	if (name.n && memchr(name.p, '\0', name.n))
		die(STATUS_BAD, "%s: %s %s: PostgreSQL takes no zero byte in a name",
		    cast_table_name(object).text, node_keyword(n->kind), show(name).text);
}

/*
 * The constraint and index names are looked at here too, so that all that follows may rely on
 * them.
 */
static void
check_names(const struct node *table)
{
	for (const struct node *n = table->child; n; n = n->next) {
		if (n->kind == NODE_COLUMN)
			check_name(n, n->arg[0], false);
		else if (n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE ||
			 n->kind == NODE_INDEX || n->kind == NODE_FOREIGN ||
			 n->kind == NODE_CHECK)
			check_name(n, n->arg[0], true);
	}
}

static struct str
schema_name(struct casting *c, struct str name)
{
	struct str renamed = rules_schema_name(&c->rules, name);

	return c->target_schema.p ? c->target_schema
	    : renamed.p           ? renamed
				  : name_style(&c->s.pool, name, c->style);
}

/* What a rule says of a table, or p NULL. */
static struct str
said(struct casting *c, const struct node *table, enum rule_table what)
{
	struct err e = { 0 };
	struct str text = rules_table(&c->rules, table, what, &e);

	if (e.status)
		err_die(&e);
	return text;
}

/* Where its rows are kept; rules know it by its names at the source. */
static void
place_table(struct casting *c, struct node *table)
{
	struct str tablespace = said(c, table, TABLE_TABLESPACE);
	struct str storage = said(c, table, TABLE_STORAGE);

	if (tablespace.p)
		node_set(&c->s, table, ATTR_TABLESPACE, name_shorten(&c->s.pool, tablespace));
	if (storage.p)
		node_set(&c->s, table, ATTR_STORAGE, storage);
}

static void
rename_object(struct casting *c, struct node *n)
{
	const struct node *other;
	struct str schema, name;

	check_name(n, n->arg[1], false);
	schema = schema_name(c, n->arg[0]);
	name = name_style(&c->s.pool, n->arg[1], c->style);
	if (n->kind == NODE_TABLE) {
		struct str own = said(c, n, TABLE_SCHEMA), renamed = said(c, n, TABLE_NAME);

		schema = own.p ? own : schema;
		name = renamed.p ? renamed : name;
		place_table(c, n);
	}
	check_name(n, schema, false);
	schema = name_shorten(&c->s.pool, schema);
	name = name_shorten(&c->s.pool, name);
	node_set(&c->s, n, ATTR_FROMSCHEMA, n->arg[0]);
	node_set(&c->s, n, ATTR_FROM, n->arg[1]);
	names_take(&c->tables, n->arg[0], n->arg[1], n);
	n->arg[0] = schema;
	n->arg[1] = name;
	other = names_take(&c->relations, schema, name, n);
	if (other)
		die(STATUS_BAD, "%s and %s would both be named %s in schema %s",
		    cast_table_name(other).text, cast_table_name(n).text, show(name).text,
		    show(schema).text);
}

/* PostgreSQL 15 manual, 5.5: no column of a table may have these names. */
static bool
is_system_column(struct str name)
{
	static const char *const names[] = {
		"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, str_cstr(names[i])))
			return true;
	return false;
}

static struct str
column_name(struct casting *c, struct str name)
{
	struct buf b = { 0 };
	struct str s;

	buf_add(&b, name);
	if (is_system_column(name))
		buf_addc(&b, '_');
	s = name_shorten(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
rename_columns(struct casting *c, struct node *table)
{
	struct names names = { 0 };

	check_names(table);
	for (struct node *n = node_first(table, NODE_COLUMN); n; n = node_next(n)) {
		const struct node *other;

		/* A rule may have renamed it already. */
		if (!node_has(n, ATTR_FROM)) {
			node_set(&c->s, n, ATTR_FROM, n->arg[0]);
			n->arg[0] = name_style(&c->s.pool, n->arg[0], c->style);
		}
		n->arg[0] = column_name(c, n->arg[0]);
		other = names_take(&names, STR(""), n->arg[0], n);
		if (other)
			die(STATUS_BAD, "%s: columns %s and %s would both be named %s",
			    cast_table_name(table).text, show(node_attr(other, ATTR_FROM)).text,
			    show(node_attr(n, ATTR_FROM)).text, show(n->arg[0]).text);
	}
	for (struct node *n = node_first(table, NODE_NEXT); n; n = node_next(n)) {
		const struct node *column = cast_column(table, n->arg[0]);

		if (column)
			n->arg[0] = column->arg[0];
	}
	names_release(&names);
}

/* A column's enum, by its new name. */
static void
rename_enum_of(struct casting *c, struct node *column)
{
	const struct node *of;

	if (!node_has(column, ATTR_ENUM))
		return;
	of = names_owner(&c->tables,
			 node_has(column, ATTR_ENUMSCHEMA)
			     ? node_attr(column, ATTR_ENUMSCHEMA)
			     : node_attr(column->parent, ATTR_FROMSCHEMA),
			 node_attr(column, ATTR_ENUM));
	if (!of || of->kind != NODE_ENUM)
		die(STATUS_BAD, "%s: column %s: no enum %s in the schema",
		    cast_table_name(column->parent).text,
		    show(node_attr(column, ATTR_FROM)).text,
		    show(node_attr(column, ATTR_ENUM)).text);
	node_set(&c->s, column, ATTR_ENUM, of->arg[1]);
	node_set(&c->s, column, ATTR_ENUMSCHEMA, of->arg[0]);
}

static void
skip_view(struct casting *c, struct node *view)
{
	cast_skip(c, &c->s.root, "view", view->arg[1], STR("the query is not translated"),
		  node_attr(view, ATTR_TEXT));
	node_remove(view);
}

void
cast_names(struct casting *c)
{
	struct node *next;

	for (struct node *n = c->s.root.child; n; n = next) {
		next = n->next;
		if (n->kind == NODE_VIEW)
			skip_view(c, n);
		else if (n->kind == NODE_TABLE || n->kind == NODE_ENUM ||
			 n->kind == NODE_SEQUENCE)
			rename_object(c, n);
	}
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t)) {
		rename_columns(c, t);
		for (struct node *n = node_first(t, NODE_COLUMN); n; n = node_next(n))
			rename_enum_of(c, n);
	}
}
