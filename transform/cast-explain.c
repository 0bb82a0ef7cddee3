/* cast-schema -x: why each column becomes what it becomes, and what that costs. */
#include "schema/escape.h"
#include "transform/cast-decision.h"
#include "transform/check.h"

/* One more of them. */
static void
add(struct buf *losses, const char *what)
{
	if (losses->n)
		buf_add(losses, STR("; "));
	buf_add(losses, str_cstr(what));
}

/* What cast-rows will look for in each value: it is refused there, never changed. */
static void
add_checks(struct buf *losses, const struct check *check, struct str to)
{
	const char *remedy = check->remedy;
	struct buf b = { 0 };
	int n = (int)to.n;

	switch (check->kind) {
	case CHECK_NONE:
	case CHECK_CLOCK: return; /* what no source but text has */
	case CHECK_NUMBER: buf_add(&b, STR("what is no number is refused")); break;
	case CHECK_NUMERIC:
	case CHECK_FLOAT4:
	case CHECK_FLOAT8:
		buf_addf(&b, "a number that %.*s would round or cannot hold is refused", n,
			 to.p);
		break;
	case CHECK_LENGTH:
		buf_addf(&b, "a text of more than %d characters is refused", check->p);
		break;
	case CHECK_CHAR:
		buf_addf(
		    &b,
		    "a text of more than %d characters or with blanks at its end is refused",
		    check->p);
		break;
	case CHECK_BYTES:
		buf_addf(&b, "a text of more than %d bytes is refused", check->p);
		break;
	case CHECK_SECOND:
		buf_addf(&b, "a time with more than %d digits of a second is refused",
			 check->p);
		break;
	case CHECK_INTEGER:
		buf_addf(&b, "what is no integer from %jd to %jd is refused",
			 (intmax_t)check->min, (intmax_t)check->max);
		break;
	case CHECK_NEVER: buf_add(&b, STR("every value is refused")); break;
	default:
		buf_addf(&b, "what is no %.*s, as rows(5) spells it, is refused", n, to.p);
		/* More digits help no other spelling. */
		if (remedy && strcmp(remedy, "text") != 0)
			remedy = NULL;
		break;
	}
	if (remedy)
		buf_addf(&b, ", %s would take it", remedy);
	add(losses, buf_cstr(&b));
	buf_release(&b);
}

static void
add_attributes(struct buf *losses, const struct decision *d)
{
	const struct node *column = d->column;
	bool has_default = node_has(column, ATTR_DEFAULT) || node_has(column, ATTR_DEFEXPR);

	if (has_default && cast_option(d, RULE_DEFAULT) == RULE_DROP)
		add(losses, "its default is left out");
	if (has_default && cast_option(d, RULE_DEFAULT) == RULE_SET)
		add(losses, "its default is another");
	if (node_has(column, ATTR_NOTNULL) && cast_option(d, RULE_NOTNULL) == RULE_DROP &&
	    !cast_in_primary_key(column))
		add(losses, "NULL is allowed");
	if (node_has(column, ATTR_IDENTITY) && cast_option(d, RULE_EXTRA) == RULE_DROP)
		add(losses, "it numbers no rows");
	if (node_has(column, ATTR_ONUPDATE) && cast_option(d, RULE_EXTRA) == RULE_DROP)
		add(losses, "nothing sets it when a row is changed");
}

static void
add_losses(struct buf *losses, struct decision *d)
{
	struct type in = d->was;
	struct check check;

	if (d->refused) {
		add(losses, d->refused);
		return;
	}
	if (d->to_rule->drop_column) {
		add(losses, "the column is left out");
		return;
	}
	if (d->expr.p) {
		in = d->made;
		add(losses,
		    "its values are those of the expression, and what changes is counted");
	}
	if (d->using.transform) {
		in = transform_bind(&d->using, d->was, d->target);
		if (d->using.transform->alters)
			add(losses, "the transform may change values, and counts those");
	}
	check = check_init(in, d->target, d->to);
	add_checks(losses, &check, d->to);
	if (d->unfit)
		add(losses, d->unfit);
	add_attributes(losses, d);
}

/* The rules that decided, each with its place: those from which something was taken. */
static void
add_rules(struct casting *c, struct buf *b, const struct decision *d)
{
	const struct rule *rules[] = { d->rule,
				       d->to_rule,
				       d->by[RULE_DEFAULT],
				       d->by[RULE_TYPEMOD],
				       d->by[RULE_NOTNULL],
				       d->by[RULE_EXTRA],
				       d->rename,
				       d->using_rule };

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		bool before = !rules[i];

		for (size_t k = 0; k < i; k++)
			before = before || rules[k] == rules[i];
		if (before)
			continue;
		if (b->n)
			buf_add(b, STR("; "));
		if (rules[i] != d->rule) {
			buf_add(b, cast_rule_place(c, rules[i]));
			buf_addc(b, ' ');
		}
		rules_show(rules[i], b);
	}
}

enum { FIELDS = 10 };

static void
write_line(struct casting *c, const struct str *fields)
{
	for (size_t i = 0; i < FIELDS; i++) {
		if (i)
			output_addc(c->explain, '\t');
		escape_write(c->explain, fields[i], true);
	}
	output_addc(c->explain, '\n');
}

void
cast_explain(struct casting *c, struct decision *d)
{
	const struct node *column = d->column;
	struct buf rule = { 0 }, why = { 0 }, losses = { 0 };
	struct str fields[FIELDS] = {
		column->parent->arg[0],
		column->parent->arg[1],
		column->arg[0],
		node_attr(column, ATTR_SRC),
		column->arg[1],
		d->refused    ? STR("(refused)")
		    : d->to.p ? d->to
			      : STR("(dropped)"),
		STR_NONE, /* rule */
		d->expr.p ? d->expr : d->using.text,
		STR_NONE, /* why */
		STR_NONE, /* losses */
	};

	if (d->rule)
		buf_add(&rule, cast_type_place(c, d));
	if (d->like)
		buf_add(&rule, STR(" foreign key"));
	if (d->rule)
		add_rules(c, &why, d);
	add_losses(&losses, d);
	fields[6] = buf_str(&rule);
	fields[8] = buf_str(&why);
	fields[9] = buf_str(&losses);
	write_line(c, fields);
	buf_release(&rule);
	buf_release(&why);
	buf_release(&losses);
}

void
cast_explain_added(struct casting *c, struct str schema, struct str table,
		   const struct rule *rule)
{
	struct buf why = { 0 };
	struct str fields[FIELDS] = {
		schema,
		table,
		rule->column.text,
		STR("(added)"),
		STR_NONE, /* neutral type */
		rule->to,
		cast_rule_place(c, rule),
		rule->expr,
		STR_NONE, /* why */
		STR_NONE, /* losses */
	};

	rules_show(rule, &why);
	fields[8] = buf_str(&why);
	write_line(c, fields);
	buf_release(&why);
}
