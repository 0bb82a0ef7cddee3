/* cast-schema: keys, indexes, checks and foreign keys. */
#include <stdio.h>

#include "transform/cast-schema.h"

/* --- what a key was, for skipped lines ---------------------------------------------------- */

static void
add_where(struct buf *b, const struct node *key)
{
	struct str where = node_attr(key, ATTR_WHERE);

	if (!where.p)
		return;
	buf_add(b, STR(" WHERE "));
	buf_add(b, where);
}

static void
add_part(struct buf *b, const struct node *part)
{
	struct str collate = node_attr(part, ATTR_COLLATE),
		   prefix = node_attr(part, ATTR_PREFIX);

	buf_add(b, part->arg[0]);
	if (prefix.p) {
		buf_addc(b, '(');
		buf_add(b, prefix);
		buf_addc(b, ')');
	}
	if (collate.p) {
		buf_add(b, STR(" COLLATE "));
		buf_add(b, collate);
	}
	if (node_has(part, ATTR_DESC))
		buf_add(b, STR(" DESC"));
}

/* The parts of a key, or the pairs of a foreign key with what they point to. */
static struct str
definition(struct casting *c, const struct node *object)
{
	struct buf b = { 0 };
	struct str s;

	for (const struct node *n = object->child; n; n = n->next) {
		if (n != object->child)
			buf_add(&b, STR(", "));
		add_part(&b, n);
	}
	if (object->kind == NODE_FOREIGN) {
		buf_add(&b, STR(" REFERENCES "));
		buf_add(&b, object->arg[2]);
		for (const struct node *n = object->child; n; n = n->next) {
			buf_add(&b, n == object->child ? STR("(") : STR(", "));
			buf_add(&b, n->arg[1]);
		}
		buf_addc(&b, ')');
	}
	add_where(&b, object);
	s = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return s;
}

static void
skip_as(struct casting *c, struct node *object, const char *reason, struct str text)
{
	struct buf name = { 0 };

	if (object->arg[0].n)
		buf_add(&name, object->arg[0]);
	else
		cast_invent_name(&name, object);
	cast_skip(c, object->parent, node_keyword(object->kind), buf_str(&name),
		  str_cstr(reason), text);
	buf_release(&name);
	node_remove(object);
}

static void
skip_object(struct casting *c, struct node *object, const char *reason)
{
	skip_as(c, object, reason,
		object->kind == NODE_CHECK ? object->arg[1] : definition(c, object));
}

/* --- indexes and keys --------------------------------------------------------------------- */

/*
 * A plain column's name, bare or quoted in any of SQLite's ways: the one column that has it,
 * whatever its case.
 */
static const struct node *
named_column(const struct node *table, struct str name)
{
	const struct node *found = NULL;
	char close = 0;

	if (name.n >= 2)
		close = name.p[0] == '[' ? ']' : strchr("\"`", name.p[0]) ? name.p[0] : 0;
	if (close) {
		if (name.p[name.n - 1] != close)
			return NULL;
		name = str_of(name.p + 1, name.n - 2);
	}
	for (const struct node *n = node_first(table, NODE_COLUMN); n; n = node_next(n)) {
		if (!str_eq_nocase(node_attr(n, ATTR_FROM), name))
			continue;
		if (found)
			return NULL;
		found = n;
	}
	return found;
}

static bool
cut_end(struct str *s, struct str end)
{
	if (s->n <= end.n || !str_eq_nocase(str_of(s->p + s->n - end.n, end.n), end))
		return false;
	*s = str_trim(str_of(s->p, s->n - end.n));
	return true;
}

/* `COLUMN IS [NOT] NULL` says the same everywhere; of other conditions that is not certain. */
static bool
null_condition(struct casting *c, struct node *key)
{
	struct str where = str_trim(node_attr(key, ATTR_WHERE));
	const struct node *column;
	struct buf b = { 0 };
	bool not_null;

	not_null = cut_end(&where, STR(" IS NOT NULL"));
	if (!not_null && !cut_end(&where, STR(" IS NULL")))
		return false;
	column = named_column(key->parent, where);
	if (!column)
		return false;
	name_quote(&b, column->arg[0]);
	buf_add(&b, not_null ? STR(" IS NOT NULL") : STR(" IS NULL"));
	node_set(&c->s, key, ATTR_WHERE, buf_str(&b));
	buf_release(&b);
	return true;
}

static bool
cast_where(struct casting *c, struct node *key, const struct expr_table *known, struct buf *why)
{
	struct str where = node_attr(key, ATTR_WHERE);

	if (!where.p || null_condition(c, key))
		return true;
	if (!cast_translates(c, why))
		return false;
	where = expr_condition(known, where, &c->s.pool, why);
	if (where.p)
		node_set(&c->s, key, ATTR_WHERE, where);
	return where.p != NULL;
}

