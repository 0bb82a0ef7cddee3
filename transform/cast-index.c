/* cast-schema: kinds of indexes that PostgreSQL has in another form, or not at all. */
#include "schema/base/num.h"
#include "transform/cast-schema.h"

static bool
is_text(const struct node *column)
{
	struct type t = type_of(column->arg[1], true);

	return !t.array &&
	    (t.kind == TYPE_TEXT || t.kind == TYPE_VARCHAR || t.kind == TYPE_CHAR);
}

/* geometry(Point,4326), public.geography and their like: PostGIS's, whose schema may be any. */
static bool
is_shape(const struct node *column)
{
	struct str name, rest, schema;

	str_cut(column->arg[1], '(', &name, &rest);
	if (str_cut(name, '.', &schema, &rest))
		name = rest;
	return str_eq_nocase(name, STR("geometry")) || str_eq_nocase(name, STR("geography"));
}

/* --- what can be -------------------------------------------------------------------------- */

const char *
cast_method_fault(const struct node *key, struct str method)
{
	bool fulltext = str_eq_nocase(method, STR("fulltext"));
	bool spatial = str_eq_nocase(method, STR("spatial"));

	if (str_eq_nocase(method, STR("btree")) || str_eq_nocase(method, STR("hash")))
		return NULL;
	if (!fulltext && !spatial)
		return "no such kind of index";
	for (const struct node *n = key->child; n; n = n->next) {
		const struct node *column = cast_column(key->parent, n->arg[0]);

		if (n->kind != NODE_KEY)
			return "no such kind of index on an expression";
		if (fulltext && !is_text(column))
			return "PostgreSQL looks for words in texts only";
		if (spatial && !is_shape(column))
			return "without PostGIS's geometry there is no index of shapes";
	}
	return NULL;
}

bool
cast_has_prefix(const struct node *part, const struct node *column)
{
	struct type t = type_of(column->arg[1], true);
	size_t n = 0;

	return part->kind == NODE_KEY &&
	    num_size(node_attr(part, ATTR_PREFIX), INT32_MAX, &n) && n > 0 &&
	    (is_text(column) || (t.kind == TYPE_BYTES && !t.array));
}

/* --- what it is then ---------------------------------------------------------------------- */

/* left("c", 10): unique, it forbids no more than the source does, which compares without case or blanks at the end. */
static void
cast_prefix(struct casting *c, struct node *part)
{
	const struct node *column = node_find(part->parent->parent, NODE_COLUMN, part->arg[0]);
	struct str prefix = node_attr(part, ATTR_PREFIX);
	struct buf b = { 0 };

	buf_add(&b, is_text(column) ? STR("left(") : STR("substring("));
	name_quote(&b, part->arg[0]);
	buf_add(&b, is_text(column) ? STR(", ") : STR(" from 1 for "));
	buf_add(&b, prefix);
	buf_addc(&b, ')');
	part->kind = NODE_KEYEXPR;
	part->arg[0] = pool_str(&c->s.pool, buf_str(&b));
	node_unset(part, ATTR_PREFIX);
	buf_release(&b);
}

/* The words of all columns together, as MATCH … AGAINST looks for them: the simple configuration drops none. */
static void
cast_fulltext(struct casting *c, struct node *key)
{
	struct buf b = { 0 };

	buf_add(&b, STR("to_tsvector('simple'::regconfig, "));
	while (key->child) {
		buf_add(&b, STR("coalesce("));
		name_quote(&b, key->child->arg[0]);
		buf_add(&b, key->child->next ? STR(", '') || ' ' || ") : STR(", '')"));
		node_remove(key->child);
	}
	buf_addc(&b, ')');
	node_add(&c->s, key, NODE_KEYEXPR, buf_str(&b), STR_NONE, STR_NONE);
	node_set(&c->s, key, ATTR_METHOD, STR("gin"));
	buf_release(&b);
}

void
cast_index(struct casting *c, struct node *key)
{
	struct str method = node_attr(key, ATTR_METHOD);
	bool prefix = false;

	if (str_eq_nocase(method, STR("fulltext"))) {
		cast_fulltext(c, key);
		return;
	}
	for (struct node *n = key->child; n; n = n->next) {
		if (!node_has(n, ATTR_PREFIX))
			continue;
		prefix = true;
		cast_prefix(c, n);
	}
	/* A primary key is on columns. */
	if (prefix && key->kind == NODE_PRIMARY)
		key->kind = NODE_UNIQUE;
	if (str_eq_nocase(method, STR("spatial")))
		node_set(&c->s, key, ATTR_METHOD, STR("gist"));
	/* PostgreSQL hashes one value only. */
	if (str_eq_nocase(method, STR("hash")) && key->child->next)
		node_set(&c->s, key, ATTR_METHOD, STR("btree"));
}
