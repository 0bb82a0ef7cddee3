/* Expressions of SQLite in PostgreSQL's words: what each is wanted for. */
#include "schema/base/prog.h"
#include "transform/expr-value.h"

static struct value
read(struct translation *t, struct str sql, struct tree **tree)
{
	*tree = tree_read(sql, t->pool, t->why);
	t->failed = !*tree;
	return t->failed ? value_fail(t, "") : translate(t, *tree);
}

struct str
expr_condition(const struct expr_table *table, struct str sql, struct pool *pool,
	       struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why };
	struct tree *tree;
	struct value v = read(&t, sql, &tree);

	if (!t.failed)
		v = value_truth(&t, v);
	return t.failed ? STR_NONE : v.text;
}

struct str
expr_key(const struct expr_table *table, struct str sql, struct pool *pool, struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why };
	struct tree *tree;
	struct value v = read(&t, sql, &tree);

	if (!t.failed && (v.class == EXPR_OTHER || v.class == EXPR_NULL || v.literal))
		value_fail(&t, "$ as a key", str_cstr(value_words(&v)));
	if (!t.failed && v.class == EXPR_TEXT && v.column && v.column->collate.p)
		value_fail(&t, "column $ is compared by $", str_cstr(show(v.column->from).text),
			   v.column->collate);
	return t.failed ? STR_NONE : v.text;
}

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

struct str
expr_generated(const struct expr_table *table, const struct expr_column *column, struct str sql,
	       struct pool *pool, struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why, .generated = true };
	struct tree *tree;
	struct value v = read(&t, sql, &tree);
	struct str s = stored(&t, v, column);

	return t.failed ? STR_NONE : s;
}

struct str
expr_default(const struct expr_column *column, struct str sql, struct pool *pool,
	     struct buf *why)
{
	struct translation t = { .pool = pool, .why = why, .present = true };
	struct tree *tree = tree_read(sql, pool, why);
	struct str s;

	t.failed = !tree;
	if (t.failed)
		return STR_NONE;
	s = now_default(&t, tree, column);
	if (s.p || t.failed)
		return s;
	s = stored(&t, translate(&t, tree), column);
	return t.failed ? STR_NONE : s;
}
