/*
 * Cast rules: finding those that may match a column. With thousands of rules and of columns not
 * every rule can be held against every column, so rules hang in chains by what they ask for:
 * the type, the name. Only patterns have to be tried one by one.
 */
#include <stdlib.h>

#include <uthash.h>

#include "transform/rules-find.h"

struct rule_bucket {
	struct str key;
	struct rule *first, *last;
	UT_hash_handle hh;
};

void
rules_init(struct rules *r)
{
	*r = (struct rules){ 0 };
	r->end = &r->first;
}

static void
release_pattern(struct pattern *p)
{
	if (p)
		pattern_release(p);
}

void
rules_release(struct rules *r)
{
	for (struct rule *rule = r->first; rule; rule = rule->next) {
		release_pattern(rule->schema.pattern);
		release_pattern(rule->table.pattern);
		release_pattern(rule->column.pattern);
		release_pattern(rule->pattern);
		release_pattern(rule->when_default_like);
	}
	matcher_release(r->matcher);
	HASH_CLEAR(hh, r->buckets);
	pool_release(&r->pool);
	rules_init(r);
}

/* --- chains ------------------------------------------------------------------------------- */

/* Two texts with a zero byte between them, names in lower case. */
static struct rule_bucket *
find(struct rules *r, enum rule_key key, struct str a, struct str b, struct buf *text)
{
	struct rule_bucket *found;

	text->n = 0;
	buf_addc(text, (char)key);
	buf_add(text, a);
	buf_addc(text, '\0');
	buf_add(text, b);
	for (size_t i = 1; i < text->n && (key == KEY_COLUMN || key == KEY_TABLE); i++)
		if (text->p[i] >= 'A' && text->p[i] <= 'Z')
			text->p[i] = (char)(text->p[i] + ('a' - 'A'));
	HASH_FIND(hh, r->buckets, text->p, text->n, found);
	return found;
}

struct rule *
rules_chain(struct rules *r, enum rule_key key, struct str a, struct str b)
{
	struct buf text = { 0 };
	struct rule_bucket *found = find(r, key, a, b, &text);

	buf_release(&text);
	return found ? found->first : NULL;
}

static void
hang(struct rules *r, struct rule *rule, struct buf *text, enum rule_key key, struct str a,
     struct str b)
{
	struct rule_bucket *bucket = find(r, key, a, b, text);

	if (!bucket) {
		bucket = pool_get(&r->pool, sizeof(*bucket));
		bucket->key = pool_str(&r->pool, buf_str(text));
		bucket->first = rule;
		HASH_ADD_KEYPTR(hh, r->buckets, bucket->key.p, bucket->key.n, bucket);
	} else {
		bucket->last->chain = rule;
	}
	bucket->last = rule;
}

static bool
has_pattern(const struct rule *rule)
{
	return rule->pattern || rule->schema.pattern || rule->table.pattern ||
	    rule->column.pattern;
}

static bool
is_for_table(const struct rule *rule)
{
	return rule->kind == RULE_TABLE || rule->kind == RULE_INCLUDE ||
	    rule->kind == RULE_EXCLUDE || rule->kind == RULE_ADD;
}

static void
hang_by_kind(struct rules *r, struct rule *rule, struct buf *text)
{
	struct str neutral = str_of((const char *)&rule->neutral, sizeof(rule->neutral));

	if (has_pattern(rule)) {
		rule->nocase = true;
		hang(r, rule, text, is_for_table(rule) ? KEY_TABLE_PATTERN : KEY_PATTERN,
		     STR(""), STR(""));
		return;
	}
	switch (rule->kind) {
	case RULE_TYPE: hang(r, rule, text, KEY_TYPE, rule->type, STR("")); break;
	case RULE_NEUTRAL: hang(r, rule, text, KEY_NEUTRAL, neutral, STR("")); break;
	case RULE_COLUMN:
		hang(r, rule, text, KEY_COLUMN, rule->table.text, rule->column.text);
		break;
	case RULE_INCLUDE:
	case RULE_EXCLUDE:
	case RULE_ADD:
	case RULE_TABLE: hang(r, rule, text, KEY_TABLE, rule->table.text, STR("")); break;
	case RULE_SCHEMA: hang(r, rule, text, KEY_SCHEMA, rule->schema.text, STR("")); break;
	}
}

