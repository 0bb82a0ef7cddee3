/* cast-rows: what the schema says is to be done to each column of a stream. */
#include <stdlib.h>

#include "transform/cast-rows.h"

static const struct node *
find_column(const struct node *table, struct str from)
{
	const struct node *n = node_first(table, NODE_COLUMN);

	while (n && !(node_has(n, ATTR_FROM) && str_eq(node_attr(n, ATTR_FROM), from)))
		n = node_next(n);
	return n;
}

/* No column of the target has it, and that is as it should be. */
static bool
is_left_out(const struct node *table, struct str name)
{
	if (node_find(table, NODE_FIELD, name))
		return true;
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

/* What is asked of a value of this type before it goes to the target's. */
static void
prepare_check(const struct schema *s, struct work *w, struct type checked, struct type target)
{
	w->check = check_init(checked, target, w->column->arg[1]);
	if (w->check.kind == CHECK_LABEL && has_empty_label(s, w->column))
		w->check.kind = CHECK_NONE;
	w->notnull = node_has(w->column, ATTR_NOTNULL);
}

/* A column of the stream, and one that an expression replaces, is of the type that the schema was made for. */
static void
check_was(const struct schema *s, const struct rows_head *in, size_t i, struct str expected)
{
	if (!str_eq(expected, in->types[i]))
		die(STATUS_BAD,
		    "%s: column %s: the rows were extracted as %s, but %s was cast from %s",
		    rows_name(in).text, show(in->names[i]).text, show(in->types[i]).text,
		    s->file, show(expected).text);
}

static void
prepare_column(struct cast_table *table, const struct schema *s, const struct rows_head *in,
	       size_t i, struct work *w)
{
	struct type was = type_of(in->types[i], false),
		    target = type_of(w->column->arg[1], true), checked = was;
	const char *why;
	size_t n = 0;

	check_was(s, in, i, node_attr(w->column, ATTR_WAS));
	if (prepare_using(table, in, w))
		checked = transform_bind(&w->calls[n++], was, target);
	if (checked.kind == TYPE_TIMESTAMP && target.kind == TYPE_TIMESTAMPTZ && !was.array)
		w->calls[n++].transform = &transform_at_utc;
	why = check_refuses(checked, target);
	if (why)
		die(STATUS_USAGE, "%s: column %s: %s cannot become %s: %s", rows_name(in).text,
		    show(in->names[i]).text, show(in->types[i]).text,
		    show(w->column->arg[1]).text, why);
	prepare_check(s, w, checked, target);
	w->clock_only = n == 0 && w->check.kind == CHECK_CLOCK;
	w->any = n || w->check.kind != CHECK_NONE;
}

/* --- expressions -------------------------------------------------------------------------- */

static size_t
count_expressions(const struct node *table)
{
	size_t n = 0;

	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c))
		n += node_has(c, ATTR_EXPR);
	return n;
}

/* expr=LANGUAGE FORM */
static struct using *
compile_expression(struct cast_table *t, const struct rows_head *in, const struct work *w,
		   const struct using_scope *scope)
{
	struct str word, form;
	enum using_language language;
	struct err e = { 0 };
	struct using *expr = NULL;
	size_t at;

	if (str_cut(node_attr(w->column, ATTR_EXPR), ' ', &word, &form) &&
	    using_language(word, &language))
		expr = using_compile(language, form, scope, &t->pool, &at, &e);
	else
		err_set(&e, STATUS_USAGE, "an expression in no language that is known: %s",
			show(node_attr(w->column, ATTR_EXPR)).text);
	if (!expr)
		die(e.status, "%s: column %s: %s", rows_name(in).text,
		    show(w->column->arg[0]).text, e.text);
	return expr;
}

static void
prepare_expression(struct cast_table *t, const struct schema *s, const struct rows_head *in,
		   struct work *w, struct using_scope *scope)
{
	struct type target = type_of(w->column->arg[1], true), made;
	const char *why;

	scope->own = w->own;
	scope->target = target;
	w->expr = compile_expression(t, in, w, scope);
	made = using_type(w->expr);
	if (made.kind == TYPE_TIMESTAMP && target.kind == TYPE_TIMESTAMPTZ && !made.array)
		w->calls[0].transform = &transform_at_utc;
	if (using_gives_words(made, target))
		w->calls[0].transform = transform_find(STR("checked-boolean"));
	why = w->calls[0].transform ? NULL : check_refuses(made, target);
	if (why)
		die(STATUS_USAGE,
		    "%s: column %s: what its expression makes cannot become %s: %s",
		    rows_name(in).text, show(w->column->arg[0]).text,
		    show(w->column->arg[1]).text, why);
	prepare_check(s, w, made, target);
	for (size_t i = 0; i < in->ncols; i++)
		t->captured[i] = t->captured[i] || using_needs(w->expr, i) || (long)i == w->own;
}

