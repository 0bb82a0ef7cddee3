/* Cast rules for tables and schemas: which are taken, their names, and where they are put. */
#include "transform/rules-find.h"
#include "transform/rules-parse.h"

/* [schema.]table */
static int
parse_table_name(struct parsing *p, struct rule *rule)
{
	if (rule_parse_name(p, "[schema.]table", &rule->table) < 0)
		return -1;
	if (!lex_take_punct(p, '.'))
		return 0;
	rule->schema = rule->table;
	rule->table = (struct rule_name){ 0 };
	return rule_parse_name(p, "a name behind '.'", &rule->table);
}

/* --- include, exclude --------------------------------------------------------------------- */

/* A pattern is nothing but names: what a blank or a comment would hide from it is no part of it either. */
static bool
has_space(const struct parsing *outer, struct str text)
{
	struct err e = { 0 };
	struct parsing p = { .rules = outer->rules, .file = "", .text = text, .e = &e };
	bool spaced;

	lex_begin(&p);
	while (!(spaced = p.token.spaced) && p.token.kind != TOKEN_END)
		lex_advance(&p);
	return spaced;
}

/* Behind matching: a pattern as a text of its own, so that whoever writes it down need not know what it holds. */
static int
parse_matching(struct parsing *outer, struct rule *rule)
{
	struct err e = { 0 };
	struct token at = outer->token;
	struct parsing p = { .rules = outer->rules, .file = "", .text = at.value, .e = &e };
	struct buf b = { 0 };
	const char *why;

	lex_begin(&p);
	if (has_space(outer, at.value))
		lex_fail(&p, &p.token, "a name with blanks stands in double quotes");
	else if (parse_table_name(&p, rule) == 0 && !p.failed && p.token.kind != TOKEN_END)
		lex_expected(
		    &p, "nothing behind it (a name with other signs stands in double quotes)");
	if (!p.failed && !e.status) {
		lex_advance(outer);
		return 0;
	}
	/* Without the place in the pattern. */
	why = strstr(e.text, ": ");
	buf_addf(&b, "%s is no pattern: %s", show(at.value).text, why ? why + 2 : e.text);
	lex_fail(outer, &at, buf_cstr(&b));
	buf_release(&b);
	return -1;
}

static int
parse_selected(struct parsing *p, struct rule *rule)
{
	const char *from = p->token.raw.p;
	struct buf head = { 0 };
	int result;

	if (lex_is(&p->token, "matching") && p->ahead.kind == TOKEN_STRING) {
		lex_advance(p);
		result = parse_matching(p, rule);
	} else {
		result = parse_table_name(p, rule);
	}
	buf_add(&head,
		rule->kind == RULE_INCLUDE ? STR("include table ") : STR("exclude table "));
	if (rule->if_any)
		buf_add(&head, STR("if any "));
	if (result == 0)
		buf_add(&head, rule_text_since(p, from));
	rule->head = rule_keep(p, &head);
	return result;
}

/* Names with commas between them, or if any and these. A comma may also stand between this rule and the next. */
int
rule_parse_select(struct parsing *p, struct rule *rule)
{
	enum rule_kind kind = rule->kind;
	bool if_any;

	if (!lex_take(p, "table"))
		return lex_expected(
		    p, kind == RULE_INCLUDE ? "table behind include" : "table behind exclude");
	/* One of the words alone is the name of a table. */
	if_any = lex_is(&p->token, "if") && lex_is(&p->ahead, "any");
	if (if_any) {
		lex_advance(p);
		lex_advance(p);
	}
	for (;;) {
		rule->if_any = if_any;
		if (parse_selected(p, rule) < 0)
			return -1;
		if (!lex_is_punct(&p->token, ',') || rule_begins(&p->ahead) ||
		    p->ahead.kind == TOKEN_END || p->ahead.kind == TOKEN_PUNCT)
			return 0;
		lex_advance(p);
		rule = rule_add(p);
		rule->kind = kind;
	}
}

/* --- table, alter schema ------------------------------------------------------------------ */

/* One more thing that a rule says of a table. */
static int
set_once(struct parsing *p, struct rule *rule, enum rule_table what, const struct token *at)
{
	return rule->table_set[what].p
	    ? lex_fail(p, at, "this rule said already what becomes of it")
	    : 0;
}

