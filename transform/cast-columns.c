/* cast-schema: types and defaults of columns. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/escape.h"
#include "transform/cast-decision.h"
#include "transform/check.h"

enum rule_option
cast_option(const struct decision *d, enum rule_aspect aspect)
{
	return d->by[aspect] ? d->by[aspect]->option[aspect] : RULE_UNSAID;
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

static void
decide(struct casting *c, struct decision *d, struct node *column)
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
	prepare_using(c, d, d->using_rule ? d->using_rule->using : STR_NONE);
	d->expr = d->using_rule ? d->using_rule->expr : STR_NONE;
	d->was_text = decide_was(c, d, column);
	d->may_be_boolean = cast_may_be_boolean(d);
	if (d->expr.p) /* see cast_using() */
		return;
	in = d->using.transform ? transform_bind(&d->using, d->was, d->target) : d->was;
	why = check_refuses(in, d->target);
	if (why)
		refuse(c, d, why);
}

/* --- defaults ----------------------------------------------------------------------------- */

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

static const char *
by_rule(struct casting *c, const char *what, const struct rule *rule)
{
	struct buf b = { 0 };
	struct str s;

	buf_addf(&b, "%s by rule %s", what, cast_rule_place(c, rule).p);
	s = pool_str(&c->s.pool, buf_str(&b));
	buf_release(&b);
	return s.p;
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

static void
cast_default(struct casting *c, struct node *column, struct decision *d)
{
	enum rule_option what = cast_option(d, RULE_DEFAULT);
	enum attr_name attr = node_has(column, ATTR_DEFAULT) ? ATTR_DEFAULT : ATTR_DEFEXPR;

	if (node_has(column, attr) && (what == RULE_DROP || what == RULE_SET))
		skip_default(c, column, attr,
			     by_rule(c, what == RULE_DROP ? "dropped" : "replaced",
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

/* --- the rest of a column ----------------------------------------------------------------- */

bool
cast_numbers_rows(struct type t)
{
	return !t.array && (t.kind == TYPE_I16 || t.kind == TYPE_I32 || t.kind == TYPE_I64);
}

static void
drop_identity(struct casting *c, struct node *column, const char *reason, struct str text)
{
	struct node *next = node_find(column->parent, NODE_NEXT, column->arg[0]);

	cast_skip(c, column->parent, "identity", column->arg[0], str_cstr(reason), text);
	node_unset(column, ATTR_IDENTITY);
	node_unset(column, ATTR_START);
	node_unset(column, ATTR_INCREMENT);
	if (next)
		node_remove(next);
}

static void
cast_identity(struct casting *c, struct node *column, const struct decision *d)
{
	if (cast_option(d, RULE_EXTRA) == RULE_DROP && node_has(column, ATTR_IDENTITY))
		drop_identity(c, column, by_rule(c, "dropped", d->by[RULE_EXTRA]), STR_NONE);
	if (d->identity && !node_has(column, ATTR_IDENTITY))
		node_set(&c->s, column, ATTR_IDENTITY, STR("bydefault"));
	if (node_has(column, ATTR_IDENTITY) && !cast_numbers_rows(d->target))
		drop_identity(c, column, "PostgreSQL numbers rows in columns of integers only",
			      d->to);
}

static void
drop_onupdate(struct casting *c, struct node *column, const struct rule *rule)
{
	if (!node_has(column, ATTR_ONUPDATE))
		return;
	cast_skip(c, column->parent, "onupdate", column->arg[0],
		  str_cstr(by_rule(c, "dropped", rule)), node_attr(column, ATTR_ONUPDATE));
	node_unset(column, ATTR_ONUPDATE);
}

static void
drop_column(struct casting *c, struct node *column, const struct decision *d)
{
	const struct rule *rule = d->to_rule;
	struct node *next = node_find(column->parent, NODE_NEXT, column->arg[0]);

	cast_skip(c, column->parent, "column", column->arg[0],
		  str_cstr(by_rule(c, "dropped", rule)), STR_NONE);
	if (next)
		node_remove(next);
	if (d->needed)
		node_add(&c->s, column->parent, NODE_FIELD, column->arg[0], column->arg[1],
			 STR_NONE);
	node_remove(column);
}

/* The expression has the last word on what the column holds. */
static void
drop_generated(struct casting *c, struct node *column, const struct decision *d)
{
	if (!d->expr.p || !node_has(column, ATTR_GENERATED))
		return;
	cast_skip(c, column->parent, "generated", column->arg[0],
		  str_cstr(by_rule(c, "replaced", d->using_rule)),
		  node_attr(column, ATTR_GENERATED));
	node_unset(column, ATTR_GENERATED);
	node_unset(column, ATTR_STORED);
}

/* The new name; cast_names() sees by from= that there is one. */
static void
rename_column(struct casting *c, struct node *column, const struct decision *d)
{
	node_unset(column, ATTR_FROM);
	if (!d->rename)
		return;
	node_set(&c->s, column, ATTR_FROM, column->arg[0]);
	column->arg[0] = d->rename->rename;
}

bool
cast_in_primary_key(const struct node *column)
{
	const struct node *primary = node_first(column->parent, NODE_PRIMARY);

	return primary && node_find(primary, NODE_KEY, column->arg[0]);
}

static void
cast_notnull(struct casting *c, struct node *column, enum rule_option what)
{
	/* PostgreSQL has no NULL in a primary key, whatever a rule says: better to know at the first such row. */
	if (what == RULE_DROP && !cast_in_primary_key(column))
		node_unset(column, ATTR_NOTNULL);
	else if (what == RULE_SET)
		node_set(&c->s, column, ATTR_NOTNULL, STR_NONE);
}

static void
cast_one(struct casting *c, struct decision *d)
{
	struct node *column = d->column;

	if (c->explain)
		cast_explain(c, d);
	if (d->refused)
		return;
	if (d->to_rule->drop_column) {
		drop_column(c, column, d);
		return;
	}
	drop_generated(c, column, d);
	cast_identity(c, column, d);
	cast_default(c, column, d);
	if (d->unfit)
		cast_skip(c, column->parent, "enum", column->arg[0], str_cstr(d->unfit),
			  node_attr(column, ATTR_SRC));
	cast_collation(c, column);
	if (cast_option(d, RULE_EXTRA) == RULE_DROP)
		drop_onupdate(c, column, d->by[RULE_EXTRA]);
	cast_notnull(c, column, cast_option(d, RULE_NOTNULL));
	node_set(&c->s, column, ATTR_WAS, d->was_text);
	if (d->using.transform)
		node_set(&c->s, column, ATTR_USING, d->using.text);
	if (d->expr.p)
		node_set(&c->s, column, ATTR_EXPR, d->expr);
	transform_release(&d->using);
	node_set(&c->s, column, ATTR_RULE, cast_type_place(c, d));
	column->arg[1] = d->to;
	rename_column(c, column, d);
}

static size_t
count_columns(const struct schema *s)
{
	size_t n = 0;

	for (const struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t))
		for (const struct node *k = node_first(t, NODE_COLUMN); k; k = node_next(k))
			n++;
	return n;
}

/* With -x all lines are there before it ends. */
static void
stop_when_refused(struct casting *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->ndecisions; i++)
		n += c->decisions[i].refused != NULL;
	if (n == 0)
		return;
	output_flush(c->explain);
	die(STATUS_USAGE, "columns that nothing can become of: %zu, see (refused)", n);
}

/* All are decided before any is changed: the rules see the source, and so do the foreign keys. */
void
cast_columns(struct casting *c)
{
	c->decisions = mem_array(count_columns(&c->s) + 1, sizeof(*c->decisions));
	for (struct node *t = node_first(&c->s.root, NODE_TABLE); t; t = node_next(t))
		for (struct node *k = node_first(t, NODE_COLUMN); k; k = node_next(k))
			decide(c, &c->decisions[c->ndecisions++], k);
	cast_foreign_types(c);
	cast_using(c);
	for (size_t i = 0; i < c->ndecisions; i++)
		cast_one(c, &c->decisions[i]);
	stop_when_refused(c);
}

void
cast_columns_release(struct casting *c)
{
	free(c->decisions);
}
