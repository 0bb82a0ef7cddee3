/* cast-schema: columns that expressions make, in place of those of the source or besides them. */
#include <stdlib.h>

#include "schema/escape.h"
#include "transform/cast-decision.h"
#include "transform/check.h"

/* A column that a rule adds to a table. */
struct added {
	struct node *table;
	struct str of_schema, of_table; /* its names at the source */
	const struct rule *rule;
	struct str to; /* the type in PostgreSQL's own words */
	struct type target;
	struct added *next;
};

/* The decisions about the columns of a table, which are the fields of its rows. */
struct row {
	const struct node *table;
	struct decision *first;
	size_t n;
	struct using_field *fields;
};

static struct row
row_of(struct casting *c, const struct node *table, struct decision *first)
{
	struct row row = { .table = table, .first = first };
	size_t left = c->ndecisions - (size_t)(first - c->decisions);

	while (row.n < left && first[row.n].column->parent == table)
		row.n++;
	row.fields = mem_array(row.n + 1, sizeof(*row.fields));
	for (size_t i = 0; i < row.n; i++) {
		const struct decision *d = &first[i];
		struct str was = d->was_text.p ? d->was_text : d->column->arg[1];

		row.fields[i] = (struct using_field){ d->column->arg[0], type_of(was, false) };
	}
	return row;
}

/* Compiled only to be looked at: cast-rows does it again, with the fields that it gets. */
static void
look(struct casting *c, struct row *row, struct str name, const struct rule *rule, long own,
     struct type target, struct type *made)
{
	struct using_scope scope = { row->fields, row->n, own, target };
	struct pool pool = { 0 };
	struct err e = { 0 };
	enum using_language language = USING_LISP;
	struct str word, form;
	struct using *u;
	size_t at = 0;

	str_cut(rule->expr, ' ', &word, &form);
	using_language(word, &language);
	u = using_compile(language, form, &scope, &pool, &at, &e);
	if (!u)
		die(e.status, "%s: column %s: %s, by rule %s", cast_table_name(row->table).text,
		    show(name).text, e.text, cast_rule_place(c, rule).p);
	for (size_t i = 0; i < row->n; i++) {
		struct decision *field = &row->first[i];

		if (!using_needs(u, i))
			continue;
		field->needed = true;
		if (field->decode.p && !cast_decodes(form))
			die(STATUS_USAGE,
			    "%s: column %s: its expression takes %s as it is stored, but the table is to be "
			    "decoded: decode-as in it does that, by rule %s",
			    cast_table_name(row->table).text, show(name).text,
			    show(field->column->arg[0]).text, cast_rule_place(c, rule).p);
	}
	*made = using_type(u);
	using_release(u);
	pool_release(&pool);
}

static void
check_made(struct casting *c, const struct row *row, struct str name, const struct rule *rule,
	   struct type made, struct type target, struct str to)
{
	const char *why = using_gives_words(made, target) ? NULL : check_refuses(made, target);

	if (why)
		die(STATUS_USAGE,
		    "%s: column %s: what its expression makes cannot become %s: %s, by rule %s",
		    cast_table_name(row->table).text, show(name).text, show(to).text, why,
		    cast_rule_place(c, rule).p);
}

static void
look_at_column(struct casting *c, struct row *row, size_t i)
{
	struct decision *d = &row->first[i];
	struct str name = d->column->arg[0];

	if (!d->expr.p || !d->to.p)
		return;
	look(c, row, name, d->using_rule, (long)i, d->target, &d->made);
	check_made(c, row, name, d->using_rule, d->made, d->target, d->to);
}

/* --- added columns ------------------------------------------------------------------------- */

static bool
is_added(const struct casting *c, const struct node *table, struct str name)
{
	for (const struct added *a = c->added; a; a = a->next)
		if (a->table == table && str_eq(a->rule->column.text, name))
			return true;
	return false;
}

/* The first rule for a name decides. */
static void
look_at_added(struct casting *c, struct row *row, struct node *table)
{
	struct rule *rule = NULL;
	struct err e = { 0 };

	while ((rule = rules_adding(&c->rules, table, rule, &e))) {
		struct added *a = pool_get(&c->s.pool, sizeof(*a));
		struct buf b = { 0 };
		struct type made;

		if (is_added(c, table, rule->column.text))
			continue;
		rule->used = true;
		type_parse_pg(rule->to, &a->target);
		if (a->target.kind == TYPE_OTHER)
			buf_add(&b, rule->to);
		else
			pg_type_add(&b, a->target);
		a->table = table;
		a->of_schema = table->arg[0];
		a->of_table = table->arg[1];
		a->rule = rule;
		a->to = pool_str(&c->s.pool, buf_str(&b));
		buf_release(&b);
		look(c, row, rule->column.text, rule, -1, a->target, &made);
		check_made(c, row, rule->column.text, rule, made, a->target, a->to);
		*c->last_added = a;
		c->last_added = &a->next;
	}
	if (e.status)
		err_die(&e);
}

void
cast_using(struct casting *c)
{
	struct decision *first = c->decisions;

	c->last_added = &c->added;
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t)) {
		struct row row = row_of(c, t, first);

		for (size_t i = 0; i < row.n; i++)
			look_at_column(c, &row, i);
		look_at_added(c, &row, t);
		first += row.n;
		free(row.fields);
	}
}

/* set default: a literal of the target's type. */
static void
set_default(struct casting *c, struct node *column, const struct added *a)
{
	struct str value = a->rule->literal;
	struct buf out = { 0 };

	if (value.p && a->target.kind != TYPE_OTHER && !a->target.array &&
	    !check_literal(a->target, a->target, value))
		die(STATUS_USAGE, "%s: column %s: the default %s is no value of %s, by rule %s",
		    cast_table_name(column->parent).text, show(column->arg[0]).text,
		    show(value).text, show(a->to).text, cast_rule_place(c, a->rule).p);
	if (value.p)
		escape_add(&out, value);
	else
		buf_add(&out, STR("\\N"));
	node_set(&c->s, column, ATTR_DEFAULT, out.n ? buf_str(&out) : STR(""));
	buf_release(&out);
}

void
cast_add_columns(struct casting *c)
{
	for (const struct added *a = c->added; a; a = a->next) {
		struct str name = name_shorten(&c->s.pool, a->rule->column.text);
		struct node *column;

		if (node_find(a->table, NODE_COLUMN, name))
			die(STATUS_USAGE,
			    "%s: there is a column %s already: it cannot be added by rule %s",
			    cast_table_name(a->table).text, show(name).text,
			    cast_rule_place(c, a->rule).p);
		column = node_add(&c->s, a->table, NODE_COLUMN, name, a->to, STR_NONE);
		if (a->rule->option[RULE_NOTNULL] == RULE_SET)
			node_set(&c->s, column, ATTR_NOTNULL, STR_NONE);
		if (a->rule->option[RULE_DEFAULT] == RULE_SET)
			set_default(c, column, a);
		node_set(&c->s, column, ATTR_EXPR, a->rule->expr);
		node_set(&c->s, column, ATTR_RULE, cast_rule_place(c, a->rule));
		if (c->explain)
			cast_explain_added(c, a->of_schema, a->of_table, a->rule);
	}
}
