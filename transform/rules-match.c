/* Cast rules: the defaults, and which rule a column gets. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/escape.h"
#include "transform/rules-find.h"
#include "transform/rules/faithful.cast.h"
#include "transform/rules/mysql-boolean.cast.h"
#include "transform/rules/mysql.cast.h"
#include "transform/rules/pgloader3-mssql.cast.h"
#include "transform/rules/pgloader3-mysql.cast.h"
#include "transform/rules/pgloader3-sqlite.cast.h"
#include "transform/rules/pgloader4-mssql.cast.h"
#include "transform/rules/pgloader4-mysql.cast.h"
#include "transform/rules/pgloader4-sqlite.cast.h"
#include "transform/rules/sqlite.cast.h"

static const struct defaults {
	enum rule_set set;
	const char *source; /* NULL: all, in each set */
	const char *file;
	const char *text;
} defaults[] = {
	{ RULES_FAITHFUL, "mysql", "mysql.cast", mysql_cast },
	{ RULES_FAITHFUL, "sqlite", "sqlite.cast", sqlite_cast },
	{ RULES_PGLOADER3, "mssql", "pgloader3-mssql.cast", pgloader3_mssql_cast },
	{ RULES_PGLOADER3, "mysql", "pgloader3-mysql.cast", pgloader3_mysql_cast },
	{ RULES_PGLOADER3, "sqlite", "pgloader3-sqlite.cast", pgloader3_sqlite_cast },
	{ RULES_PGLOADER4, "mssql", "pgloader4-mssql.cast", pgloader4_mssql_cast },
	{ RULES_PGLOADER4, "mysql", "pgloader4-mysql.cast", pgloader4_mysql_cast },
	{ RULES_PGLOADER4, "sqlite", "pgloader4-sqlite.cast", pgloader4_sqlite_cast },
	{ RULES_FAITHFUL, NULL, "faithful.cast", faithful_cast },
};

/* Rules that are used only when they are asked for by name. */
static const struct defaults extras[] = {
	{ RULES_FAITHFUL, "mysql-boolean", "mysql-boolean.cast", mysql_boolean_cast },
};

enum { DEFAULTS = sizeof(defaults) / sizeof(defaults[0]) };

static bool
is_for(const struct defaults *d, enum rule_set set, struct str source)
{
	return !d->source || (d->set == set && str_eq(source, str_cstr(d->source)));
}

int
rules_defaults(struct rules *r, enum rule_set set, struct str source, struct err *e)
{
	for (size_t i = 0; i < DEFAULTS; i++)
		if (is_for(&defaults[i], set, source) &&
		    rules_parse(r, defaults[i].file, str_cstr(defaults[i].text), false, e) < 0)
			return -1;
	return 0;
}

static const struct defaults *
find_extra(struct str name)
{
	for (size_t i = 0; i < sizeof(extras) / sizeof(extras[0]); i++)
		if (str_eq(name, str_cstr(extras[i].source)))
			return &extras[i];
	return NULL;
}

int
rules_named(struct rules *r, struct str name, struct err *e)
{
	const struct defaults *d = find_extra(name);

	if (!d)
		return 0;
	return rules_parse(r, d->file, str_cstr(d->text), false, e) < 0 ? -1 : 1;
}

bool
rules_print_defaults(enum rule_set set, struct str source, struct output *out)
{
	const struct defaults *extra = find_extra(source);
	bool known = false;

	if (extra)
		output_add(out, str_cstr(extra->text));
	if (extra)
		return true;
	for (size_t i = 0; i < DEFAULTS; i++)
		known = known || (defaults[i].source && is_for(&defaults[i], set, source));
	for (size_t i = 0; known && i < DEFAULTS; i++)
		if (is_for(&defaults[i], set, source))
			output_add(out, str_cstr(defaults[i].text));
	return known;
}

/* --- what rules ask of a column ------------------------------------------------------------ */

static bool
has_word(struct str text, struct str word)
{
	while (text.n) {
		struct str head;

		str_cut(text, ' ', &head, &text);
		if (str_eq(head, word))
			return true;
	}
	return false;
}

/* The numbers in the first parentheses: of src=, or of the neutral type where there is no src=. */
static struct condition_facts
read_facts(struct str type)
{
	struct condition_facts f = { 0 };
	struct str head, in, first, second;

	if (!str_cut(type, '(', &head, &in) || !str_cut(in, ')', &in, &head))
		return f;
	f.has_scale = str_cut(in, ',', &first, &second) && num_i64(second, &f.scale);
	f.has_precision = num_i64(first, &f.precision);
	return f;
}

static bool
is_unsigned_kind(enum type_kind kind)
{
	return kind >= TYPE_U8 && kind <= TYPE_U64;
}

static bool
is_number_kind(enum type_kind kind)
{
	return (kind >= TYPE_I8 && kind <= TYPE_U64) || kind == TYPE_DECIMAL ||
	    kind == TYPE_F32 || kind == TYPE_F64;
}

