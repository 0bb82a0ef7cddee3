/* cast-rows: what the schema says is to be done to each column of a stream. */
#include <stdlib.h>

#include "transform/cast-rows.h"

static const struct node *
find_column(const struct node *table, struct str from)
{
	const struct node *n = node_first(table, NODE_COLUMN);

	while (n && !str_eq(node_attr(n, ATTR_FROM), from))
		n = node_next(n);
	return n;
}

static bool
is_left_out(const struct node *table, struct str name)
{
	for (const struct node *n = node_first(table, NODE_SKIPPED); n; n = node_next(n))
		if (str_eq(n->arg[0], STR("column")) && str_eq(n->arg[1], name))
			return true;
	return false;
}

static bool
prepare_using(struct cast_table *t, const struct rows_head *in, struct work *w)
{
	struct str using = node_attr(w->column, ATTR_USING);
	struct err e = { 0 };

	if (!using.p)
		return false;
	if (transform_prepare(using, &t->pool, &w->calls[0], &e) < 0)
		die(e.status, "%s: column %s: %s", rows_name(in).text,
		    show(node_attr(w->column, ATTR_FROM)).text, e.text);
	return true;
}

/* Whether a label of the column's enum is the empty text, so that it is nothing to be refused. */
static bool
has_empty_label(const struct schema *s, const struct node *column)
{
	const struct node *n = node_first(&s->root, NODE_ENUM);

	while (n &&
	       !(str_eq(n->arg[0], node_attr(column, ATTR_ENUMSCHEMA)) &&
		 str_eq(n->arg[1], node_attr(column, ATTR_ENUM))))
		n = node_next(n);
	return n && node_find(n, NODE_LABEL, STR(""));
}

static void
prepare_column(struct cast_table *table, const struct schema *s, const struct rows_head *in,
	       size_t i, struct work *w)
{
	struct type was = type_of(in->types[i], false),
		    target = type_of(w->column->arg[1], true), checked = was;
	struct str expected = node_attr(w->column, ATTR_WAS);
	const char *why;
	size_t n = 0;

	if (!str_eq(expected, in->types[i]))
		die(STATUS_BAD,
		    "%s: column %s: the rows were extracted as %s, but %s was cast from %s",
		    rows_name(in).text, show(in->names[i]).text, show(in->types[i]).text,
		    s->file, show(expected).text);
	if (prepare_using(table, in, w))
		checked = transform_bind(&w->calls[n++], was, target);
	if (checked.kind == TYPE_TIMESTAMP && target.kind == TYPE_TIMESTAMPTZ && !was.array)
		w->calls[n++].transform = &transform_at_utc;
	why = check_refuses(checked, target);
	if (why)
		die(STATUS_USAGE, "%s: column %s: %s cannot become %s: %s", rows_name(in).text,
		    show(in->names[i]).text, show(in->types[i]).text,
		    show(w->column->arg[1]).text, why);
	w->check = check_init(checked, target, w->column->arg[1]);
	if (w->check.kind == CHECK_LABEL && has_empty_label(s, w->column))
		w->check.kind = CHECK_NONE;
	w->notnull = node_has(w->column, ATTR_NOTNULL);
	w->clock_only = n == 0 && w->check.kind == CHECK_CLOCK;
	w->any = n || w->check.kind != CHECK_NONE;
}

/* The head of the target: other attributes of #rows go on as they came. */
static void
prepare_head(struct cast_table *t, const struct rows_head *in)
{
	t->head = *in;
	t->head.schema = t->table->arg[0];
	t->head.table = t->table->arg[1];
	t->head.attrs = pool_get(&t->pool, (in->nattrs + 1) * sizeof(*t->head.attrs));
	if (in->nattrs)
		memcpy(t->head.attrs, in->attrs, in->nattrs * sizeof(*in->attrs));
	t->head.attrs[t->head.nattrs++] =
	    (struct rows_attr){ STR("target"), STR("postgresql") };
	t->head.names = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->head.names));
	t->head.types = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->head.types));
	t->head.ncols = 0;
}

void
cast_init(struct cast_table *t, struct rejects *rejects)
{
	*t = (struct cast_table){ .rejects = rejects };
	if (rejects->allowed)
		output_open_memory(&t->held);
}

/* What is held for the columns of a table. */
static void
release_columns(struct cast_table *t)
{
	for (size_t i = 0; t->work && i < t->ncols; i++)
		for (size_t call = 0; call < CAST_CALLS; call++)
			transform_release(&t->work[i].calls[call]);
	t->work = NULL;
	pool_release(&t->pool);
}

void
cast_prepare(struct cast_table *t, const struct schema *s, const struct rows_head *in)
{
	struct str target = rows_attr(in, "target");

	release_columns(t);
	if (target.p)
		die(STATUS_USAGE, "%s: these rows were cast already: target=%.*s",
		    rows_name(in).text, (int)target.n, target.p);
	t->table = schema_table_from(s, in->schema, in->table);
	if (!t->table)
		die(STATUS_BAD, "%s: %s has no table that came from it", rows_name(in).text,
		    s->file);
	prepare_head(t, in);
	t->work = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->work));
	t->altered = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->altered));
	t->ncols = in->ncols;
	t->any = t->clocks = t->bad = false;
	t->row = 1;
	t->kept = 0;
	t->tab_owed = false;
	for (size_t i = 0; i < in->ncols; i++) {
		struct work *w = &t->work[i];

		w->column = find_column(t->table, in->names[i]);
		/* PostgreSQL computes a generated column again. */
		w->dropped = w->column ? node_has(w->column, ATTR_GENERATED)
				       : is_left_out(t->table, in->names[i]);
		if (!w->column && !w->dropped)
			die(STATUS_BAD, "%s: column %s: %s has none that came from it",
			    rows_name(in).text, show(in->names[i]).text, s->file);
		if (w->dropped) {
			w->any = true;
		} else {
			prepare_column(t, s, in, i, w);
			t->head.names[t->head.ncols] = w->column->arg[0];
			t->head.types[t->head.ncols++] = w->column->arg[1];
		}
		t->any = t->any || (w->any && !w->clock_only);
		t->clocks = t->clocks || w->clock_only;
	}
}

void
cast_release(struct cast_table *t)
{
	buf_release(&t->pieces);
	buf_release(&t->decoded);
	for (size_t call = 0; call < CAST_CALLS; call++)
		buf_release(&t->scratch[call]);
	buf_release(&t->encoded);
	buf_release(&t->message);
	buf_release(&t->source);
	if (t->rejects->allowed)
		output_close(&t->held);
	release_columns(t);
	*t = (struct cast_table){ 0 };
}
