/*
 * Cast rules: reading them. What is not understood is refused with file, line, column and what
 * was expected.
 */
#include "transform/rules-parse.h"
#include "schema/base/io.h"
#include "schema/base/utf8.h"

enum { RULES_MAX_BYTES = 16 * 1024 * 1024 };

/* --- names -------------------------------------------------------------------------------- */

int
rule_parse_name(struct parsing *p, const char *what, struct rule_name *out)
{
	out->text = p->token.value;
	if (p->token.kind == TOKEN_REGEX) {
		out->pattern = rule_parse_regex(p, false);
		return out->pattern ? 0 : -1;
	}
	if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED)
		return lex_expected(p, what);
	out->quoted = p->token.kind == TOKEN_QUOTED;
	if (!out->quoted && rule_is_glob(out->text))
		out->pattern = pattern_glob(&p->rules->pool, out->text);
	lex_advance(p);
	return 0;
}

/* [schema.]table.column */
static int
parse_column(struct parsing *p, struct rule *rule)
{
	struct rule_name third;

	if (rule_parse_name(p, "[schema.]table.column", &rule->table) < 0)
		return -1;
	if (!lex_take_punct(p, '.'))
		return lex_expected(p, "'.' and a column's name behind the table's");
	if (rule_parse_name(p, "a name behind '.'", &rule->column) < 0)
		return -1;
	if (!lex_take_punct(p, '.'))
		return 0;
	third = (struct rule_name){ 0 };
	if (rule_parse_name(p, "a name behind '.'", &third) < 0)
		return -1;
	rule->schema = rule->table;
	rule->table = rule->column;
	rule->column = third;
	return 0;
}

int
rule_parse_new_name(struct parsing *p, const char *what, struct str *out)
{
	const struct token *t = &p->token;

	if ((t->kind != TOKEN_WORD && t->kind != TOKEN_STRING && t->kind != TOKEN_QUOTED) ||
	    t->value.n == 0)
		return lex_expected(p, what);
	*out = t->value;
	lex_advance(p);
	return 0;
}

/* --- guards ------------------------------------------------------------------------------- */

/* A guard that stands there twice, or against another, is a slip of the pen. */
static int
set_guard(struct parsing *p, const struct token *at, bool *guard, bool against)
{
	if (against)
		return lex_fail(p, at, "this guard excludes the one before it");
	if (*guard)
		return lex_fail(p, at, "this guard was there already");
	*guard = true;
	return 0;
}

int
rule_parse_value(struct parsing *p, const char *what, struct str *out)
{
	const struct token *t = &p->token;

	*out = STR_NONE;
	if (lex_at_number(p))
		return lex_take_number(p, out);
	if (lex_take(p, "null"))
		return 0;
	if (t->kind != TOKEN_STRING && t->kind != TOKEN_QUOTED)
		return lex_expected(p, what);
	*out = t->value;
	lex_advance(p);
	return 0;
}

static int
parse_when_default(struct parsing *p, struct rule *rule, const struct token *at)
{
	if (rule->when_default.p || rule->when_null_default || rule->when_default_like)
		return lex_fail(p, at, "this guard was there already");
	if (p->token.kind == TOKEN_REGEX) {
		rule->when_default_like = rule_parse_regex(p, false);
		return rule->when_default_like ? 0 : -1;
	}
	if (rule_parse_value(p, "a value in quotes, a number, null or a regular expression",
			     &rule->when_default) < 0)
		return -1;
	rule->when_null_default = !rule->when_default.p;
	return 0;
}

/* Behind when and and. */
static int
parse_when(struct parsing *p, struct rule *rule, struct buf *condition)
{
	struct token at = p->token;

	if (lex_take(p, "unsigned"))
		return set_guard(p, &at, &rule->when_unsigned, rule->when_signed);
	if (lex_take(p, "signed"))
		return set_guard(p, &at, &rule->when_signed, rule->when_unsigned);
	if (lex_take(p, "default"))
		return parse_when_default(p, rule, &at);
	if (lex_is(&p->token, "not") && lex_is(&p->ahead, "null")) {
		lex_advance(p);
		lex_advance(p);
		return set_guard(p, &at, &rule->when_notnull, false);
	}
	if (!lex_is_punct(&at, '(') && !lex_is(&at, "not") && !lex_is(&at, "precision") &&
	    !lex_is(&at, "scale") && !lex_at_number(p))
		return lex_expected(
		    p,
		    "unsigned, signed, default 'VALUE', not null or a condition "
		    "on precision and scale");
	return rule_parse_condition(p, condition);
}