static bool
is_storage_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || c == '.' || c == '-' || c == '+';
}

/* A parameter's name or value: words and numbers with points between them, in quotes or not. */
static int
take_storage_word(struct parsing *p, const char *what, struct buf *b)
{
	size_t from = b->n;

	if (p->token.kind == TOKEN_STRING) {
		buf_add(b, p->token.value);
		lex_advance(p);
	} else {
		while (p->token.kind == TOKEN_WORD ||
		       (p->token.kind == TOKEN_PUNCT && is_storage_byte(p->token.raw.p[0]))) {
			buf_add(b, p->token.raw);
			lex_advance(p);
			if (p->token.spaced)
				break;
		}
	}
	for (size_t i = from; i < b->n; i++)
		if (!is_storage_byte(b->p[i]))
			return lex_expected(p, what);
	return b->n > from ? 0 : lex_expected(p, what);
}

/* (fillfactor = 40, autovacuum_enabled = false): behind the parenthesis. */
static int
parse_storage(struct parsing *p, struct str *out)
{
	struct buf b = { 0 };
	int result;

	do {
		if (b.n)
			buf_addc(&b, ',');
		result = take_storage_word(p, "the name of a storage parameter", &b);
		if (result == 0 && !lex_take_punct(p, '='))
			result = lex_expected(p, "'=' behind the name of a storage parameter");
		buf_addc(&b, '=');
		if (result == 0)
			result = take_storage_word(
			    p, "a number or a word: the value of a storage parameter", &b);
	} while (result == 0 && lex_take_punct(p, ','));
	if (result == 0 && !lex_take_punct(p, ')'))
		result = lex_expected(p, "',' or ')' behind a storage parameter");
	*out = rule_keep(p, &b);
	return result;
}

/* Behind set. */
static int
parse_table_set(struct parsing *p, struct rule *rule, const struct token *at)
{
	static const struct {
		const char *word, *what;
		enum rule_table aspect;
	} names[] = { { "schema", "the name of a schema", TABLE_SCHEMA },
		      { "tablespace", "the name of a tablespace", TABLE_TABLESPACE } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!lex_take(p, names[i].word))
			continue;
		if (set_once(p, rule, names[i].aspect, at) < 0)
			return -1;
		return rule_parse_new_name(p, names[i].what, &rule->table_set[names[i].aspect]);
	}
	if (!lex_take_punct(p, '('))
		return lex_expected(p,
				    "schema, tablespace or (PARAMETER = VALUE, …) behind set");
	if (set_once(p, rule, TABLE_STORAGE, at) < 0)
		return -1;
	return parse_storage(p, &rule->table_set[TABLE_STORAGE]);
}

static int
parse_table_rename(struct parsing *p, struct rule *rule, const struct token *at)
{
	if (!lex_take(p, "to"))
		return lex_expected(p, "to behind rename");
	if (set_once(p, rule, TABLE_NAME, at) < 0)
		return -1;
	return rule_parse_new_name(p, "the new name of the table",
				   &rule->table_set[TABLE_NAME]);
}

int
rules_check_charset(struct str name, struct err *e)
{
	struct pool pool = { 0 };
	struct transform_use use = { 0 };
	struct buf b = { 0 };
	int result;

	buf_add(&b, STR("decode-as("));
	buf_add_quoted(&b, name, '\'');
	buf_addc(&b, ')');
	result = transform_prepare(buf_str(&b), &pool, &use, e);
	transform_release(&use);
	pool_release(&pool);
	buf_release(&b);
	return result;
}

/* decode as 'utf8' */
static int
parse_table_decode(struct parsing *p, struct rule *rule, const struct token *at)
{
	static const char what[] = "the name of a character set";
	struct token name;
	struct err e = { 0 };

	if (!lex_take(p, "as"))
		return lex_expected(p, "as behind decode");
	name = p->token;
	p->rules->decodes = true;
	if (set_once(p, rule, TABLE_DECODE, at) < 0 ||
	    rule_parse_new_name(p, what, &rule->table_set[TABLE_DECODE]) < 0)
		return -1;
	return rules_check_charset(name.value, &e) < 0 ? lex_fail(p, &name, e.text) : 0;
}

