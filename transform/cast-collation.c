/* cast-schema: what becomes of a column's collation. */
#include "transform/cast-schema.h"

/* Whether a collation of MySQL compares texts by their code points. */
static bool
is_binary(struct str collate)
{
	struct str end = STR("_bin");

	return str_eq(collate, STR("binary")) ||
	    (collate.n > end.n && str_eq(str_of(collate.p + collate.n - end.n, end.n), end));
}

/* As in schema(5) of MySQL: the column says it only where it differs from the table's. */
struct str
cast_collation_of(const struct node *column, enum type_kind kind)
{
	static const enum type_kind texts[] = { TYPE_CHAR, TYPE_VARCHAR, TYPE_TEXT, TYPE_ENUM,
						TYPE_SET };
	struct str own = node_attr(column, ATTR_COLLATE);

	for (size_t i = 0; !own.p && i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i] == kind)
			return node_attr(column->parent, ATTR_COLLATE);
	return own;
}

/* Whether two rows that are equal at the source could become two in a key of the column, or a row lose its parent. */
static bool
decides(const struct node *column)
{
	for (const struct node *n = column->parent->child; n; n = n->next) {
		bool key = n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE;

		if (key && node_find(n, NODE_KEY, column->arg[0]))
			return true;
		if (n->kind == NODE_FOREIGN && node_find(n, NODE_PAIR, column->arg[0]))
			return true;
	}
	return false;
}

static void
cast_mysql(struct casting *c, struct node *column)
{
	enum type_kind kind = type_of(column->arg[1], false).kind;
	struct str collate = cast_collation_of(column, kind);

	/* Every text has a collation there: only where a key depends on it there is something to say. */
	if (collate.p && kind != TYPE_ENUM && kind != TYPE_SET && !is_binary(collate) &&
	    decides(column))
		cast_skip(c, column->parent, "collation", column->arg[0],
			  STR("keys tell apart what the collation holds equal"), collate);
}

void
cast_collation(struct casting *c, struct node *column)
{
	struct str collate = node_attr(column, ATTR_COLLATE);

	if (str_eq(c->s.source, STR("mysql"))) {
		cast_mysql(c, column);
		return;
	}
	/* BINARY compares bytes; all else makes texts equal that are not for PostgreSQL, or sorts them otherwise. */
	if (collate.p && !str_eq_nocase(collate, STR("BINARY")))
		cast_skip(c, column->parent, "collation", column->arg[0],
			  STR("the column compares as PostgreSQL's database does"), collate);
}
