/* cast-schema: the names of keys, indexes, checks and foreign keys. */
#include <stdio.h>

#include "transform/cast-schema.h"

bool
cast_is_key(const struct node *n)
{
	return n->kind == NODE_PRIMARY || n->kind == NODE_UNIQUE || n->kind == NODE_INDEX;
}

void
cast_invent_name(struct buf *b, const struct node *n)
{
	static const char *const what[] = { [NODE_PRIMARY] = "pkey",
					    [NODE_UNIQUE] = "key",
					    [NODE_INDEX] = "idx",
					    [NODE_CHECK] = "check",
					    [NODE_FOREIGN] = "fkey" };

	b->n = 0;
	buf_add(b, n->parent->arg[1]);
	if (n->kind != NODE_PRIMARY) {
		for (const struct node *child = n->child; child; child = child->next) {
			if (child->kind == NODE_INCLUDE)
				continue;
			buf_addc(b, '_');
			buf_add(b, child->kind == NODE_KEYEXPR ? STR("expr") : child->arg[0]);
		}
	}
	buf_addf(b, "_%s", what[n->kind]);
}

/* The space of names of a table's constraints. */
static struct str
constraint_space(const struct node *table, struct buf *b)
{
	b->n = 0;
	buf_add(b, table->arg[0]);
	buf_addc(b, '\0');
	buf_add(b, table->arg[1]);
	return buf_str(b);
}

/*
 * A name of a key: free among the relations of the schema and, if it may be a constraint, among those of the table.
 */
static struct str
take_name(struct casting *c, struct node *n, struct str name, struct str space)
{
	struct str got;

	if (!cast_is_key(n))
		return names_take_free(&c->constraints, space, name, n);
	if (n->kind == NODE_INDEX)
		return names_take_free(&c->relations, n->parent->arg[0], name, n);
	do
		got = names_take_free(&c->relations, n->parent->arg[0], name, n);
	while (names_take(&c->constraints, space, got, n));
	return got;
}

static void
name_given(struct casting *c, struct node *n, struct str space)
{
	struct str given = name_style(&c->s.pool, n->arg[0], c->style);
	struct str name = name_shorten(&c->s.pool, given);
	struct buf b = { 0 };

	/*
	 * The name of an index is taken in the whole schema; at the source maybe only in its
	 * table.
	 */
	buf_add(&b, name);
	if (cast_is_key(n) && names_owner(&c->relations, n->parent->arg[0], name)) {
		b.n = 0;
		buf_add(&b, n->parent->arg[1]);
		buf_addc(&b, '_');
		buf_add(&b, given);
	}
	name = take_name(c, n, buf_str(&b), space);
	if (!str_eq(name, n->arg[0])) {
		node_set(&c->s, n, ATTR_FROM, n->arg[0]);
		n->arg[0] = pool_str(&c->s.pool, name);
	}
	buf_release(&b);
}

static void
name_invented(struct casting *c, struct node *n, struct str space)
{
	struct buf b = { 0 };

	cast_invent_name(&b, n);
	n->arg[0] = pool_str(&c->s.pool, take_name(c, n, buf_str(&b), space));
	buf_release(&b);
}

/*
 * idx_OID_NAME: only in the target the OID is known, so the line has NAME, which needs to be free among those of its table
 * alone: in MySQL a foreign key mostly has an index of its name, and both keep it. PRIMARY is what MySQL calls a primary
 * key, and pgloader all of them.
 */
static void
name_by_oid(struct casting *c, struct node *n, struct buf *space)
{
	struct buf b = { 0 };
	struct str name = n->arg[0];
	size_t given;

	if (!name.n && n->kind == NODE_PRIMARY)
		name = STR("PRIMARY");
	if (name.n)
		buf_add(&b, name_style(&c->s.pool, name, c->style));
	else
		cast_invent_name(&b, n);
	given = b.n;
	constraint_space(n->parent, space);
	buf_addc(space, '\0');
	name = name_shorten_to(&c->s.pool, buf_str(&b), NAME_BYTES_BEHIND_OID);
	for (unsigned i = 1; names_take(&c->constraints, buf_str(space), name, n); i++) {
		b.n = given;
		buf_addf(&b, "%u", i);
		name = name_shorten_to(&c->s.pool, buf_str(&b), NAME_BYTES_BEHIND_OID);
	}
	if (n->arg[0].n && !str_eq(name, n->arg[0]))
		node_set(&c->s, n, ATTR_FROM, n->arg[0]);
	n->arg[0] = pool_str(&c->s.pool, name);
	node_set(&c->s, n, ATTR_OIDNAME, STR_NONE);
	buf_release(&b);
}

/* Given names come first, so that an invented one never takes one away. */
static void
name_all(struct casting *c, bool given)
{
	struct buf space = { 0 };

	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t)) {
		for (struct node *n = t->child; n; n = n->next) {
			bool named = n->arg[0].n > 0;

			if (!cast_is_key(n) && n->kind != NODE_FOREIGN && n->kind != NODE_CHECK)
				continue;
			if (node_has(n, ATTR_OIDNAME))
				continue;
			if (given == named && c->oid_names && cast_is_key(n))
				name_by_oid(c, n, &space);
			else if (given && named)
				name_given(c, n, constraint_space(t, &space));
			else if (!given && !named)
				name_invented(c, n, constraint_space(t, &space));
		}
	}
	buf_release(&space);
}

/*
 * PostgreSQL makes a sequence TABLE_COLUMN_seq for a column that numbers rows: an index must
 * not take its name.
 */
static void
reserve_sequences(struct casting *c)
{
	struct buf b = { 0 };

	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t)) {
		for (struct node *n = node_first(t, NODE_COLUMN); n; n = node_next(n)) {
			if (!node_has(n, ATTR_IDENTITY))
				continue;
			b.n = 0;
			buf_add(&b, t->arg[1]);
			buf_addc(&b, '_');
			buf_add(&b, n->arg[0]);
			buf_add(&b, STR("_seq"));
			names_take(&c->relations, t->arg[0], buf_str(&b), n);
		}
	}
	buf_release(&b);
}

void
cast_key_names(struct casting *c)
{
	reserve_sequences(c);
	name_all(c, true);
	name_all(c, false);
}
