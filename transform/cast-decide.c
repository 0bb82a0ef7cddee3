/* cast-schema: which rules a column gets, and the type that they give it. */
#include "schema/base/num.h"
#include "transform/cast-decision.h"
#include "transform/check.h"

enum rule_option
cast_option(const struct decision *d, enum rule_aspect aspect)
{
	return d->by[aspect] ? d->by[aspect]->option[aspect] : RULE_UNSAID;
}

struct str
cast_rule_place(struct casting *c, const struct rule *rule)
{
	struct buf b = { 0 };
	struct str s;

	buf_addf(&b, "%s:%ju", rule->file, (uintmax_t)rule->line);
	s = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return s;
}

/* The rule that gave it its type. */
struct str
cast_type_place(struct casting *c, const struct decision *d)
{
	return cast_rule_place(c, d->like ? d->like->rule : d->rule);
}

const char *
cast_by_rule(struct casting *c, const char *what, const struct rule *rule)
{
	struct buf b = { 0 };
	struct str s;

	buf_addf(&b, "%s by rule %s", what, cast_rule_place(c, rule).p);
	s = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return s.p;
}

/* --- types -------------------------------------------------------------------------------- */

enum family { FAMILY_NONE, FAMILY_NUMBER, FAMILY_CHARACTERS, FAMILY_BITS, FAMILY_SECONDS };

/* Types of one family understand each other's parentheses. */
static enum family
family(enum type_kind kind)
{
	switch (kind) {
	case TYPE_DECIMAL: return FAMILY_NUMBER;
	case TYPE_CHAR:
	case TYPE_VARCHAR: return FAMILY_CHARACTERS;
	case TYPE_BIT:
	case TYPE_VARBIT: return FAMILY_BITS;
	case TYPE_TIME:
	case TYPE_TIMETZ:
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ:
	case TYPE_INTERVAL: return FAMILY_SECONDS;
	default: return FAMILY_NONE;
	}
}

/* Spellings of types that exist only in CREATE TABLE: integers that number rows themselves. */
static const struct {
	const char *name;
	const char *type;
} serials[] = {
	{ "smallserial", "smallint" },   { "serial2", "smallint" }, { "serial", "integer" },
	{ "serial4", "integer" },        { "bigserial", "bigint" }, { "serial8", "bigint" },
	{ "float", "double precision" },
};

static struct str
plain_type(struct str to, bool *identity)
{
	*identity = false;
	for (size_t i = 0; i < sizeof(serials) / sizeof(serials[0]); i++) {
		if (!str_eq_nocase(to, str_cstr(serials[i].name)))
			continue;
		*identity = !str_eq(to, STR("float"));
		return str_cstr(serials[i].type);
	}
	return to;
}

/*
 * The numbers in the parentheses of src=, or those of the neutral type, which has none where
 * they do not bind.
 */
static void
keep_parens(struct decision *d, const struct node *column)
{
	struct str src = node_attr(column, ATTR_SRC), head, in, first, second;
	size_t p, s = 0;

	if (family(d->target.kind) == FAMILY_NONE)
		return;
	if (family(d->target.kind) == family(d->neutral.kind) && d->neutral.precision >= 0) {
		d->target.precision = d->neutral.precision;
		d->target.scale = d->neutral.scale;
		return;
	}
	if (!src.p || !str_cut(src, '(', &head, &in) || !str_cut(in, ')', &in, &head))
		return;
	if (str_cut(in, ',', &first, &second) &&
	    (family(d->target.kind) != FAMILY_NUMBER || !num_size(str_trim(second), 1000, &s)))
		return;
	if (!num_size(str_trim(first), INT32_MAX, &p))
		return;
	d->target.precision = (int)p;
	d->target.scale = (int)s;
}

static void
decide_target(struct casting *c, struct decision *d, const struct node *column)
{
	struct str to = plain_type(d->to_rule->to, &d->identity);
	bool parens = memchr(to.p, '(', to.n) != NULL;
	struct buf b = { 0 };

	type_parse_pg(to, &d->target);
	if (cast_option(d, RULE_TYPEMOD) == RULE_KEEP && !parens)
		keep_parens(d, column);
	if (d->neutral.array)
		d->target.array = true;
	if (d->target.kind != TYPE_OTHER) {
		pg_type_add(&b, d->target);
	} else {
		buf_add(&b, to);
		if (d->target.array && !(to.n > 2 && to.p[to.n - 1] == ']'))
			buf_add(&b, STR("[]"));
	}
	d->to = pool_str(&c->s.pool, buf_str(&b));
	type_parse_pg(d->to, &d->target);
	buf_release(&b);
}

/* The neutral type in which the extractor delivers what a PostgreSQL type takes. */
static const char *
neutral_for(enum type_kind target)
{
	switch (target) {
	case TYPE_BOOL: return "bool";
	case TYPE_I16:
	case TYPE_I32:
	case TYPE_I64: return "i64";
	case TYPE_DECIMAL: return "decimal";
	case TYPE_F32:
	case TYPE_F64: return "f64";
	case TYPE_BYTES: return "bytes";
	case TYPE_DATE: return "date";
	case TYPE_TIME: return "time(6)";
	case TYPE_TIMESTAMP:
	case TYPE_TIMESTAMPTZ: return "timestamp(6)";
	case TYPE_UUID: return "uuid";
	case TYPE_JSON:
	case TYPE_JSONB: return "json";
	default: return "text";
	}
}