static bool
cast_keyexprs(struct casting *c, struct node *key, const struct expr_table *known,
	      struct buf *why)
{
	for (struct node *n = node_first(key, NODE_KEYEXPR); n; n = node_next(n)) {
		struct str expr = STR_NONE;

		if (cast_translates(c, why))
			expr = expr_key(known, n->arg[0], &c->s.pool, why);
		if (!expr.p)
			return false;
		n->arg[0] = expr;
	}
	return true;
}

/* Why a part of a key cannot be one in PostgreSQL, or NULL. */
static const char *
part_fault(const struct node *part, const struct node *table)
{
	struct str collate = node_attr(part, ATTR_COLLATE);
	const struct node *column;
	struct type t;

	column = cast_column(table, part->arg[0]);
	if (!column && part->kind != NODE_KEYEXPR)
		return "a column of it is left out";
	if (node_has(part, ATTR_PREFIX) && !cast_has_prefix(part, column))
		return "PostgreSQL has no beginning of a value of the type";
	if (collate.p && !str_eq_nocase(collate, STR("BINARY")) &&
	    part->parent->kind != NODE_PRIMARY)
		return "its collation has no counterpart";
	if (part->kind == NODE_KEYEXPR)
		return NULL;
	type_parse_pg(column->arg[1], &t);
	if (!t.array && (t.kind == TYPE_JSON || t.kind == TYPE_XML))
		return "PostgreSQL cannot compare values of the type";
	return NULL;
}

static const char *
key_fault(struct casting *c, struct node *key, const struct expr_table *known, struct buf *why)
{
	struct str method = node_attr(key, ATTR_METHOD);

	for (const struct node *n = key->child; n; n = n->next) {
		const char *fault = part_fault(n, key->parent);

		if (fault)
			return fault;
	}
	if (method.p && cast_method_fault(key, method))
		return cast_method_fault(key, method);
	if (!cast_where(c, key, known, why) || !cast_keyexprs(c, key, known, why))
		return buf_cstr(why);
	return NULL;
}

static void
cast_key(struct casting *c, struct node *key, const struct expr_table *known)
{
	/* Before any part of it is in other words. */
	struct str text = definition(c, key);
	struct buf why = { 0 };
	const char *fault = key_fault(c, key, known, &why);

	if (fault)
		skip_as(c, key, fault, text);
	for (struct node *n = key->child; n && !fault; n = n->next) {
		if (n->kind != NODE_KEYEXPR)
			n->arg[0] = cast_column(key->parent, n->arg[0])->arg[0];
		node_unset(n, ATTR_COLLATE);
	}
	if (!fault)
		cast_index(c, key);
	buf_release(&why);
}

static void
cast_check(struct casting *c, struct node *check, const struct expr_table *known)
{
	struct buf why = { 0 };
	struct str expr = STR_NONE;

	/* PostgreSQL would enforce it for new rows. */
	if (str_eq(c->s.source, STR("mysql")) && node_has(check, ATTR_NOTVALID))
		buf_add(&why, STR("MySQL does not enforce it"));
	else if (cast_translates(c, &why))
		expr = expr_condition(known, check->arg[1], &c->s.pool, &why);
	if (expr.p)
		check->arg[1] = expr;
	else
		skip_object(c, check, buf_cstr(&why));
	buf_release(&why);
}

static void
cast_table_keys(struct casting *c, struct node *table)
{
	struct expr_table known;
	struct node *next;

	cast_expr_table(c, table, &known);
	for (struct node *n = table->child; n; n = next) {
		next = n->next;
		if (cast_is_key(n))
			cast_key(c, n, &known);
		else if (n->kind == NODE_CHECK)
			cast_check(c, n, &known);
	}
}

/* --- foreign keys ------------------------------------------------------------------------- */

static bool
among(enum type_kind kind, const enum type_kind *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (kinds[i] == kind)
			return true;
	return false;
}

/*
 * Whether PostgreSQL has an equality for a key of one type and the foreign key of another:
 * within an operator family (integer_ops, float_ops, datetime_ops, text, bits), or by an
 * implicit cast to the key's type, which numbers have upwards.
 * tests/golden/cast-schema/foreign-types asks PostgreSQL about every pair.
 */