/* Behind the columns of the stream: what expressions make, in the order of the table. */
static void
prepare_expressions(struct cast_table *t, const struct schema *s, const struct rows_head *in)
{
	struct using_field *fields = pool_get(&t->pool, (in->ncols + 1) * sizeof(*fields));
	struct using_scope scope = { .fields = fields, .nfields = in->ncols };

	for (size_t i = 0; i < in->ncols; i++)
		fields[i] = (struct using_field){ in->names[i], type_of(in->types[i], false) };
	for (const struct node *c = node_first(t->table, NODE_COLUMN); c; c = node_next(c)) {
		struct work *w = &t->work[t->nwork];
		struct str from = node_attr(c, ATTR_FROM);

		if (!node_has(c, ATTR_EXPR))
			continue;
		w->own = from.p ? rows_column(in, from) : -1;
		/* A stream may lack columns of the table. */
		if (from.p && w->own < 0)
			continue;
		if (in->ncols == 0)
			die(STATUS_BAD,
			    "%s: column %s: without fields no row tells its expression of itself",
			    rows_name(in).text, show(c->arg[0]).text);
		w->column = c;
		w->any = true;
		prepare_expression(t, s, in, w, &scope);
		t->head.names[t->head.ncols] = c->arg[0];
		t->head.types[t->head.ncols++] = c->arg[1];
		t->nwork++;
		t->any = true;
	}
}

/* The head of the target: other attributes of #rows go on as they came. */
static void
prepare_head(struct cast_table *t, const struct rows_head *in)
{
	size_t most = in->ncols + count_expressions(t->table) + 1;

	t->head = *in;
	t->head.schema = t->table->arg[0];
	t->head.table = t->table->arg[1];
	t->head.attrs = pool_get(&t->pool, (in->nattrs + 1) * sizeof(*t->head.attrs));
	if (in->nattrs)
		memcpy(t->head.attrs, in->attrs, in->nattrs * sizeof(*in->attrs));
	t->head.attrs[t->head.nattrs++] =
	    (struct rows_attr){ STR("target"), STR("postgresql") };
	t->head.names = pool_get(&t->pool, most * sizeof(*t->head.names));
	t->head.types = pool_get(&t->pool, most * sizeof(*t->head.types));
	t->head.ncols = 0;
}

/* What only expressions see must be what they were made for, too. */
static void
check_dropped(const struct cast_table *t, const struct schema *s, const struct rows_head *in,
	      size_t i)
{
	const struct node *column = t->work[i].column;
	const struct node *field = node_find(t->table, NODE_FIELD, in->names[i]);

	if (column && node_has(column, ATTR_EXPR))
		check_was(s, in, i, node_attr(column, ATTR_WAS));
	else if (!column && field)
		check_was(s, in, i, field->arg[1]);
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
	for (size_t i = 0; t->work && i < t->nwork; i++) {
		for (size_t call = 0; call < CAST_CALLS; call++)
			transform_release(&t->work[i].calls[call]);
		using_release(t->work[i].expr);
	}
	for (size_t i = 0; t->work && i < t->ncols; i++)
		buf_release(&t->captures[i]);
	t->work = NULL;
	pool_release(&t->pool);
}

void
cast_prepare(struct cast_table *t, const struct schema *s, const struct rows_head *in)
{
	struct str target = rows_attr(in, "target");
	size_t most;

	release_columns(t);
	if (target.p)
		die(STATUS_USAGE, "%s: these rows were cast already: target=%.*s",
		    rows_name(in).text, (int)target.n, target.p);
	t->table = schema_table_from(s, in->schema, in->table);
	if (!t->table)
		die(STATUS_BAD, "%s: %s has no table that came from it", rows_name(in).text,
		    s->file);
	prepare_head(t, in);
	most = in->ncols + count_expressions(t->table) + 1;
	t->work = pool_get(&t->pool, most * sizeof(*t->work));
	t->altered = pool_get(&t->pool, most * sizeof(*t->altered));
	t->fields = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->fields));
	t->captures = pool_get(&t->pool, (in->ncols + 1) * sizeof(*t->captures));
	t->captured = pool_get(&t->pool, in->ncols + 1);
	t->ncols = t->nwork = in->ncols;
	t->any = t->clocks = t->bad = false;
	t->row = 1;
	t->kept = 0;
	t->tab_owed = false;
	for (size_t i = 0; i < in->ncols; i++) {
		struct work *w = &t->work[i];

		w->column = find_column(t->table, in->names[i]);
		/* PostgreSQL computes a generated column again; what an expression makes comes behind all. */
		w->dropped = w->column
		    ? node_has(w->column, ATTR_GENERATED) || node_has(w->column, ATTR_EXPR)
		    : is_left_out(t->table, in->names[i]);
		if (!w->column && !w->dropped)
			die(STATUS_BAD, "%s: column %s: %s has none that came from it",
			    rows_name(in).text, show(in->names[i]).text, s->file);
		if (w->dropped) {
			w->any = true;
			check_dropped(t, s, in, i);
		} else {
			prepare_column(t, s, in, i, w);
			t->head.names[t->head.ncols] = w->column->arg[0];
			t->head.types[t->head.ncols++] = w->column->arg[1];
		}
		t->any = t->any || (w->any && !w->clock_only);
		t->clocks = t->clocks || w->clock_only;
	}
	prepare_expressions(t, s, in);
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