/* --- names -------------------------------------------------------------------------------- */

static int
name_is(const struct rule_name *name, struct str is, bool nocase, struct err *e)
{
	if (!name->text.p)
		return 1;
	if (name->pattern)
		return pattern_matches(name->pattern, is, e);
	return nocase && !name->quoted ? str_eq_nocase(name->text, is) : str_eq(name->text, is);
}

int
rules_names(const struct rule *rule, const struct node *n, bool nocase, struct err *e)
{
	const struct node *table = n->kind == NODE_COLUMN ? n->parent : n;
	int found = n->kind == NODE_COLUMN ? name_is(&rule->column, n->arg[0], nocase, e) : 1;

	if (found > 0)
		found = name_is(&rule->table, table->arg[1], nocase, e);
	if (found > 0)
		found = name_is(&rule->schema, table->arg[0], nocase, e);
	return found;
}

/* --- walking ------------------------------------------------------------------------------ */

struct rule *
rules_take_first(struct rule **chains, size_t n)
{
	struct rule *first = NULL;
	size_t from = 0;

	for (size_t i = 0; i < n; i++) {
		if (!chains[i] || (first && chains[i]->number > first->number))
			continue;
		first = chains[i];
		from = i;
	}
	if (first)
		chains[from] = first->chain;
	return first;
}

int
rules_settle(struct rule *rule, int found, const struct err *fault, struct err *e)
{
	if (found < 0)
		err_set(e, fault->status, "%s:%ju: %s", rule->file, (uintmax_t)rule->line,
			fault->text);
	else if (found > 0)
		rule->matched = true;
	return found;
}

/* --- which names are meant ---------------------------------------------------------------- */

/* Notes for each rule with the name of a column or table whether it is that one's. */
static void
note(struct rules *r, enum rule_key key, struct str a, struct str b, const struct node *n)
{
	const struct node *table = n->kind == NODE_COLUMN ? n->parent : n;
	struct err e = { 0 }; /* there are no patterns in these chains */

	for (struct rule *rule = rules_chain(r, key, a, b); rule; rule = rule->chain) {
		const struct node *before = rule->found;

		if (rules_names(rule, n, false, &e)) {
			rule->exact = true;
		} else if (rules_names(rule, n, true, &e)) {
			if (before && before->kind == NODE_COLUMN)
				before = before->parent;
			if (before && str_eq(before->arg[0], table->arg[0]))
				rule->rival = n;
			else
				rule->found = n;
		}
	}
}

static int
ambiguous(const struct rule *rule, struct err *e)
{
	const struct node *a = rule->found, *b = rule->rival;

	if (a->kind == NODE_TABLE)
		return err_set(e, STATUS_USAGE,
			       "%s:%ju: this may be table %s or table %s: write the names "
			       "exactly so",
			       rule->file, (uintmax_t)rule->line, show(a->arg[1]).text,
			       show(b->arg[1]).text);
	return err_set(
	    e, STATUS_USAGE,
	    "%s:%ju: this may be column %s of %s or column %s of %s: write the names "
	    "exactly so",
	    rule->file, (uintmax_t)rule->line, show(a->arg[0]).text,
	    show(a->parent->arg[1]).text, show(b->arg[0]).text, show(b->parent->arg[1]).text);
}

/* Two names in different schemas are both meant, two in one are not. */
int
rules_resolve(struct rules *r, const struct schema *s, struct err *e)
{
	struct buf text = { 0 };

	for (struct rule *rule = r->first; rule; rule = rule->next) {
		hang_by_kind(r, rule, &text);
		r->includes = r->includes || rule->kind == RULE_INCLUDE;
	}
	buf_release(&text);
	for (struct node *t = node_first(&s->root, NODE_TABLE); t; t = node_next(t)) {
		note(r, KEY_TABLE, t->arg[1], STR(""), t);
		for (struct node *c = node_first(t, NODE_COLUMN); c; c = node_next(c))
			note(r, KEY_COLUMN, t->arg[1], c->arg[0], c);
	}
	for (struct rule *rule = r->first; rule; rule = rule->next) {
		if (!rule->exact && rule->rival)
			return ambiguous(rule, e);
		rule->nocase = rule->nocase || !rule->exact;
	}
	return 0;
}
