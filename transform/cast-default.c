/* cast-schema: defaults of columns. */
#include "schema/escape.h"
#include "transform/cast-decision.h"
#include "transform/check.h"

static void
skip_default(struct casting *c, struct node *column, enum attr_name attr, const char *reason)
{
	struct str text = node_attr(column, attr);
	struct buf b = { 0 };

	if (attr == ATTR_DEFAULT && !escape_is_null(text)) {
		escape_decode(&b, text);
		text = buf_str(&b);
		if (!text.p)
			text = STR("");
	} else if (attr == ATTR_DEFAULT) {
		text = STR("NULL");
	}
	cast_skip(c, column->parent, "default", column->arg[0], str_cstr(reason), text);
	buf_release(&b);
	node_unset(column, attr);
}

/*
 * A truth value where the source has numbers for it, and the other way round; *neutral becomes
 * what it is then.
 */
static struct str
convert_bool(const struct decision *d, struct type *neutral, struct str value)
{
	if (d->target.kind == TYPE_BOOL && neutral->kind != TYPE_BOOL) {
		neutral->kind = TYPE_BOOL;
		return str_eq(value, STR("1")) ? STR("t")
		    : str_eq(value, STR("0"))  ? STR("f")
					       : value;
	}
	if (neutral->kind == TYPE_BOOL && d->target.kind != TYPE_BOOL &&
	    d->was.kind != TYPE_BOOL) {
		neutral->kind = TYPE_I64;
		return str_eq(value, STR("t")) ? STR("1")
		    : str_eq(value, STR("f"))  ? STR("0")
					       : value;
	}
	return value;
}

static bool
is_literal(const struct decision *d, struct type neutral, struct str *value)
{
	if (value->n && memchr(value->p, '\0', value->n))
		return false;
	if (d->enumerated || (neutral.kind == TYPE_SET && d->target.array))
		return cast_enum_literal(d, value);
	return check_literal(neutral, d->target, *value);
}

/*
 * default=, which holds a field of rows(5): through the transform, then it must be a value of
 * the target.
 */
static void
cast_literal(struct casting *c, struct node *column, struct decision *d)
{
	struct str field = node_attr(column, ATTR_DEFAULT), value;
	struct buf decoded = { 0 }, scratch = { 0 }, zoned = { 0 }, out = { 0 };
	struct type neutral = d->neutral;
	enum transform_result result = TRANSFORM_SAME;

	if (escape_is_null(field))
		return;
	escape_decode(&decoded, field);
	value = buf_str(&decoded);
	if (d->using.transform) {
		neutral = transform_bind(&d->using, neutral, d->target);
		result = transform_call(&d->using, value, &scratch, &value);
	}
	value = convert_bool(d, &neutral, value);
	if (d->target.kind == TYPE_TIMESTAMPTZ && neutral.kind == TYPE_TIMESTAMP &&
	    result < TRANSFORM_NULL)
		transform_at_utc.call(NULL, value, &zoned, &value);
	if (result == TRANSFORM_NULL) {
		skip_default(c, column, ATTR_DEFAULT, "became NULL, as it does in the rows");
	} else if (result == TRANSFORM_FAILED || !is_literal(d, neutral, &value)) {
		skip_default(c, column, ATTR_DEFAULT,
			     "not certain to be the same value in the target's type");
	} else {
		escape_add(&out, value);
		node_set(&c->s, column, ATTR_DEFAULT, out.p ? buf_str(&out) : STR(""));
	}
	buf_release(&decoded);
	buf_release(&scratch);
	buf_release(&zoned);
	buf_release(&out);
}

/* Truth values as people write them. */
static struct str
bool_literal(struct str value)
{
	if (str_eq(value, STR("1")) || str_eq_nocase(value, STR("true")))
		return STR("t");
	if (str_eq(value, STR("0")) || str_eq_nocase(value, STR("false")))
		return STR("f");
	return value;
}

/* set default: the rule's literal, which must be one of the target's type. */
static void
set_default(struct casting *c, struct node *column, const struct decision *d)
{
	const struct rule *rule = d->by[RULE_DEFAULT];
	struct str value = rule->literal;
	struct buf out = { 0 };

	if (!value.p) {
		node_set(&c->s, column, ATTR_DEFAULT, STR("\\N"));
		return;
	}
	if (d->target.kind == TYPE_BOOL)
		value = bool_literal(value);
	if (d->enumerated ? !cast_enum_literal(d, &value)
			  : !d->target.array && d->target.kind != TYPE_OTHER &&
		    !check_literal(d->target, d->target, value))
		die(STATUS_USAGE, "%s: column %s: the default %s is no value of %s, by rule %s",
		    cast_table_name(column->parent).text, show(column->arg[0]).text,
		    show(value).text, show(d->to).text, cast_rule_place(c, rule).p);
	escape_add(&out, value);
	node_set(&c->s, column, ATTR_DEFAULT, out.p ? buf_str(&out) : STR(""));
	buf_release(&out);
}

void
cast_default(struct casting *c, struct node *column, struct decision *d)
{
	enum rule_option what = cast_option(d, RULE_DEFAULT);
	enum attr_name attr = node_has(column, ATTR_DEFAULT) ? ATTR_DEFAULT : ATTR_DEFEXPR;

	if (node_has(column, attr) && (what == RULE_DROP || what == RULE_SET))
		skip_default(c, column, attr,
			     cast_by_rule(c, what == RULE_DROP ? "dropped" : "replaced",
					  d->by[RULE_DEFAULT]));
	else if (node_has(column, attr) && d->expr.p)
		skip_default(c, column, attr, "an expression makes the values of the column");
	if (what == RULE_SET) {
		attr = ATTR_DEFAULT;
		set_default(c, column, d);
	}
	if (!node_has(column, attr))
		return;
	if (node_has(column, ATTR_IDENTITY))
		skip_default(c, column, attr,
			     "PostgreSQL gives numbered columns no other default");
	else if (what == RULE_SET && node_has(column, ATTR_GENERATED))
		skip_default(c, column, attr, "PostgreSQL gives generated columns no default");
	else if (what != RULE_SET && attr == ATTR_DEFAULT)
		cast_literal(c, column, d);
	/* An expression waits for cast_expressions(). */
}
