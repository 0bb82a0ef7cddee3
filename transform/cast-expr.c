/* cast-schema: the expressions of defaults and generated columns, and what those of checks and indexes may refer to. */
#include "transform/cast-schema.h"
#include "transform/expr.h"

/* --- what is known of a column ---------------------------------------------------------------------------------- */

/* Both databases keep the values of these in the same way, as far as an expression can see. */
static const struct {
	enum type_kind was, target;
	enum expr_affinity affinity;
	enum expr_class class;
} plain[] = {
	{ TYPE_I64, TYPE_I16, AFFINITY_INTEGER, EXPR_INT },
	{ TYPE_I64, TYPE_I32, AFFINITY_INTEGER, EXPR_INT },
	{ TYPE_I64, TYPE_I64, AFFINITY_INTEGER, EXPR_INT },
	{ TYPE_I64, TYPE_I16, AFFINITY_NUMERIC, EXPR_INT },
	{ TYPE_I64, TYPE_I32, AFFINITY_NUMERIC, EXPR_INT },
	{ TYPE_I64, TYPE_I64, AFFINITY_NUMERIC, EXPR_INT },
	{ TYPE_DECIMAL, TYPE_DECIMAL, AFFINITY_INTEGER, EXPR_NUMERIC },
	{ TYPE_DECIMAL, TYPE_DECIMAL, AFFINITY_NUMERIC, EXPR_NUMERIC },
	{ TYPE_F64, TYPE_F64, AFFINITY_REAL, EXPR_DOUBLE },
	{ TYPE_TEXT, TYPE_TEXT, AFFINITY_TEXT, EXPR_TEXT },
	{ TYPE_TEXT, TYPE_VARCHAR, AFFINITY_TEXT, EXPR_TEXT },
	{ TYPE_BOOL, TYPE_BOOL, AFFINITY_NUMERIC, EXPR_BOOL },
	{ TYPE_BOOL, TYPE_BOOL, AFFINITY_INTEGER, EXPR_BOOL },
	{ TYPE_DATE, TYPE_DATE, AFFINITY_NUMERIC, EXPR_DATE },
	{ TYPE_DATE, TYPE_DATE, AFFINITY_TEXT, EXPR_DATE },
};

static enum expr_class
plain_class(enum type_kind was, enum type_kind target, enum expr_affinity affinity)
{
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (plain[i].was == was && plain[i].target == target &&
		    plain[i].affinity == affinity)
			return plain[i].class;
	return EXPR_OTHER;
}

static const char *
not_certain(enum type_kind was, enum expr_affinity affinity, bool transformed)
{
	if (transformed)
		return "has its values changed by a rule";
	switch (was) {
	case TYPE_TIME:
	case TYPE_TIMESTAMP: return "may have one moment in several spellings";
	case TYPE_BYTES: return "may hold texts too";
	case TYPE_UUID: return "may have one uuid in several spellings";
	case TYPE_JSON: return "holds JSON";
	default: break;
	}
	if (affinity == AFFINITY_NONE)
		return "has no type, so its values may have any";
	return "has another type in the target";
}

static void
describe(struct expr_column *c, const struct node *column)
{
	struct str src = node_attr(column, ATTR_SRC), collate = node_attr(column, ATTR_COLLATE);
	bool strict = node_has(column->parent, ATTR_STRICT);
	bool any = strict && src.p && str_eq_nocase(src, STR("ANY"));
	enum expr_affinity affinity = src.p && !any ? expr_affinity(src) : AFFINITY_NONE;
	struct type was = type_of(node_attr(column, ATTR_WAS), false);

	c->from = node_attr(column, ATTR_FROM);
	c->to = column->arg[0];
	c->type = type_of(column->arg[1], true);
	c->transformed = node_has(column, ATTR_USING) || c->type.array;
	c->generated = node_has(column, ATTR_GENERATED);
	if (collate.p && !str_eq_nocase(collate, STR("BINARY")))
		c->collate = collate;
	c->why = not_certain(was.kind, affinity, c->transformed);
	if (c->transformed)
		return;
	c->class = plain_class(was.kind, c->type.kind, affinity);
	if (strict && was.kind == TYPE_BYTES && c->type.kind == TYPE_BYTES)
		c->class = EXPR_BYTES;
	c->takes = c->class;
	if (was.kind == TYPE_BYTES && c->type.kind == TYPE_BYTES)
		c->takes = EXPR_BYTES;
	if (was.kind == TYPE_TEXT && c->type.kind == TYPE_TEXT && affinity == AFFINITY_NONE)
		c->takes = EXPR_TEXT;
	/* PostgreSQL would round to the digits that the type has. */
	if (c->type.kind == TYPE_DECIMAL && c->type.precision >= 0)
		c->takes = EXPR_OTHER;
}