/* auto_increment, on update current timestamp; behind extra. 1: neither. */
static int
parse_extra(struct parsing *p, bool *identity, bool no_identity, bool *onupdate,
	    bool no_onupdate)
{
	struct token at = p->token;

	if (lex_take(p, "auto_increment"))
		return set_guard(p, &at, identity, no_identity);
	if (!lex_is(&p->token, "on"))
		return 1;
	lex_advance(p);
	if (!lex_take(p, "update"))
		return lex_expected(p, "update current timestamp behind on");
	if (!lex_take(p, "current_timestamp") &&
	    !(lex_take(p, "current") && lex_take(p, "timestamp")))
		return lex_expected(p, "current timestamp behind on update");
	return set_guard(p, &at, onupdate, no_onupdate);
}

/* Behind with: the first of them, or behind with extra … and: one more. */
static int
parse_with(struct parsing *p, struct rule *rule)
{
	int result = parse_extra(p, &rule->with_identity, rule->without_identity,
				 &rule->with_onupdate, rule->without_onupdate);

	return result > 0
	    ? lex_expected(p, "auto_increment or on update current timestamp behind extra")
	    : result;
}

static int
parse_without(struct parsing *p, struct rule *rule)
{
	struct token at = p->token;
	int result = parse_extra(p, &rule->without_identity, rule->with_identity,
				 &rule->without_onupdate, rule->with_onupdate);

	if (result <= 0)
		return result;
	if (set_guard(p, &at, &rule->without_identity, rule->with_identity) < 0)
		return -1;
	return set_guard(p, &at, &rule->without_onupdate, rule->with_onupdate);
}

static bool
at_extra(const struct parsing *p)
{
	return lex_is(&p->token, "auto_increment") || lex_is(&p->token, "on");
}

static int
parse_guard(struct parsing *p, struct rule *rule, struct buf *condition)
{
	bool with = lex_is(&p->token, "with");

	if (with || lex_is(&p->token, "without")) {
		lex_advance(p);
		if (!lex_take(p, "extra"))
			return lex_expected(p, "extra behind with and without");
		return with ? parse_with(p, rule) : parse_without(p, rule);
	}
	if (at_extra(p) && rule->with_identity + rule->with_onupdate > 0)
		return parse_with(p, rule);
	return parse_when(p, rule, condition);
}

/* In any order: when G, and G, with extra E, without extra E. */
static int
parse_guards(struct parsing *p, struct rule *rule)
{
	struct buf condition = { 0 };
	int result = 0;

	while (result == 0) {
		if (!lex_take(p, "and") && !lex_take(p, "when") && !lex_is(&p->token, "with") &&
		    !lex_is(&p->token, "without"))
			break;
		result = parse_guard(p, rule, &condition);
	}
	if (result == 0 && lex_is(&p->token, "or"))
		result = lex_expected(
		    p, "what a rule does: a condition with or stands in parentheses");
	if (condition.n)
		rule->when_condition = pool_str(&p->rules->pool, buf_str(&condition));
	buf_release(&condition);
	return result;
}

/* --- added columns ------------------------------------------------------------------------ */

/* column [schema.]table.column, behind add */
static int
parse_add(struct parsing *p, struct rule *rule)
{
	struct token at;

	if (!lex_take(p, "column"))
		return lex_expected(p, "column behind add");
	at = p->token;
	if (parse_column(p, rule) < 0)
		return -1;
	if (rule->column.pattern || rule->column.text.n == 0)
		return lex_fail(p, &at, "a column that is added needs a name, not a pattern");
	return 0;
}

/* What is said of a column that no source has. */
static int
parse_added(struct parsing *p, struct rule *rule)
{
	static const char *const words[] = {
		"serial",  "bigserial", "smallserial", "serial2",
		"serial4", "serial8",   "enum",        "enum[]",
	};
	struct token at = p->token;

	if (rule_parse_actions(p, rule) < 0)
		return -1;
	if (!rule->to.p || !rule->expr.p)
		return lex_fail(
		    p, &at, "a column that is added needs to TYPE and using lisp or clojure");
	/* What these words stand for is made of the column at the source. */
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq_nocase(rule->to, str_cstr(words[i])))
			return lex_fail(p, &at,
					"a column that is added is of no serial or enum type");
	for (size_t i = 0; i < RULE_ASPECTS; i++)
		if (rule->option[i] && rule->option[i] != RULE_SET)
			return lex_fail(p, &at,
					"of a column that is added only not null and default "
					"can be set");
	return 0;
}

/* --- rules -------------------------------------------------------------------------------- */