/*
 * A value of SQLite has a type of its own, whatever its column declares, and the extractor
 * reads target.schema: where a rule wants another type than the declared one, the column is
 * read as that in the first place.
 */
static struct str
decide_was(const struct casting *c, struct decision *d, const struct node *column)
{
	const struct transform *using = d->using.transform;
	struct str was;
	struct type t;

	d->was = d->neutral;
	if (!str_eq(c->s.source, STR("sqlite")) || (using && !using->wants) || d->expr.p ||
	    d->target.array || d->neutral.array)
		return column->arg[1];
	was = str_cstr(using ? using->wants : neutral_for(d->target.kind));
	type_parse(was, &t);
	if (t.kind == d->neutral.kind)
		return column->arg[1];
	d->was = t;
	return was;
}

static void
prepare_using(struct casting *c, struct decision *d, struct str using)
{
	const struct node *column = d->column;
	struct err e = { 0 };

	/* The rule was read already: only what is opened for a use can still fail. */
	if (using.p && transform_prepare(using, &c->s.pool, &d->using, &e) < 0)
		die(e.status, "%s: column %s: %s", cast_table_name(column->parent).text,
		    show(column->arg[0]).text, e.text);
}

/* --- columns ------------------------------------------------------------------------------ */

static void
take_from(struct decision *d, struct rule *rule)
{
	if (!d->rule)
		d->rule = rule;
	for (size_t i = 0; i < RULE_ASPECTS; i++) {
		if (d->by[i] || !rule->option[i])
			continue;
		d->by[i] = rule;
		rule->used = true;
	}
	if (!d->rename && rule->rename.p) {
		d->rename = rule;
		rule->used = true;
	}
	if (!d->using_rule && (rule->using.p || rule->expr.p)) {
		d->using_rule = rule;
		rule->used = true;
	}
	if (rule->to.p || rule->drop_column) {
		d->to_rule = rule;
		rule->used = true;
	}
}

/*
 * What a rule leaves unsaid, the next one that matches says, until one has a type or drops the
 * column.
 */
static void
gather(struct casting *c, struct decision *d)
{
	struct rule *rule;
	struct rule_walk w;
	struct err e = { 0 };

	rules_begin(&w, &c->rules, d->column);
	while (!d->to_rule && (rule = rules_next(&w, &e)))
		take_from(d, rule);
	rules_end(&w);
	if (e.status)
		err_die(&e);
}

static void
refuse_without_rule(struct casting *c, struct decision *d)
{
	const struct node *column = d->column;
	struct buf rule = { 0 };

	d->refused = "no rule says what becomes of it";
	if (c->explain)
		return;
	buf_add(&rule, STR("column "));
	name_add_rule(&rule, column->parent->arg[1]);
	buf_addc(&rule, '.');
	name_add_rule(&rule, column->arg[0]);
	buf_add(&rule, STR(" to text"));
	die(STATUS_USAGE, "%s: column %s: no rule says what becomes of type %s; %s would",
	    cast_table_name(column->parent).text, show(column->arg[0]).text,
	    show(node_has(column, ATTR_SRC) ? node_attr(column, ATTR_SRC) : column->arg[1])
		.text,
	    show(buf_str(&rule)).text);
}

static void
refuse(struct casting *c, struct decision *d, const char *why)
{
	const struct node *column = d->column;
	struct buf b = { 0 };

	if (!c->explain)
		die(STATUS_USAGE, "%s: column %s: %s cannot become %s by rule %s: %s",
		    cast_table_name(column->parent).text, show(column->arg[0]).text,
		    show(column->arg[1]).text, show(d->to).text, cast_rule_place(c, d->rule).p,
		    why);
	buf_addf(&b, "it cannot become %.*s: %s", (int)d->to.n, d->to.p, why);
	d->refused = pool_str(&c->s.pool, buf_str(&b)).p;
	d->to = STR_NONE;
	buf_release(&b);
}

void
cast_decide(struct casting *c, struct decision *d, struct node *column)
{
	struct type in;
	const char *why;

	*d = (struct decision){ .column = column, .neutral = type_of(column->arg[1], false) };
	gather(c, d);
	if (!d->to_rule) {
		refuse_without_rule(c, d);
		return;
	}
	d->users = d->to_rule->users;
	if (d->to_rule->drop_column)
		return;
	decide_target(c, d, column);
	if (str_eq_nocase(d->to_rule->to, STR("enum")) ||
	    str_eq_nocase(d->to_rule->to, STR("enum[]")))
		cast_enum(c, d);
	d->expr = d->using_rule ? d->using_rule->expr : STR_NONE;
	cast_decode(c, d);
	/* Of default rules this takes the place: what they take out, such as zero bytes, is refused then. */
	if (d->decode.p && !d->expr.p && !(d->using_rule && d->using_rule->users))
		prepare_using(c, d, d->decode);
	else
		prepare_using(c, d, d->using_rule ? d->using_rule->using : STR_NONE);
	d->was_text = decide_was(c, d, column);
	d->may_be_boolean = cast_may_be_boolean(d);
	if (d->expr.p) /* see cast_using() */
		return;
	in = d->using.transform ? transform_bind(&d->using, d->was, d->target) : d->was;
	why = check_refuses(in, d->target);
	if (why)
		refuse(c, d, why);
}