static bool
comparable(struct str key, struct str foreign)
{
	static const enum type_kind numbers[] = { TYPE_I16,     TYPE_I32, TYPE_I64,
						  TYPE_DECIMAL, TYPE_F32, TYPE_F64 };
	static const enum type_kind texts[] = { TYPE_TEXT, TYPE_VARCHAR, TYPE_CHAR };
	static const enum type_kind moments[] = { TYPE_DATE, TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ };
	static const enum type_kind bits[] = { TYPE_BIT, TYPE_VARBIT };
	struct type k, f;

	type_parse_pg(key, &k);
	type_parse_pg(foreign, &f);
	if (k.array || f.array || k.kind == TYPE_OTHER || f.kind == TYPE_OTHER)
		return str_eq(key, foreign);
	if (k.kind == f.kind)
		return true;
	if (among(k.kind, numbers, 3) && among(f.kind, numbers, 3))
		return true;
	if (k.kind == TYPE_DECIMAL)
		return among(f.kind, numbers, 3);
	if (k.kind == TYPE_F32 || k.kind == TYPE_F64)
		return among(f.kind, numbers, 6);
	if (k.kind == TYPE_INTERVAL)
		return f.kind == TYPE_TIME;
	return (among(k.kind, texts, 3) && among(f.kind, texts, 3)) ||
	    (among(k.kind, moments, 3) && among(f.kind, moments, 3)) ||
	    (among(k.kind, bits, 2) && among(f.kind, bits, 2));
}

static size_t
count_children(const struct node *n, enum node_kind kind)
{
	size_t count = 0;

	for (const struct node *child = n->child; child; child = child->next)
		count += child->kind == kind;
	return count;
}

/*
 * Whether a key, whose columns have new names, is on the columns a foreign key points to, in
 * whatever order.
 */
static bool
key_serves(const struct node *key, const struct node *foreign)
{
	const struct node *table = key->parent;

	if (node_has(key, ATTR_WHERE) || node_has(key, ATTR_DEFERRABLE) ||
	    count_children(key, NODE_KEY) != count_children(foreign, NODE_PAIR))
		return false;
	for (const struct node *pair = foreign->child; pair; pair = pair->next) {
		const struct node *column = cast_column(table, pair->arg[1]);

		if (!column || !node_find(key, NODE_KEY, column->arg[0]))
			return false;
	}
	return true;
}

static bool
has_key_for(const struct node *table, const struct node *foreign)
{
	for (const struct node *n = table->child; n; n = n->next)
		if ((n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE) &&
		    key_serves(n, foreign))
			return true;
	return false;
}

static bool
sets_default(const struct node *foreign)
{
	return str_eq_nocase(node_attr(foreign, ATTR_ONDELETE), STR("set default")) ||
	    str_eq_nocase(node_attr(foreign, ATTR_ONUPDATE), STR("set default"));
}

static const char *
foreign_fault(const struct casting *c, const struct node *foreign, const struct node *to,
	      struct buf *scratch)
{
	if (!to)
		return names_owner(&c->left_out, foreign->arg[1], foreign->arg[2])
		    ? "the table it points to is left out"
		    : "the table it points to is not in this schema";
	if (str_eq(c->s.source, STR("mysql")) && sets_default(foreign))
		return "MySQL's engines do not set a default, though it was written";
	for (const struct node *pair = foreign->child; pair; pair = pair->next) {
		const struct node *from = cast_column(foreign->parent, pair->arg[0]);
		const struct node *key = cast_column(to, pair->arg[1]);

		if (!from)
			return "a column of it is left out";
		if (!key)
			return "a column it points to is not in this schema";
		if (!comparable(key->arg[1], from->arg[1])) {
			buf_addf(scratch, "PostgreSQL cannot compare %.*s with the key's %.*s",
				 (int)from->arg[1].n, from->arg[1].p, (int)key->arg[1].n,
				 key->arg[1].p);
			return buf_cstr(scratch);
		}
	}
	return has_key_for(to, foreign)
	    ? NULL
	    : "the columns it points to are no primary or unique key";
}

static void
cast_foreign(struct casting *c, struct node *foreign)
{
	const struct node *to = names_owner(&c->tables, foreign->arg[1], foreign->arg[2]);
	struct buf scratch = { 0 };
	const char *fault;

	if (to && to->kind != NODE_TABLE)
		to = NULL;
	fault = foreign_fault(c, foreign, to, &scratch);
	if (fault) {
		skip_object(c, foreign, fault);
	} else {
		foreign->arg[1] = to->arg[0];
		foreign->arg[2] = to->arg[1];
		for (struct node *pair = foreign->child; pair; pair = pair->next) {
			pair->arg[0] = cast_column(foreign->parent, pair->arg[0])->arg[0];
			pair->arg[1] = cast_column(to, pair->arg[1])->arg[0];
		}
	}
	buf_release(&scratch);
}

static void
cast_table_foreigns(struct casting *c, struct node *table)
{
	struct node *next;

	for (struct node *n = node_first(table, NODE_FOREIGN); n; n = next) {
		next = node_next(n);
		cast_foreign(c, n);
	}
}

void
cast_keys(struct casting *c)
{
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		cast_table_keys(c, t);
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		cast_table_foreigns(c, t);
	cast_key_names(c);
}