/* The kinds of rules by their first word. */
static const struct {
	const char *word;
	enum rule_kind kind;
	int (*parse)(struct parsing *p, struct rule *rule);
} kinds[] = {
	{ "type", RULE_TYPE, rule_parse_source_type },
	{ "neutral", RULE_NEUTRAL, rule_parse_neutral_type },
	{ "column", RULE_COLUMN, parse_column },
	{ "table", RULE_TABLE, rule_parse_table },
	{ "alter", RULE_SCHEMA, rule_parse_alter },
	{ "include", RULE_INCLUDE, rule_parse_select },
	{ "exclude", RULE_EXCLUDE, rule_parse_select },
	{ "add", RULE_ADD, parse_add },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

bool
rule_begins(const struct token *t)
{
	for (size_t i = 0; i < KINDS; i++)
		if (lex_is(t, kinds[i].word))
			return true;
	return lex_is(t, "cast");
}

struct str
rule_text_since(const struct parsing *p, const char *from)
{
	const char *end = p->token.raw.p ? p->token.raw.p : p->text.p + p->text.n;

	return str_of(from, (size_t)(end - from));
}

/* In the list even when it is not complete: it may have patterns to release. */
struct rule *
rule_add(struct parsing *p)
{
	struct rule *rule = pool_get(&p->rules->pool, sizeof(*rule));

	rule->file = p->file;
	rule->line = p->token.line;
	rule->number = p->rules->count++;
	*p->rules->end = rule;
	p->rules->end = &rule->next;
	return rule;
}

static int
parse_rule(struct parsing *p)
{
	struct rule *rule;
	const char *from;
	size_t i = 0;

	while (lex_take(p, "cast"))
		;
	rule = rule_add(p);
	from = p->token.raw.p;
	while (i < KINDS && !lex_take(p, kinds[i].word))
		i++;
	if (i == KINDS)
		return lex_expected(
		    p,
		    "type, neutral, column, table, alter schema, include, exclude or add column");
	rule->kind = kinds[i].kind;
	if (kinds[i].parse(p, rule) < 0)
		return -1;
	if (rule->kind == RULE_ADD) {
		rule->head = rule_text_since(p, from);
		return parse_added(p, rule);
	}
	if (rule->kind > RULE_COLUMN) {
		if (!rule->head.p)
			rule->head = rule_text_since(p, from);
		return 0;
	}
	if (parse_guards(p, rule) < 0)
		return -1;
	rule->head = rule_text_since(p, from);
	return rule_parse_actions(p, rule);
}

/* PostgreSQL takes no zero byte anywhere, and schema(5) no invalid UTF-8. */
static int
check_bytes(struct parsing *p)
{
	size_t bad = utf8_valid(p->text);
	const char *zero = p->text.n ? memchr(p->text.p, '\0', bad) : NULL;
	struct token at = { .line = 1, .column = 1 };

	if (zero)
		bad = (size_t)(zero - p->text.p);
	if (bad == p->text.n)
		return 0;
	for (size_t i = 0; i < bad; i++) {
		at.column++;
		if (p->text.p[i] == '\n') {
			at.line++;
			at.column = 1;
		}
	}
	return lex_fail(p, &at, zero ? "a zero byte" : "this is not valid UTF-8");
}

int
rules_parse(struct rules *r, const char *file, struct str text, bool users, struct err *e)
{
	struct parsing p = { .rules = r, .text = pool_str(&r->pool, text), .e = e };
	struct rule **from = r->end;

	p.file = pool_str(&r->pool, str_cstr(file)).p;
	if (check_bytes(&p) < 0)
		return -1;
	lex_begin(&p);
	for (;;) {
		while (lex_take_punct(&p, ',') || lex_take_punct(&p, ';'))
			;
		if (p.failed)
			return -1;
		if (p.token.kind == TOKEN_END)
			break;
		if (parse_rule(&p) < 0 || p.failed)
			return -1;
	}
	for (struct rule *rule = *from; rule; rule = rule->next)
		rule->users = users;
	return 0;
}

int
rules_read(struct rules *r, const char *path, struct err *e)
{
	struct input in;
	int got;

	if (input_open(&in, path, e) < 0)
		return -1;
	while ((got = input_more(&in, RULES_MAX_BYTES, e)) > 0)
		;
	if (got == 0)
		got = rules_parse(r, path, str_of(in.p + in.beg, in.end - in.beg), true, e);
	input_close(&in);
	return got;
}

void
rules_show(const struct rule *rule, struct buf *b)
{
	struct rules none = { 0 };
	struct err e = { 0 };
	struct parsing p = { .rules = &none, .text = rule->head, .e = &e };

	lex_begin(&p);
	for (bool first = true; p.token.kind != TOKEN_END; first = false) {
		if (!first && p.token.spaced)
			buf_addc(b, ' ');
		buf_add(b, p.token.raw);
		lex_advance(&p);
	}
	pool_release(&none.pool);
}
