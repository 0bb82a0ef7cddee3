/* Cast rules: the defaults, and which rule a column gets. */
#include <stdlib.h>

#include "schema/escape.h"
#include "transform/rules.h"
#include "transform/rules/faithful.cast.h"
#include "transform/rules/mysql.cast.h"
#include "transform/rules/sqlite.cast.h"

static const struct defaults {
	const char *source; /* NULL: all */
	const char *file;
	const char *text;
} defaults[] = {
	{ "mysql", "mysql.cast", mysql_cast },
	{ "sqlite", "sqlite.cast", sqlite_cast },
	{ NULL, "faithful.cast", faithful_cast },
};

enum { DEFAULTS = sizeof(defaults) / sizeof(defaults[0]) };

static bool
is_for(const struct defaults *d, struct str source)
{
	return !d->source || str_eq(source, str_cstr(d->source));
}

void
rules_init(struct rules *r)
{
	*r = (struct rules){ 0 };
	r->end = &r->first;
}

void
rules_release(struct rules *r)
{
	pool_release(&r->pool);
	rules_init(r);
}

int
rules_defaults(struct rules *r, struct str source, struct err *e)
{
	for (size_t i = 0; i < DEFAULTS; i++)
		if (is_for(&defaults[i], source) &&
		    rules_parse(r, defaults[i].file, str_cstr(defaults[i].text), false, e) < 0)
			return -1;
	return 0;
}

bool
rules_print_defaults(struct str source, struct output *out)
{
	bool known = false;

	for (size_t i = 0; i < DEFAULTS; i++)
		known = known || (defaults[i].source && is_for(&defaults[i], source));
	for (size_t i = 0; known && i < DEFAULTS; i++)
		if (is_for(&defaults[i], source))
			output_add(out, str_cstr(defaults[i].text));
	return known;
}

void
rules_normalise_type(struct buf *b, struct str type, bool parens)
{
	size_t from = b->n;
	int depth = 0;
	bool blank = false;

	for (size_t i = 0; i < type.n; i++) {
		char c = type.p[i];

		if (!parens && (c == '(' || c == ')')) {
			depth += c == '(' ? 1 : depth ? -1 : 0;
			blank = true;
			continue;
		}
		if (depth)
			continue;
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') {
			blank = true;
			continue;
		}
		if (blank && b->n > from && !strchr("(,", b->p[b->n - 1]) && !strchr("(),", c))
			buf_addc(b, ' ');
		blank = false;
		buf_addc(b, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
	}
}

/* --- column rules ------------------------------------------------------------------------- */

static bool
name_is(const struct rule_name *name, struct str is, bool nocase)
{
	if (!name->text.p)
		return true;
	return nocase && !name->quoted ? str_eq_nocase(name->text, is) : str_eq(name->text, is);
}

static bool
names_column(const struct rule *rule, const struct node *column, bool nocase)
{
	const struct node *table = column->parent;

	return name_is(&rule->column, column->arg[0], nocase) &&
	    name_is(&rule->table, table->arg[1], nocase) &&
	    name_is(&rule->schema, table->arg[0], nocase);
}

/*
 * Whether a rule names one column only but for case: two in different schemas are both meant,
 * two in one are not.
 */
static int
resolve_nocase(struct rule *rule, const struct schema *s, struct err *e)
{
	const struct node *found = NULL;

	for (const struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t)) {
		for (const struct node *c = node_first(t, NODE_COLUMN); c; c = node_next(c)) {
			if (!names_column(rule, c, true))
				continue;
			if (found && str_eq(found->parent->arg[0], t->arg[0]))
				return err_set(
				    e, STATUS_USAGE,
				    "%s:%ju: this may be column %s of %s or column %s of %s: "
				    "write the names exactly so",
				    rule->file, (uintmax_t)rule->line, show(found->arg[0]).text,
				    show(found->parent->arg[1]).text, show(c->arg[0]).text,
				    show(t->arg[1]).text);
			found = c;
		}
	}
	rule->nocase = found != NULL;
	return 0;
}

static bool
resolve_exact(const struct rule *rule, const struct schema *s)
{
	for (const struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t))
		for (const struct node *c = node_first(t, NODE_COLUMN); c; c = node_next(c))
			if (names_column(rule, c, false))
				return true;
	return false;
}

int
rules_resolve(struct rules *r, const struct schema *s, struct err *e)
{
	for (struct rule *rule = r->first; rule; rule = rule->next)
		if (rule->kind == RULE_COLUMN && !resolve_exact(rule, s) &&
		    resolve_nocase(rule, s, e) < 0)
			return -1;
	return 0;
}

/* --- matching ----------------------------------------------------------------------------- */

static bool
type_matches(const struct rule *rule, const struct node *column, struct buf *scratch)
{
	struct str src = node_attr(column, ATTR_SRC);

	scratch->n = 0;
	rules_normalise_type(scratch, src.p ? src : column->arg[1], rule->parens);
	return str_eq(buf_str(scratch), rule->type);
}

static bool
default_matches(const struct rule *rule, const struct node *column, struct buf *scratch)
{
	struct str field = node_attr(column, ATTR_DEFAULT);

	if (!rule->is_default.p)
		return true;
	scratch->n = 0;
	if (!field.p || escape_is_null(field) || escape_decode(scratch, field) < 0)
		return false;
	return str_eq(buf_str(scratch), rule->is_default);
}

static bool
matches(const struct rule *rule, const struct node *column, struct buf *scratch)
{
	switch (rule->kind) {
	case RULE_TYPE:
		if (!type_matches(rule, column, scratch))
			return false;
		break;
	case RULE_NEUTRAL:
		if (type_of(column->arg[1], false).kind != rule->neutral)
			return false;
		break;
	case RULE_COLUMN:
		if (!names_column(rule, column, rule->nocase))
			return false;
		break;
	case RULE_SCHEMA: return false;
	}
	return default_matches(rule, column, scratch) &&
	    (!rule->is_notnull || node_has(column, ATTR_NOTNULL)) &&
	    (!rule->is_identity || node_has(column, ATTR_IDENTITY));
}

const struct rule *
rules_match(struct rules *r, const struct rule *after, const struct node *column)
{
	struct rule *rule = after ? after->next : r->first;
	struct buf scratch = { 0 };

	while (rule && !matches(rule, column, &scratch))
		rule = rule->next;
	if (rule)
		rule->used = true;
	buf_release(&scratch);
	return rule;
}

struct str
rules_schema_name(struct rules *r, struct str name)
{
	for (struct rule *rule = r->first; rule; rule = rule->next) {
		if (rule->kind != RULE_SCHEMA || !str_eq(rule->schema.text, name))
			continue;
		rule->used = true;
		return rule->to;
	}
	return name;
}

void
rules_warn_unused(const struct rules *r)
{
	for (const struct rule *rule = r->first; rule; rule = rule->next)
		if (rule->users && !rule->used)
			warn("%s:%ju: this rule never matched", rule->file,
			     (uintmax_t)rule->line);
}
