/* Expressions in PostgreSQL's words: what each is wanted for. */
#include "schema/base/prog.h"
#include "transform/expr-value.h"

static const struct dialect *const dialects[] = {
	[EXPR_SQLITE] = &dialect_sqlite, [EXPR_MYSQL] = &dialect_mysql
};

static const struct tree *
read_tree(struct translation *t, const struct expr_table *table, struct str sql)
{
	const struct tree *tree;

	t->dialect = dialects[table->source];
	if (t->dialect->prepare)
		sql = t->dialect->prepare(sql, t->pool);
	tree = tree_read(t->dialect->grammar, sql, t->pool, t->why);
	t->failed = !tree;
	return tree;
}

static struct value
read(struct translation *t, const struct expr_table *table, struct str sql)
{
	const struct tree *tree = read_tree(t, table, sql);

	return tree ? translate(t, tree) : value_fail(t, "");
}

struct str
expr_condition(const struct expr_table *table, struct str sql, struct pool *pool,
	       struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why };
	struct value v = read(&t, table, sql);

	if (!t.failed)
		v = value_truth(&t, v);
	return t.failed ? STR_NONE : v.text;
}

struct str
expr_key(const struct expr_table *table, struct str sql, struct pool *pool, struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why };
	struct value v = read(&t, table, sql);

	if (!t.failed && (v.class == EXPR_OTHER || v.class == EXPR_NULL || v.literal))
		value_fail(&t, "$ as a key", str_cstr(value_words(&v)));
	if (!t.failed && table->source == EXPR_SQLITE && v.class == EXPR_TEXT && v.column &&
	    v.column->collate.p)
		value_fail(&t, "column $ is compared by $", str_cstr(show(v.column->from).text),
			   v.column->collate);
	return t.failed ? STR_NONE : v.text;
}

struct str
expr_generated(const struct expr_table *table, const struct expr_column *column, struct str sql,
	       struct pool *pool, struct buf *why)
{
	struct translation t = { .table = table, .pool = pool, .why = why, .generated = true };
	struct value v = read(&t, table, sql);
	struct str s = t.failed ? STR_NONE : t.dialect->stored(&t, v, column);

	return t.failed ? STR_NONE : s;
}

static struct str
default_of(struct translation *t, const struct tree *tree, const struct expr_column *column)
{
	struct str s = STR_NONE;

	if (t->dialect->moment)
		s = t->dialect->moment(t, tree, column);
	if (s.p || t->failed)
		return s;
	return t->dialect->stored(t, translate(t, tree), column);
}

struct str
expr_default(const struct expr_table *table, const struct expr_column *column, struct str sql,
	     struct pool *pool, struct buf *why)
{
	struct translation t = { .pool = pool, .why = why, .present = true };
	const struct tree *tree = read_tree(&t, table, sql);
	struct str s = tree ? default_of(&t, tree, column) : STR_NONE;

	return t.failed ? STR_NONE : s;
}