void
cast_expr_table(struct casting *c, const struct node *table, struct expr_table *out)
{
	size_t n = 0;

	for (const struct node *col = node_first(table, NODE_COLUMN); col; col = node_next(col))
		n++;
	*out = (struct expr_table){ .name = node_attr(table, ATTR_FROM) };
	out->columns = pool_get(&c->s.pool, (n + 1) * sizeof(*out->columns));
	for (const struct node *col = node_first(table, NODE_COLUMN); col;
	     col = node_next(col)) {
		struct expr_column *d = &out->columns[out->ncolumns++];

		d->class = d->takes = EXPR_OTHER;
		describe(d, col);
	}
}

/* --- defaults and generated columns ----------------------------------------------------------------------------- */

static void
skip(struct casting *c, struct node *column, const char *kind, enum attr_name attr,
     const struct buf *why)
{
	cast_skip(c, column->parent, kind, node_attr(column, ATTR_FROM), buf_str(why),
		  node_attr(column, attr));
	node_unset(column, attr);
}

bool
cast_translates(const struct casting *c, struct buf *why)
{
	if (str_eq(c->s.source, STR("sqlite")))
		return true;
	buf_add(why, STR("expression is not translated"));
	return false;
}

static void
cast_default(struct casting *c, struct node *column, const struct expr_table *table,
	     const struct expr_column *known)
{
	struct buf why = { 0 };
	struct str s = STR_NONE;

	if (cast_translates(c, &why))
		s = expr_default(table, known, node_attr(column, ATTR_DEFEXPR), &c->s.pool, &why);
	if (s.p)
		node_set(&c->s, column, ATTR_DEFEXPR, s);
	else
		skip(c, column, "default", ATTR_DEFEXPR, &why);
	buf_release(&why);
}

/* What is not translated becomes a plain column with the data it has. */
static void
cast_generated(struct casting *c, struct node *column, const struct expr_table *table,
	       const struct expr_column *known)
{
	struct buf why = { 0 };
	struct str s = STR_NONE;

	node_unset(column, ATTR_STORED);
	if (cast_translates(c, &why))
		s = expr_generated(table, known, node_attr(column, ATTR_GENERATED), &c->s.pool,
				   &why);
	if (s.p) {
		node_set(&c->s, column, ATTR_GENERATED, s);
		node_set(&c->s, column, ATTR_STORED, STR_NONE);
	} else {
		skip(c, column, "generated", ATTR_GENERATED, &why);
	}
	buf_release(&why);
}

void
cast_expressions(struct casting *c, struct node *table)
{
	struct expr_table known;
	size_t i = 0;

	cast_expr_table(c, table, &known);
	for (struct node *n = node_first(table, NODE_COLUMN); n; n = node_next(n), i++) {
		if (node_has(n, ATTR_DEFEXPR))
			cast_default(c, n, &known, &known.columns[i]);
		if (node_has(n, ATTR_GENERATED))
			cast_generated(c, n, &known, &known.columns[i]);
	}
}

void
cast_forget_source(struct node *table)
{
	for (struct node *n = node_first(table, NODE_COLUMN); n; n = node_next(n)) {
		node_unset(n, ATTR_SRC);
		node_unset(n, ATTR_COLLATE);
	}
	node_unset(table, ATTR_COLLATE);
	node_unset(table, ATTR_STRICT);
}