void
rules_begin(struct rule_walk *w, struct rules *r, const struct node *column)
{
	struct str src = node_attr(column, ATTR_SRC), base;
	enum type_kind kind = type_of(column->arg[1], false).kind;

	*w = (struct rule_walk){ .column = column };
	rules_normalise_type(&w->src, src.p ? src : column->arg[1], true);
	base = buf_str(&w->src);
	w->facts = read_facts(base);
	w->is_number = is_number_kind(kind);
	w->is_unsigned = is_unsigned_kind(kind) || has_word(base, STR("unsigned"));
	rules_cut_words(&base, &w->says_unsigned, &w->is_zerofill);

	w->next[0] = rules_chain(r, KEY_TYPE, base, STR(""));
	if (base.n && memchr(base.p, '(', base.n)) {
		rules_normalise_type(&w->scratch, base, false);
		w->next[1] = rules_chain(r, KEY_TYPE, buf_str(&w->scratch), STR(""));
	}
	w->next[2] =
	    rules_chain(r, KEY_NEUTRAL, str_of((const char *)&kind, sizeof(kind)), STR(""));
	w->next[3] = rules_chain(r, KEY_COLUMN, column->parent->arg[1], column->arg[0]);
	w->next[4] = rules_chain(r, KEY_PATTERN, STR(""), STR(""));
}

void
rules_end(struct rule_walk *w)
{
	buf_release(&w->src);
	buf_release(&w->scratch);
}

/* --- matching ----------------------------------------------------------------------------- */

/* A type without parentheses is found by its chain, and so is one with them. */
static int
type_matches(const struct rule *rule, const struct rule_walk *w, struct err *e)
{
	if (rule->pattern)
		return pattern_matches(rule->pattern, buf_str(&w->src), e);
	return (!rule->is_unsigned || w->says_unsigned) &&
	    (!rule->is_zerofill || w->is_zerofill);
}

/* A literal is compared as it is, an expression whatever its case. */
static int
default_matches(const struct rule *rule, struct rule_walk *w, struct err *e)
{
	struct str field = node_attr(w->column, ATTR_DEFAULT), text;

	if (rule->when_null_default)
		return field.p && escape_is_null(field);
	if (!rule->when_default.p && !rule->when_default_like)
		return 1;
	w->scratch.n = 0;
	if (node_has(w->column, ATTR_DEFEXPR))
		text = node_attr(w->column, ATTR_DEFEXPR);
	else if (!field.p || escape_is_null(field) || escape_decode(&w->scratch, field) < 0)
		return 0;
	else
		text = buf_str(&w->scratch);
	if (rule->when_default_like)
		return pattern_matches(rule->when_default_like, text, e);
	return node_has(w->column, ATTR_DEFEXPR) ? str_eq_nocase(text, rule->when_default)
						 : str_eq(text, rule->when_default);
}

static int
guards_hold(const struct rule *rule, struct rule_walk *w, struct err *e)
{
	bool identity = node_has(w->column, ATTR_IDENTITY);
	bool onupdate = node_has(w->column, ATTR_ONUPDATE);

	if ((rule->when_unsigned && !w->is_unsigned) ||
	    (rule->when_signed && (!w->is_number || w->is_unsigned)) ||
	    (rule->when_notnull && !node_has(w->column, ATTR_NOTNULL)) ||
	    (rule->with_identity && !identity) || (rule->without_identity && identity) ||
	    (rule->with_onupdate && !onupdate) || (rule->without_onupdate && onupdate))
		return 0;
	if (rule->when_condition.p &&
	    !condition_holds(rule->when_condition, &w->facts, &w->scratch))
		return 0;
	return default_matches(rule, w, e);
}

static int
matches(const struct rule *rule, struct rule_walk *w, struct err *e)
{
	int found = 1;

	if (rule->kind == RULE_TYPE)
		found = type_matches(rule, w, e);
	else if (rule->kind == RULE_COLUMN)
		found = rules_names(rule, w->column, rule->nocase, e);
	return found > 0 ? guards_hold(rule, w, e) : found;
}

struct rule *
rules_next(struct rule_walk *w, struct err *e)
{
	struct err fault = { 0 };
	struct rule *rule;

	while ((rule = rules_take_first(w->next, RULE_WALK_CHAINS))) {
		int found = rules_settle(rule, matches(rule, w, &fault), &fault, e);

		if (found)
			return found > 0 ? rule : NULL;
	}
	return NULL;
}

/* --- the end ------------------------------------------------------------------------------ */

enum { UNUSED_NAMED = 100 };

void
rules_warn_unused(const struct rules *r)
{
	size_t count = 0;

	for (const struct rule *rule = r->first; rule; rule = rule->next) {
		if (!rule->users || rule->used || count++ >= UNUSED_NAMED)
			continue;
		warn("%s:%ju: %s", rule->file, (uintmax_t)rule->line,
		     rule->matched ? "rules before this one decide all that it says"
				   : "this rule never matched");
	}
	if (count > UNUSED_NAMED)
		warn("%zu other rules decided nothing", count - UNUSED_NAMED);
}
