/* What SQLite alone means by an expression. */
#include "schema/base/prog.h"
#include "transform/expr-value.h"

/* The value as the column stores it: SQLite by its affinity, PostgreSQL by an assignment cast. */
static struct str
stored(struct translation *t, struct value v, const struct expr_column *c)
{
	if (t->failed)
		return STR_NONE;
	if (v.class == EXPR_NULL)
		return v.text;
	if (c->transformed) {
		value_fail(t, "column $ $", str_cstr(show(c->from).text), str_cstr(c->why));
		return STR_NONE;
	}
	if (v.class == EXPR_OTHER)
		v = value_truth(t, v);
	if (v.class == EXPR_BOOL && c->takes != EXPR_BOOL && c->takes != EXPR_OTHER)
		v = value_integer(t, v);
	if (v.class == EXPR_TEXT && v.epoch &&
	    (c->takes == EXPR_INT || c->takes == EXPR_NUMERIC))
		v = value_integer(t, v);
	if (c->takes == EXPR_TEXT && (v.class == EXPR_INT || (v.class == EXPR_TEXT && v.epoch)))
		v = value_as_text(t, v);
	else if (c->takes == EXPR_BOOL && v.class == EXPR_INT && v.literal &&
		 (v.integer == 0 || v.integer == 1))
		v = value_truth(t, v);
	if (t->failed)
		return STR_NONE;
	if (v.class == c->takes)
		return v.text;
	if ((c->takes == EXPR_DOUBLE && v.class == EXPR_INT) ||
	    (c->takes == EXPR_NUMERIC &&
	     (v.class == EXPR_INT || (v.class == EXPR_DOUBLE && v.literal))))
		return v.text;
	value_fail(t, "$ for a column of another type", str_cstr(value_words(&v)));
	return STR_NONE;
}

static struct value
node(struct translation *t, const struct tree *n)
{
	if (n->kind == TREE_NOW || n->kind == TREE_CALL)
		return translate_now(t, n);
	return (struct value){ .class = EXPR_FAILED };
}

const struct dialect dialect_sqlite = {
	.grammar = &grammar_sqlite,
	.node = node,
	.comparable = sqlite_comparable,
	.unify = sqlite_unify,
	.stored = stored,
	.moment = now_default,
	.functions = sqlite_functions,
};
