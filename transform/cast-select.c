/* cast-schema: which tables are taken, and what goes with those that are not. */
#include "transform/cast-decision.h"

/* `shop.orders`: what a table, an enum or a sequence is called in the names sets of this file. */
struct uses {
	struct names taken, left; /* what tables that are taken use, and those that are not */
};

static void
use(struct names *names, struct str schema, struct str name, const struct node *column)
{
	names_take(names, schema, name, column);
}

/* The enum whose labels a column takes, and the sequence from which it takes numbers. */
static void
note_column(struct uses *uses, const struct node *column, bool taken)
{
	struct names *names = taken ? &uses->taken : &uses->left;
	const struct node *table = column->parent;
	struct buf schema = { 0 }, name = { 0 };

	if (node_has(column, ATTR_ENUM))
		use(names,
		    node_has(column, ATTR_ENUMSCHEMA) ? node_attr(column, ATTR_ENUMSCHEMA)
						      : table->arg[0],
		    node_attr(column, ATTR_ENUM), column);
	if (cast_nextval_name(node_attr(column, ATTR_DEFEXPR), &schema, &name))
		use(names, buf_str(&schema), buf_str(&name), column);
	buf_release(&schema);
	buf_release(&name);
}

static void
note_columns(struct uses *uses, const struct node *table, bool taken)
{
	for (const struct node *n = node_first(table, NODE_COLUMN); n; n = node_next(n))
		note_column(uses, n, taken);
}

static void
leave_out(struct casting *c, struct node *table, const struct rule *by)
{
	struct buf reason = { 0 };

	if (by)
		buf_addf(&reason, "excluded by rule %s", cast_rule_place(c, by).p);
	else
		buf_add(&reason, STR("no rule includes it"));
	cast_skip(c, &c->s.root, "table", table->arg[1], buf_str(&reason), STR_NONE);
	names_take(&c->left_out, table->arg[0], table->arg[1], table);
	node_remove(table);
	buf_release(&reason);
}

/* Types and sequences that nothing would use any more. */
static void
leave_out_unused(struct casting *c, const struct uses *uses)
{
	struct node *next;

	for (struct node *n = c->s.root.child; n; n = next) {
		next = n->next;
		if ((n->kind != NODE_ENUM && n->kind != NODE_SEQUENCE) ||
		    !names_owner(&uses->left, n->arg[0], n->arg[1]) ||
		    names_owner(&uses->taken, n->arg[0], n->arg[1]))
			continue;
		cast_skip(c, &c->s.root, node_keyword(n->kind), n->arg[1],
			  STR("only tables that are left out use it"), STR_NONE);
		node_remove(n);
	}
}

static bool
is_taken(struct casting *c, const struct node *table, const struct rule **by)
{
	struct err e = { 0 };
	int taken = rules_select(&c->rules, table, by, &e);

	if (taken < 0)
		err_die(&e);
	/* Who asked for a view or a query does not have to include it too. */
	if (!*by && (node_has(table, ATTR_VIEW) || node_has(table, ATTR_QUERY)))
		return true;
	return taken > 0;
}

void
cast_select(struct casting *c)
{
	struct uses uses = { 0 };
	struct err e = { 0 };
	struct node *next;
	bool any = false, all = true;

	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = next) {
		const struct rule *by;
		bool taken = is_taken(c, t, &by);

		next = node_next(t);
		any = any || taken;
		all = all && taken;
		note_columns(&uses, t, taken);
		if (!taken)
			leave_out(c, t, by);
	}
	if (rules_check_select(&c->rules, &e) < 0)
		err_die(&e);
	if (!any && !all)
		die(STATUS_USAGE, "%s: the rules leave no table to be taken", c->s.file);
	leave_out_unused(c, &uses);
	names_release(&uses.taken);
	names_release(&uses.left);
}