int
rule_parse_table(struct parsing *p, struct rule *rule)
{
	int result = parse_table_name(p, rule);

	for (bool first = true; result == 0; first = false) {
		struct token at = p->token;

		if (lex_take(p, "rename"))
			result = parse_table_rename(p, rule, &at);
		else if (lex_take(p, "set"))
			result = parse_table_set(p, rule, &at);
		else if (lex_take(p, "decode"))
			result = parse_table_decode(p, rule, &at);
		else if (first)
			return lex_expected(p, "rename to, set or decode as");
		else
			break;
	}
	return result;
}

/* schema 'a' rename to 'b' */
int
rule_parse_alter(struct parsing *p, struct rule *rule)
{
	if (!lex_take(p, "schema"))
		return lex_expected(p, "schema behind alter");
	if (p->token.kind == TOKEN_END || p->token.kind == TOKEN_PUNCT)
		return lex_expected(p, "the name of a schema");
	rule->schema.text = p->token.value;
	lex_advance(p);
	if (!lex_take(p, "rename") || !lex_take(p, "to"))
		return lex_expected(p, "rename to");
	return rule_parse_new_name(p, "the new name of the schema", &rule->to);
}

/* --- what they say ------------------------------------------------------------------------ */

/* The rules for one table, one after the other: those with its name, and those with a pattern. */
struct table_walk {
	const struct node *table;
	struct rule *next[2];
};

static struct table_walk
walk(struct rules *r, const struct node *table)
{
	return (struct table_walk){
		.table = table,
		.next = { rules_chain(r, KEY_TABLE, table->arg[1], STR("")),
			  rules_chain(r, KEY_TABLE_PATTERN, STR(""), STR("")) },
	};
}

/* The next that matches, marked as such; NULL when there is none, or e is set. */
static struct rule *
walk_next(struct table_walk *w, struct err *e)
{
	struct err fault = { 0 };
	struct rule *rule;

	while ((rule = rules_take_first(w->next, 2))) {
		int found = rules_settle(
		    rule, rules_names(rule, w->table, rule->nocase, &fault), &fault, e);

		if (found)
			return found > 0 ? rule : NULL;
	}
	return NULL;
}

struct str
rules_table(struct rules *r, const struct node *table, enum rule_table what, struct err *e)
{
	struct table_walk w = walk(r, table);
	struct rule *rule;

	while ((rule = walk_next(&w, e))) {
		if (rule->kind != RULE_TABLE || !rule->table_set[what].p)
			continue;
		rule->used = true;
		return rule->table_set[what];
	}
	return STR_NONE;
}

int
rules_select(struct rules *r, const struct node *table, const struct rule **by, struct err *e)
{
	struct table_walk w = walk(r, table);
	bool included = !r->includes;
	struct rule *rule;

	*by = NULL;
	while ((rule = walk_next(&w, e))) {
		rule->used =
		    rule->used || rule->kind == RULE_INCLUDE || rule->kind == RULE_EXCLUDE;
		if (rule->kind == RULE_EXCLUDE && !*by)
			*by = rule;
		included = included || rule->kind == RULE_INCLUDE;
	}
	return e->status ? -1 : included && !*by;
}

struct rule *
rules_adding(struct rules *r, const struct node *table, const struct rule *after, struct err *e)
{
	struct table_walk w = walk(r, table);
	struct rule *rule;

	while ((rule = walk_next(&w, e)))
		if (rule->kind == RULE_ADD && (!after || rule->number > after->number))
			return rule;
	return NULL;
}

int
rules_check_select(const struct rules *r, struct err *e)
{
	for (const struct rule *rule = r->first; rule; rule = rule->next) {
		struct buf b = { 0 };

		if ((rule->kind != RULE_INCLUDE && rule->kind != RULE_EXCLUDE) ||
		    rule->if_any || rule->matched)
			continue;
		rules_show(rule, &b);
		err_set(e, STATUS_USAGE, "%s:%ju: %s: the source has no such table", rule->file,
			(uintmax_t)rule->line, show(buf_str(&b)).text);
		buf_release(&b);
		return -1;
	}
	return 0;
}

struct str
rules_schema_name(struct rules *r, struct str name)
{
	struct rule *rule = rules_chain(r, KEY_SCHEMA, name, STR(""));

	if (!rule)
		return STR_NONE;
	rule->matched = rule->used = true;
	return rule->to;
}
