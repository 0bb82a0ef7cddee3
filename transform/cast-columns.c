/* cast-schema: what becomes of columns, once the rules have decided it. */
#include <stdlib.h>

#include "transform/cast-decision.h"

bool
cast_numbers_rows(struct type t)
{
	return !t.array && (t.kind == TYPE_I16 || t.kind == TYPE_I32 || t.kind == TYPE_I64);
}

static void
drop_identity(struct casting *c, struct node *column, const char *reason, struct str text)
{
	struct node *next = node_find(column->parent, NODE_NEXT, column->arg[0]);

	cast_skip(c, column->parent, "identity", column->arg[0], str_cstr(reason), text);
	node_unset(column, ATTR_IDENTITY);
	node_unset(column, ATTR_START);
	node_unset(column, ATTR_INCREMENT);
	if (next)
		node_remove(next);
}

static void
cast_identity(struct casting *c, struct node *column, const struct decision *d)
{
	if (cast_option(d, RULE_EXTRA) == RULE_DROP && node_has(column, ATTR_IDENTITY))
		drop_identity(c, column, cast_by_rule(c, "dropped", d->by[RULE_EXTRA]),
			      STR_NONE);
	if (d->identity && !node_has(column, ATTR_IDENTITY))
		node_set(&c->s, column, ATTR_IDENTITY, STR("bydefault"));
	if (node_has(column, ATTR_IDENTITY) && !cast_numbers_rows(d->target))
		drop_identity(c, column, "PostgreSQL numbers rows in columns of integers only",
			      d->to);
}

static void
drop_onupdate(struct casting *c, struct node *column, const struct rule *rule)
{
	if (!node_has(column, ATTR_ONUPDATE))
		return;
	cast_skip(c, column->parent, "onupdate", column->arg[0],
		  str_cstr(cast_by_rule(c, "dropped", rule)), node_attr(column, ATTR_ONUPDATE));
	node_unset(column, ATTR_ONUPDATE);
}

static void
drop_column(struct casting *c, struct node *column, const struct decision *d)
{
	const struct rule *rule = d->to_rule;
	struct node *next = node_find(column->parent, NODE_NEXT, column->arg[0]);

	cast_skip(c, column->parent, "column", column->arg[0],
		  str_cstr(cast_by_rule(c, "dropped", rule)), STR_NONE);
	if (next)
		node_remove(next);
	if (d->needed)
		node_add(&c->s, column->parent, NODE_FIELD, column->arg[0], column->arg[1],
			 STR_NONE);
	node_remove(column);
}

/* The expression has the last word on what the column holds. */
static void
drop_generated(struct casting *c, struct node *column, const struct decision *d)
{
	if (!d->expr.p || !node_has(column, ATTR_GENERATED))
		return;
	cast_skip(c, column->parent, "generated", column->arg[0],
		  str_cstr(cast_by_rule(c, "replaced", d->using_rule)),
		  node_attr(column, ATTR_GENERATED));
	node_unset(column, ATTR_GENERATED);
	node_unset(column, ATTR_STORED);
}

/* The new name; cast_names() sees by from= that there is one. */
static void
rename_column(struct casting *c, struct node *column, const struct decision *d)
{
	node_unset(column, ATTR_FROM);
	if (!d->rename)
		return;
	node_set(&c->s, column, ATTR_FROM, column->arg[0]);
	column->arg[0] = d->rename->rename;
}

bool
cast_in_primary_key(const struct node *column)
{
	const struct node *primary = node_first(column->parent, NODE_PRIMARY);

	return primary && node_find(primary, NODE_KEY, column->arg[0]);
}

static void
cast_notnull(struct casting *c, struct node *column, enum rule_option what)
{
	/* PostgreSQL has no NULL in a primary key, whatever a rule says: better to know at the first such row. */
	if (what == RULE_DROP && !cast_in_primary_key(column))
		node_unset(column, ATTR_NOTNULL);
	else if (what == RULE_SET)
		node_set(&c->s, column, ATTR_NOTNULL, STR_NONE);
}

/* --- all columns -------------------------------------------------------------------------- */

static void
cast_one(struct casting *c, struct decision *d)
{
	struct node *column = d->column;

	if (c->explain)
		cast_explain(c, d);
	if (d->refused)
		return;
	if (d->to_rule->drop_column) {
		drop_column(c, column, d);
		return;
	}
	drop_generated(c, column, d);
	cast_identity(c, column, d);
	cast_default(c, column, d);
	if (d->unfit)
		cast_skip(c, column->parent, "enum", column->arg[0], str_cstr(d->unfit),
			  node_attr(column, ATTR_SRC));
	cast_collation(c, column);
	if (cast_option(d, RULE_EXTRA) == RULE_DROP)
		drop_onupdate(c, column, d->by[RULE_EXTRA]);
	cast_notnull(c, column, cast_option(d, RULE_NOTNULL));
	node_set(&c->s, column, ATTR_WAS, d->was_text);
	if (d->using.transform)
		node_set(&c->s, column, ATTR_USING, d->using.text);
	if (d->expr.p)
		node_set(&c->s, column, ATTR_EXPR, d->expr);
	transform_release(&d->using);
	node_set(&c->s, column, ATTR_RULE, cast_type_place(c, d));
	column->arg[1] = d->to;
	rename_column(c, column, d);
}

static size_t
count_columns(const struct schema *s)
{
	size_t n = 0;

	for (const struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t))
		for (const struct node *k = node_first(t, NODE_COLUMN); k; k = node_next(k))
			n++;
	return n;
}

/* With -x all lines are there before it ends. */
static void
stop_when_refused(struct casting *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->ndecisions; i++)
		n += c->decisions[i].refused != NULL;
	if (n == 0)
		return;
	output_flush(c->explain);
	die(STATUS_USAGE, "columns that nothing can become of: %zu, see (refused)", n);
}

/* All are decided before any is changed: the rules see the source, and so do the foreign keys. */
void
cast_columns(struct casting *c)
{
	c->decisions = mem_array(count_columns(&c->s) + 1, sizeof(*c->decisions));
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		for (struct node *k = node_first(t, NODE_COLUMN); k; k = node_next(k))
			cast_decide(c, &c->decisions[c->ndecisions++], k);
	cast_foreign_types(c);
	cast_using(c);
	for (size_t i = 0; i < c->ndecisions; i++)
		cast_one(c, &c->decisions[i]);
	stop_when_refused(c);
}

void
cast_columns_release(struct casting *c)
{
	free(c->decisions);
}
