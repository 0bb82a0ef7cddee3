/* cast-schema: columns whose labels become an enum type. */
#include "schema/base/prog.h"
#include "transform/cast-decision.h"

enum { LABEL_BYTES = 63 }; /* PostgreSQL 15 manual, 8.7.4 */

static bool
is_twice(const struct node *label)
{
	return node_find(label->parent, NODE_LABEL, label->arg[0]) != label;
}

static const char *
labels_fault(const struct node *column)
{
	for (const struct node *l = node_first(column, NODE_LABEL); l; l = node_next(l)) {
		if (l->arg[0].n > LABEL_BYTES)
			return "PostgreSQL takes labels of 63 bytes at most";
		if (l->arg[0].n && memchr(l->arg[0].p, '\0', l->arg[0].n))
			return "PostgreSQL takes no zero byte in a label";
	}
	return NULL;
}

void
cast_enum(struct casting *c, struct decision *d)
{
	const struct node *column = d->column;

	(void)c;
	if (!node_first(column, NODE_LABEL) && !node_has(column, ATTR_ENUM))
		die(STATUS_USAGE,
		    "%s: column %s: there are no labels to make an enum of; rule %s:%ju",
		    cast_table_name(column->parent).text, show(column->arg[0]).text,
		    d->rule->file, (uintmax_t)d->rule->line);
	d->unfit = labels_fault(column);
	d->enumerated = !d->unfit;
	d->target = (struct type){ .kind = d->unfit ? TYPE_TEXT : TYPE_OTHER,
				   .array = d->neutral.array || d->neutral.kind == TYPE_SET,
				   .precision = -1,
				   .scale = -1 };
	if (d->unfit)
		d->to = d->target.array ? STR("text[]") : STR("text");
	else
		d->to = d->target.array ? STR("enum[]") : STR("enum");
}

bool
cast_same_labels(const struct node *column, const struct node *other)
{
	const struct node *a = node_first(column, NODE_LABEL),
			  *b = node_first(other, NODE_LABEL);

	while (a && b && str_eq(a->arg[0], b->arg[0])) {
		a = node_next(a);
		b = node_next(b);
	}
	return !a && !b && str_eq(node_attr(column, ATTR_ENUM), node_attr(other, ATTR_ENUM));
}

/* --- literals ----------------------------------------------------------------------------- */

/* MySQL takes a label in any case; two that differ only so are no answer. */
static struct str
find_label(const struct node *column, struct str value)
{
	const struct node *exact = node_find(column, NODE_LABEL, value), *found = NULL;

	if (exact)
		return exact->arg[0];
	for (const struct node *l = node_first(column, NODE_LABEL); l; l = node_next(l)) {
		if (!str_eq_nocase(l->arg[0], value) || is_twice(l))
			continue;
		if (found)
			return STR_NONE;
		found = l;
	}
	return found ? found->arg[0] : STR_NONE;
}

/* The next element of an array's text, unquoted into b; *s is behind it and its comma. */
static bool
take_element(struct str *s, struct buf *b)
{
	bool quoted = s->p[0] == '"';
	size_t i = quoted;

	b->n = 0;
	while (i < s->n && (quoted ? s->p[i] != '"' : !memchr(",{}\"\\ ", s->p[i], 6))) {
		i += quoted && s->p[i] == '\\';
		if (i == s->n)
			return false;
		buf_addc(b, s->p[i++]);
	}
	if (quoted && i++ >= s->n)
		return false;
	if (i < s->n && s->p[i] != ',')
		return false;
	if (i + 1 == s->n)
		return false;
	*s = str_of(s->p + (i < s->n ? i + 1 : i), i < s->n ? s->n - i - 1 : 0);
	return quoted || (b->n && !str_eq_nocase(buf_str(b), STR("null")));
}

/* {a,"b c"}: each element a label as it is written. */
static bool
is_set(const struct node *column, struct str value)
{
	struct buf b = { 0 };
	bool good = value.n >= 2 && value.p[0] == '{' && value.p[value.n - 1] == '}';

	if (good)
		value = str_of(value.p + 1, value.n - 2);
	while (good && value.n)
		good = take_element(&value, &b) && node_find(column, NODE_LABEL, buf_str(&b));
	buf_release(&b);
	return good;
}

bool
cast_enum_literal(const struct decision *d, struct str *value)
{
	if (d->target.array)
		return is_set(d->column, *value);
	*value = find_label(d->column, *value);
	return value->p != NULL;
}

/* --- types -------------------------------------------------------------------------------- */

static struct node *
make_type(struct casting *c, struct node *column)
{
	const struct node *table = column->parent;
	struct names seen = { 0 };
	struct buf name = { 0 };
	struct node *type;
	struct str free_name;

	buf_add(&name, table->arg[1]);
	buf_addc(&name, '_');
	buf_add(&name, column->arg[0]);
	free_name = names_take_free(&c->relations, table->arg[0], buf_str(&name), column);
	type = node_add(&c->s, &c->s.root, NODE_ENUM, table->arg[0], free_name, STR_NONE);
	for (struct node *l = node_first(column, NODE_LABEL); l; l = node_next(l)) {
		if (names_take(&seen, STR(""), l->arg[0], l))
			cast_skip(c, column->parent, "label", node_attr(column, ATTR_FROM),
				  STR("it is there twice"), l->arg[0]);
		else
			node_add(&c->s, type, NODE_LABEL, l->arg[0], STR_NONE, STR_NONE);
	}
	buf_release(&name);
	names_release(&seen);
	return type;
}

static void
set_type(struct casting *c, struct node *column, const struct node *type, bool array)
{
	struct buf name = { 0 };

	name_quote(&name, type->arg[0]);
	buf_addc(&name, '.');
	name_quote(&name, type->arg[1]);
	if (array)
		buf_add(&name, STR("[]"));
	column->arg[1] = pool_str(&c->s.pool, buf_str(&name));
	node_set(&c->s, column, ATTR_ENUM, type->arg[1]);
	node_set(&c->s, column, ATTR_ENUMSCHEMA, type->arg[0]);
	buf_release(&name);
}

/* The enum of the source that a column names, by its new name. */
static struct node *
named_type(struct casting *c, const struct node *column)
{
	struct node *n = node_first(&c->s.root, NODE_ENUM);

	while (n &&
	       !(str_eq(n->arg[0], node_attr(column, ATTR_ENUMSCHEMA)) &&
		 str_eq(n->arg[1], node_attr(column, ATTR_ENUM))))
		n = node_next(n);
	return n;
}

static void
forget_labels(struct node *column)
{
	struct node *next;

	for (struct node *l = node_first(column, NODE_LABEL); l; l = next) {
		next = node_next(l);
		node_remove(l);
	}
}

void
cast_enums(struct casting *c)
{
	for (size_t i = 0; i < c->ndecisions; i++) {
		struct decision *d = &c->decisions[i], *of = d->like ? d->like : d;

		if (!d->enumerated)
			continue;
		if (!of->type)
			of->type = node_has(of->column, ATTR_ENUM) ? named_type(c, of->column)
								   : make_type(c, of->column);
		set_type(c, d->column, of->type, d->target.array);
	}
	for (size_t i = 0; i < c->ndecisions; i++)
		if (c->decisions[i].enumerated)
			forget_labels(c->decisions[i].column);
}
