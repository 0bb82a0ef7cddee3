/* cast-schema: one type for both ends of a foreign key. */
#include <uthash.h>

#include "transform/cast-decision.h"

struct end {
	const struct node *column; /* the key */
	struct decision *d;
	struct end *parent; /* what its first foreign key points to */
	bool integer; /* before any took over another type, rows could be numbered in it */
	size_t walk;  /* the last one that came by */
	UT_hash_handle hh;
};

static struct end *
find(struct end *ends, const struct node *table, struct str column)
{
	const struct node *node = table ? node_find(table, NODE_COLUMN, column) : NULL;
	struct end *found = NULL;

	if (node)
		HASH_FIND_PTR(ends, &node, found);
	return found;
}

/* A column that numbers rows goes on doing so: rather than take over another type it begins a chain of its own. */
static bool
would_lose_number(const struct end *child, const struct end *parent)
{
	return node_has(child->column, ATTR_IDENTITY) && child->integer && !parent->integer;
}

static void
link_ends(const struct schema *s, struct end *ends, const struct node *foreign)
{
	const struct node *to = schema_table(s, foreign->arg[1], foreign->arg[2]);

	for (const struct node *pair = foreign->child; pair; pair = pair->next) {
		struct end *child = find(ends, foreign->parent, pair->arg[0]);
		struct end *parent = find(ends, to, pair->arg[1]);

		if (child && parent && !child->parent && !would_lose_number(child, parent))
			child->parent = parent;
	}
}

static bool
before(const struct decision *a, const struct decision *b)
{
	bool a_counts = node_has(a->column, ATTR_IDENTITY);
	bool b_counts = node_has(b->column, ATTR_IDENTITY);

	if (a->users != b->users)
		return a->users;
	return a_counts != b_counts ? a_counts : a < b;
}

/* Of keys that point to each other in a circle: the user's choice, then one that numbers rows. */
static struct end *
best_of_circle(struct end *in)
{
	struct end *best = in;

	for (struct end *e = in->parent; e != in; e = e->parent)
		if (before(e->d, best->d))
			best = e;
	return best;
}

/* The end of the chain of foreign keys, or the first on it whose type the user chose. */
static struct end *
root_of(struct end *e, size_t walk)
{
	while (e->parent && !e->d->users) {
		if (e->walk == walk)
			return best_of_circle(e);
		e->walk = walk;
		e = e->parent;
	}
	return e;
}

static void
take_over(struct casting *c, struct decision *d, struct decision *root)
{
	struct err e = { 0 };
	bool counts = node_has(d->column, ATTR_IDENTITY) && cast_numbers_rows(d->target);

	if (d == root || !d->to.p || !root->to.p ||
	    (counts && !cast_numbers_rows(root->target)) ||
	    !str_eq(d->column->arg[1], root->column->arg[1]))
		return;
	if (root->enumerated && !cast_same_labels(d->column, root->column))
		return;
	if (str_eq(d->to, root->to) && !d->enumerated)
		return;
	if (d->using.transform && !str_eq(d->using.text, root->using.text))
		return;
	if (root->using.transform && !d->using.transform &&
	    transform_prepare(root->using.text, &c->s.pool, &d->using, &e) < 0)
		err_die(&e);
	d->was = root->was;
	d->was_text = root->was_text;
	d->target = root->target;
	d->to = root->to;
	d->enumerated = root->enumerated;
	d->like = root;
	if (d->using.transform)
		transform_bind(&d->using, d->was, d->target);
}

void
cast_foreign_types(struct casting *c)
{
	size_t n = c->ndecisions;
	struct end *ends = NULL, *list = pool_get(&c->s.pool, (n + 1) * sizeof(*list));

	for (size_t i = 0; i < n; i++) {
		list[i] =
		    (struct end){ .column = c->decisions[i].column, .d = &c->decisions[i] };
		list[i].integer = cast_numbers_rows(list[i].d->target);
		HASH_ADD_PTR(ends, column, &list[i]);
	}
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		for (struct node *f = node_first(t, NODE_FOREIGN); f; f = node_next(f))
			link_ends(&c->s, ends, f);
	for (size_t i = 0; i < n; i++)
		take_over(c, list[i].d, root_of(&list[i], i + 1)->d);
	HASH_CLEAR(hh, ends);
}
