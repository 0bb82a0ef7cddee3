/* cast-schema: the expressions of defaults and generated columns, and what those of checks and indexes may refer to. */
#include "transform/cast-schema.h"
#include "transform/expr.h"

/* --- what is known of a column of SQLite ---------------------------------------------------------------------------------- */

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
describe_sqlite(struct casting *casting, struct expr_column *c, const struct node *column)
{
	struct str src = node_attr(column, ATTR_SRC), collate = node_attr(column, ATTR_COLLATE);
	bool strict = node_has(column->parent, ATTR_STRICT);
	bool any = strict && src.p && str_eq_nocase(src, STR("ANY"));
	enum expr_affinity affinity = src.p && !any ? expr_affinity(src) : AFFINITY_NONE;
	struct type was = type_of(node_attr(column, ATTR_WAS), false);

	(void)casting;
	c->from = node_attr(column, ATTR_FROM);
	c->to = column->arg[0];
	c->type = type_of(column->arg[1], true);
	c->transformed =
	    node_has(column, ATTR_USING) || node_has(column, ATTR_EXPR) || c->type.array;
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

/* --- and of MySQL ----------------------------------------------------------------------------------------------- */

/* What a value is at the source, in a column of one of these types; in the others nobody knows. */
static const struct {
	enum type_kind was, target;
	enum expr_class class;
} mysql_plain[] = {
	{ TYPE_U64, TYPE_DECIMAL, EXPR_NUMERIC },
	{ TYPE_U64, TYPE_I64, EXPR_INT },
	{ TYPE_DECIMAL, TYPE_DECIMAL, EXPR_NUMERIC },
	{ TYPE_F32, TYPE_F32, EXPR_DOUBLE },
	{ TYPE_F32, TYPE_F64, EXPR_DOUBLE },
	{ TYPE_F64, TYPE_F64, EXPR_DOUBLE },
	{ TYPE_CHAR, TYPE_VARCHAR, EXPR_TEXT },
	{ TYPE_CHAR, TYPE_TEXT, EXPR_TEXT },
	{ TYPE_VARCHAR, TYPE_VARCHAR, EXPR_TEXT },
	{ TYPE_VARCHAR, TYPE_TEXT, EXPR_TEXT },
	{ TYPE_TEXT, TYPE_VARCHAR, EXPR_TEXT },
	{ TYPE_TEXT, TYPE_TEXT, EXPR_TEXT },
	{ TYPE_BINARY, TYPE_BYTES, EXPR_BYTES },
	{ TYPE_VARBINARY, TYPE_BYTES, EXPR_BYTES },
	{ TYPE_BYTES, TYPE_BYTES, EXPR_BYTES },
	{ TYPE_DATE, TYPE_DATE, EXPR_DATE },
	{ TYPE_TIME, TYPE_TIME, EXPR_TIME },
	{ TYPE_TIMESTAMP, TYPE_TIMESTAMP, EXPR_TIMESTAMP },
	{ TYPE_TIMESTAMPTZ, TYPE_TIMESTAMPTZ, EXPR_TIMESTAMPTZ },
	{ TYPE_ENUM, TYPE_OTHER, EXPR_ENUM },
	{ TYPE_ENUM, TYPE_TEXT, EXPR_ENUM },
	{ TYPE_JSON, TYPE_JSON, EXPR_JSON },
	{ TYPE_UUID, TYPE_UUID, EXPR_UUID },
};

static enum expr_class
mysql_class(enum type_kind was, enum type_kind target)
{
	for (size_t i = 0; i < sizeof(mysql_plain) / sizeof(mysql_plain[0]); i++)
		if (mysql_plain[i].was == was && mysql_plain[i].target == target)
			return mysql_plain[i].class;
	if (was >= TYPE_I8 && was <= TYPE_U32 && target >= TYPE_I16 && target <= TYPE_I64)
		return EXPR_INT;
	return EXPR_OTHER;
}

/* The labels stand below the column, or in the enum it names. */
static void
describe_labels(struct casting *casting, struct expr_column *c, const struct node *column)
{
	struct str schema = node_attr(column, ATTR_ENUMSCHEMA),
		   name = node_attr(column, ATTR_ENUM);
	const struct node *owner = column, *n;
	size_t count = 0;

	for (n = name.p ? node_first(&casting->s.root, NODE_ENUM) : NULL; n; n = node_next(n))
		if (str_eq(n->arg[1], name) && (!schema.p || str_eq(n->arg[0], schema)))
			owner = n;
	for (n = node_first(owner, NODE_LABEL); n; n = node_next(n))
		count++;
	c->labels = pool_get(&casting->s.pool, (count + 1) * sizeof(*c->labels));
	for (n = node_first(owner, NODE_LABEL); n; n = node_next(n))
		c->labels[c->nlabels++] = n->arg[0];
}

/* Whether a word stands behind the name of the type. */
static bool
has_word(struct str src, const char *word)
{
	struct str first, rest = src.p ? src : STR("");

	while (str_cut(rest, ' ', &first, &rest))
		if (str_starts_nocase(rest, str_cstr(word)))
			return true;
	return false;
}

/* A mediumint has the neutral type of four bytes. */
static uint64_t
greatest_integer(enum type_kind kind, struct str src)
{
	bool medium = src.p && str_starts_nocase(src, STR("mediumint"));

	switch (kind) {
	case TYPE_I8: return INT8_MAX;
	case TYPE_U8: return UINT8_MAX;
	case TYPE_I16: return INT16_MAX;
	case TYPE_U16: return UINT16_MAX;
	case TYPE_I32: return medium ? (1 << 23) - 1 : INT32_MAX;
	case TYPE_U32: return medium ? (1 << 24) - 1 : UINT32_MAX;
	case TYPE_I64: return INT64_MAX;
	case TYPE_U64: return UINT64_MAX;
	default: return 0;
	}
}

static const char *
mysql_not_certain(enum type_kind was, bool transformed)
{
	if (transformed)
		return "has its values changed by a rule";
	if (was == TYPE_YEAR)
		return "is a year, which may be compared as one of two digits";
	return was == TYPE_BIT ? "holds bits" : "has another type in the target";
}

static void
describe_mysql(struct casting *casting, struct expr_column *c, const struct node *column)
{
	struct type was = type_of(node_attr(column, ATTR_WAS), false);
	struct str using = node_attr(column, ATTR_USING), src = node_attr(column, ATTR_SRC);
	bool bit =
	    str_eq(using, STR("bits-to-boolean")) && was.kind == TYPE_BIT && was.precision == 1;

	c->from = node_attr(column, ATTR_FROM);
	c->to = column->arg[0];
	c->type = type_of(column->arg[1], true);
	c->nulled = str_eq(using, STR("zero-dates-to-null"));
	c->transformed = (using.p && !c->nulled && !bit) || node_has(column, ATTR_EXPR) ||
	    c->type.array || was.array;
	c->generated = node_has(column, ATTR_GENERATED);
	c->notnull = node_has(column, ATTR_NOTNULL);
	c->collate = cast_collation_of(column, was.kind);
	c->natural = has_word(src, "unsigned") || has_word(src, "zerofill");
	c->zerofill = has_word(src, "zerofill");
	c->most = greatest_integer(was.kind, src);
	c->year = was.kind == TYPE_YEAR;
	c->why = mysql_not_certain(was.kind, c->transformed);
	if (c->transformed)
		return;
	c->bit = was.kind == TYPE_BIT && was.precision == 1 && c->type.kind == TYPE_BIT &&
	    c->type.precision == 1;
	c->class = c->bit || (bit && c->type.kind == TYPE_BOOL)
	    ? EXPR_BOOL
	    : mysql_class(was.kind, c->type.kind);
	c->takes = was.kind == TYPE_YEAR ? EXPR_INT : c->class;
	c->trimmed = was.kind == TYPE_CHAR;
	if (was.kind == TYPE_BINARY && was.precision > 0)
		c->length = (size_t)was.precision;
	if (c->class == EXPR_ENUM)
		describe_labels(casting, c, column);
	/* Decimals with fewer digits than they have at the source are of the rule's making. */
	if (c->class == EXPR_NUMERIC && was.kind == TYPE_DECIMAL &&
	    (c->type.precision != was.precision || c->type.scale != was.scale))
		c->class = c->takes = EXPR_OTHER;
}

void
cast_expr_table(struct casting *c, const struct node *table, struct expr_table *out)
{
	size_t n = 0;

	for (const struct node *col = node_first(table, NODE_COLUMN); col; col = node_next(col))
		n++;
	*out = (struct expr_table){ .name = node_attr(table, ATTR_FROM) };
	out->source = str_eq(c->s.source, STR("mysql")) ? EXPR_MYSQL : EXPR_SQLITE;
	out->columns = pool_get(&c->s.pool, (n + 1) * sizeof(*out->columns));
	for (const struct node *col = node_first(table, NODE_COLUMN); col;
	     col = node_next(col)) {
		struct expr_column *d = &out->columns[out->ncolumns++];

		d->class = d->takes = EXPR_OTHER;
		(out->source == EXPR_MYSQL ? describe_mysql : describe_sqlite)(c, d, col);
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
	if (str_eq(c->s.source, STR("sqlite")) || str_eq(c->s.source, STR("mysql")))
		return true;
	buf_add(why, STR("expression is not translated"));
	return false;
}

/* A default, or what takes its place when the row is updated: computed from nothing but the present. */
static void
cast_default(struct casting *c, struct node *column, enum attr_name attr,
	     const struct expr_table *table, const struct expr_column *known)
{
	struct buf why = { 0 };
	struct str s = cast_nextval(c, node_attr(column, attr));

	if (!s.p && cast_translates(c, &why))
		s = expr_default(table, known, node_attr(column, attr), &c->s.pool, &why);
	if (s.p)
		node_set(&c->s, column, attr, s);
	else
		skip(c, column, attr == ATTR_ONUPDATE ? "onupdate" : "default", attr, &why);
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
			cast_default(c, n, ATTR_DEFEXPR, &known, &known.columns[i]);
		if (node_has(n, ATTR_ONUPDATE))
			cast_default(c, n, ATTR_ONUPDATE, &known, &known.columns[i]);
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
