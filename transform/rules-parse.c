/*
 * Cast rules: reading them. What is not understood is refused with file, line, column and what
 * was expected.
 */
#include "schema/base/io.h"
#include "transform/rules.h"

enum { RULES_MAX_BYTES = 16 * 1024 * 1024 };

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_QUOTED, TOKEN_PUNCT };

struct token {
	enum token_kind kind;
	struct str raw;   /* as it stands in the file */
	struct str value; /* of a word, string or quoted name, without its quotes */
	uint64_t line;
	size_t column; /* in bytes, from 1 */
	bool spaced;   /* white space or a comment before it */
};

struct parsing {
	struct rules *rules;
	const char *file;
	struct str text;
	size_t at;
	uint64_t line;
	size_t line_at; /* where the line begins */
	struct token token, ahead;
	bool failed;
	struct err *e;
};

static int
fail(struct parsing *p, uint64_t line, size_t column, const char *what)
{
	p->failed = true;
	return err_set(p->e, STATUS_USAGE, "%s:%ju:%zu: %s", p->file, (uintmax_t)line, column,
		       what);
}

static int
expected(struct parsing *p, const char *what)
{
	const struct token *t = &p->token;

	if (p->failed)
		return -1;
	if (t->kind == TOKEN_END)
		return err_set(p->e, STATUS_USAGE,
			       "%s:%ju:%zu: expected %s, got the end of the file", p->file,
			       (uintmax_t)t->line, t->column, what);
	return err_set(p->e, STATUS_USAGE, "%s:%ju:%zu: expected %s, got %s", p->file,
		       (uintmax_t)t->line, t->column, what, show(t->raw).text);
}

/* --- words -------------------------------------------------------------------------------- */

static char
peek(const struct parsing *p, size_t ahead)
{
	return p->at + ahead < p->text.n ? p->text.p[p->at + ahead] : '\0';
}

static void
step(struct parsing *p)
{
	if (p->text.p[p->at] == '\n') {
		p->line++;
		p->line_at = p->at + 1;
	}
	p->at++;
}

static bool
skip_comment(struct parsing *p)
{
	uint64_t line = p->line;
	size_t column = p->at - p->line_at + 1;

	if (peek(p, 0) == '-' && peek(p, 1) == '-') {
		while (p->at < p->text.n && p->text.p[p->at] != '\n')
			step(p);
		return true;
	}
	if (peek(p, 0) != '/' || peek(p, 1) != '*')
		return false;
	p->at += 2;
	while (p->at < p->text.n && !(peek(p, 0) == '*' && peek(p, 1) == '/'))
		step(p);
	if (p->at >= p->text.n)
		fail(p, line, column, "a comment without its end: expected */");
	else
		p->at += 2;
	return true;
}

static bool
skip_space(struct parsing *p)
{
	size_t before = p->at;

	while (p->at < p->text.n) {
		char c = p->text.p[p->at];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v')
			step(p);
		else if (!skip_comment(p))
			break;
	}
	return p->at > before;
}

static bool
is_word_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
	    u == '_' || u == '$' || u >= 0x80;
}

/* 'x', "x" or `x`, in which a doubled quote stands for one. */
static void
read_quoted(struct parsing *p, struct token *t)
{
	char quote = p->text.p[p->at];
	struct buf b = { 0 };

	t->kind = quote == '\'' ? TOKEN_STRING : TOKEN_QUOTED;
	step(p);
	while (p->at < p->text.n) {
		char c = p->text.p[p->at];

		if (c == quote && peek(p, 1) != quote)
			break;
		if (c == quote)
			step(p);
		buf_addc(&b, c);
		step(p);
	}
	t->value = pool_str(&p->rules->pool, buf_str(&b));
	buf_release(&b);
	if (p->at >= p->text.n)
		fail(p, t->line, t->column, "a quote without its end");
	else
		step(p);
}

static struct token
read_token(struct parsing *p)
{
	struct token t = { .kind = TOKEN_END };
	size_t from;

	t.spaced = skip_space(p);
	t.line = p->line;
	t.column = p->at - p->line_at + 1;
	from = p->at;
	if (p->at >= p->text.n || p->failed)
		return t;
	if (p->text.p[p->at] == '\'' || p->text.p[p->at] == '"' || p->text.p[p->at] == '`') {
		read_quoted(p, &t);
	} else if (is_word_byte(p->text.p[p->at])) {
		t.kind = TOKEN_WORD;
		while (p->at < p->text.n && is_word_byte(p->text.p[p->at]))
			p->at++;
	} else {
		t.kind = TOKEN_PUNCT;
		step(p);
	}
	t.raw = str_of(p->text.p + from, p->at - from);
	if (t.kind == TOKEN_WORD)
		t.value = t.raw;
	return t;
}

static void
advance(struct parsing *p)
{
	p->token = p->ahead;
	p->ahead = read_token(p);
}

static bool
token_is(const struct token *t, const char *word)
{
	return t->kind == TOKEN_WORD && str_eq_nocase(t->value, str_cstr(word));
}

static bool
token_is_punct(const struct token *t, char c)
{
	return t->kind == TOKEN_PUNCT && t->raw.p[0] == c;
}

static bool
take(struct parsing *p, const char *word)
{
	if (!token_is(&p->token, word))
		return false;
	advance(p);
	return true;
}

static bool
take_punct(struct parsing *p, char c)
{
	if (!token_is_punct(&p->token, c))
		return false;
	advance(p);
	return true;
}

static bool
token_is_one_of(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (token_is(t, *words))
			return true;
	return false;
}

/* --- types and names ---------------------------------------------------------------------- */

/* Whether what stands here cannot belong to a type any more. */
static bool
ends_type(const struct parsing *p)
{
	static const char *const words[] = { "to",    "when",  "and",  "keep",   "drop",
					     "set",   "using", "type", "column", "neutral",
					     "alter", "cast",  NULL };
	const struct token *t = &p->token;

	return t->kind == TOKEN_END || token_is_one_of(t, words) ||
	    (token_is(t, "with") && token_is(&p->ahead, "extra")) || token_is_punct(t, ',') ||
	    token_is_punct(t, ';');
}

static bool
blank_between(const struct token *before, const struct token *t)
{
	if (!before->raw.p || !t->spaced)
		return false;
	if (before->kind == TOKEN_PUNCT && strchr("(,[.", before->raw.p[0]))
		return false;
	return !(t->kind == TOKEN_PUNCT && strchr("(),[].", t->raw.p[0]));
}

/*
 * The words of a type with its parentheses, blanks tidied. The first of them may be any word.
 */
static int
parse_type_text(struct parsing *p, const char *what, struct str *out)
{
	struct token before = { 0 };
	struct buf b = { 0 };
	int depth = 0;

	while (p->token.kind != TOKEN_END &&
	       (depth || (b.n == 0 && p->token.kind == TOKEN_WORD) || !ends_type(p))) {
		depth += token_is_punct(&p->token, '(');
		depth -= token_is_punct(&p->token, ')');
		if (depth < 0 || p->token.kind == TOKEN_STRING)
			break;
		if (blank_between(&before, &p->token))
			buf_addc(&b, ' ');
		buf_add(&b, p->token.raw);
		before = p->token;
		advance(p);
	}
	*out = pool_str(&p->rules->pool, buf_str(&b));
	buf_release(&b);
	if (depth > 0)
		return expected(p, "')'");
	if (depth < 0 || out->n == 0 || p->failed)
		return expected(p, what);
	return 0;
}

static int
parse_name(struct parsing *p, const char *what, struct rule_name *out)
{
	if (p->token.kind != TOKEN_WORD && p->token.kind != TOKEN_QUOTED)
		return expected(p, what);
	out->text = p->token.value;
	out->quoted = p->token.kind == TOKEN_QUOTED;
	advance(p);
	return 0;
}

/* [schema.]table.column */
static int
parse_column(struct parsing *p, struct rule *rule)
{
	struct rule_name third;

	if (parse_name(p, "[schema.]table.column", &rule->table) < 0)
		return -1;
	if (!take_punct(p, '.'))
		return expected(p, "'.' and a column's name behind the table's");
	if (parse_name(p, "a name behind '.'", &rule->column) < 0)
		return -1;
	if (!take_punct(p, '.'))
		return 0;
	if (parse_name(p, "a name behind '.'", &third) < 0)
		return -1;
	rule->schema = rule->table;
	rule->table = rule->column;
	rule->column = third;
	return 0;
}

static int
parse_source_type(struct parsing *p, struct rule *rule)
{
	struct buf b = { 0 };
	struct str text;

	if (p->token.kind == TOKEN_STRING || p->token.kind == TOKEN_QUOTED) {
		text = p->token.value;
		advance(p);
	} else if (parse_type_text(p, "a type of the source", &text) < 0) {
		return -1;
	}
	rule->parens = text.n && memchr(text.p, '(', text.n);
	rules_normalise_type(&b, text, true);
	rule->type = pool_str(&p->rules->pool, buf_str(&b));
	buf_release(&b);
	return 0;
}

/*
 * The kind alone: decimal, timestamp. Some kinds are no type without a number, so they get one.
 */
static int
parse_neutral_type(struct parsing *p, struct rule *rule)
{
	struct buf b = { 0 };
	struct type t;
	bool good;

	buf_add(&b, p->token.value);
	good = p->token.kind == TOKEN_WORD && type_parse(buf_str(&b), &t);
	if (!good && p->token.kind == TOKEN_WORD) {
		buf_add(&b, STR("(1)"));
		good = type_parse(buf_str(&b), &t);
	}
	buf_release(&b);
	if (!good)
		return expected(p, "a neutral type (i64, decimal, text, timestamp, …)");
	rule->neutral = t.kind;
	advance(p);
	if (token_is_punct(&p->token, '('))
		return expected(p, "the neutral type without parentheses: it matches with any");
	return 0;
}

/* --- rules -------------------------------------------------------------------------------- */

static int
parse_not_null(struct parsing *p, struct rule *rule)
{
	if (!take(p, "not") || !take(p, "null"))
		return expected(p, "not null");
	rule->is_notnull = true;
	return 0;
}

static bool
is_value(const struct token *t)
{
	return t->kind == TOKEN_STRING || t->kind == TOKEN_QUOTED ||
	    (t->kind == TOKEN_WORD && t->raw.p[0] >= '0' && t->raw.p[0] <= '9');
}

/* when default 'x', when not null, and not null, with extra auto_increment */
static int
parse_guards(struct parsing *p, struct rule *rule)
{
	for (;;) {
		if (take(p, "when")) {
			if (token_is(&p->token, "not")) {
				if (parse_not_null(p, rule) < 0)
					return -1;
				continue;
			}
			if (!take(p, "default"))
				return expected(p, "default 'VALUE' or not null behind when");
			if (!is_value(&p->token))
				return expected(p, "a value in quotes behind when default");
			rule->is_default = p->token.value;
			advance(p);
		} else if (take(p, "and")) {
			if (parse_not_null(p, rule) < 0)
				return -1;
		} else if (token_is(&p->token, "with")) {
			advance(p);
			if (!take(p, "extra") || !take(p, "auto_increment"))
				return expected(p, "extra auto_increment behind with");
			rule->is_identity = true;
		} else {
			return 0;
		}
	}
}

/* default, typemod, not null or column behind keep, drop or set. */
static int
parse_option(struct parsing *p, struct rule *rule, enum rule_option option)
{
	if (take(p, "not")) {
		if (!take(p, "null"))
			return expected(p, "null behind not");
		rule->notnull = option;
	} else if (option == RULE_SET) {
		return expected(p, "not null behind set");
	} else if (take(p, "default")) {
		rule->deflt = option;
	} else if (take(p, "typemod")) {
		rule->typemod = option;
	} else if (option == RULE_DROP && token_is(&p->token, "column")) {
		if (rule->kind != RULE_COLUMN)
			return expected(
			    p,
			    "default, typemod or not null (only a rule for a column drops it)");
		advance(p);
		rule->drop_column = true;
	} else {
		return expected(p,
				option == RULE_DROP
				    ? "default, typemod, not null or column behind drop"
				    : "default, typemod or not null behind keep");
	}
	return 0;
}

/* The name of a transform: words with '-' between them. */
static int
parse_using(struct parsing *p, struct rule *rule)
{
	struct token begin = p->token;
	struct transform_use use;
	struct err e = { 0 };
	struct buf b = { 0 };
	int result = 0;

	while (p->token.kind == TOKEN_WORD || (token_is_punct(&p->token, '-') && b.n)) {
		buf_add(&b, p->token.raw);
		advance(p);
		if (p->token.spaced)
			break;
	}
	if (b.n == 0) {
		result = expected(p, "the name of a transform behind using");
	} else if (transform_prepare(buf_str(&b), &p->rules->pool, &use, &e) < 0) {
		result = err_set(p->e, e.status, "%s:%ju:%zu: %s", p->file,
				 (uintmax_t)begin.line, begin.column, e.text);
	} else {
		rule->using = use.text;
		transform_release(&use);
	}
	buf_release(&b);
	return result;
}

static int
parse_actions(struct parsing *p, struct rule *rule)
{
	bool any = false;

	for (;; any = true) {
		enum rule_option option;

		if (!rule->to.p && !any && take(p, "to")) {
			if (parse_type_text(p, "a type of PostgreSQL behind to", &rule->to) < 0)
				return -1;
			continue;
		}
		if (take(p, "using")) {
			if (parse_using(p, rule) < 0)
				return -1;
			continue;
		}
		if (take(p, "keep"))
			option = RULE_KEEP;
		else if (take(p, "drop"))
			option = RULE_DROP;
		else if (take(p, "set"))
			option = RULE_SET;
		else
			break;
		if (parse_option(p, rule, option) < 0)
			return -1;
	}
	return any ? 0 : expected(p, "to, keep, drop, set or using");
}

/* schema 'a' rename to 'b' */
static int
parse_alter(struct parsing *p, struct rule *rule)
{
	if (!take(p, "schema"))
		return expected(p, "schema behind alter");
	if (p->token.kind == TOKEN_END || p->token.kind == TOKEN_PUNCT)
		return expected(p, "the name of a schema");
	rule->schema.text = p->token.value;
	advance(p);
	if (!take(p, "rename") || !take(p, "to"))
		return expected(p, "rename to");
	if (p->token.kind == TOKEN_END || p->token.kind == TOKEN_PUNCT || p->token.value.n == 0)
		return expected(p, "the new name of the schema");
	rule->to = p->token.value;
	advance(p);
	return 0;
}

static int
parse_rule(struct parsing *p)
{
	struct rule *rule = pool_get(&p->rules->pool, sizeof(*rule));
	int result;

	take(p, "cast");
	rule->file = p->file;
	rule->line = p->token.line;
	if (take(p, "type")) {
		rule->kind = RULE_TYPE;
		result = parse_source_type(p, rule);
	} else if (take(p, "neutral")) {
		rule->kind = RULE_NEUTRAL;
		result = parse_neutral_type(p, rule);
	} else if (take(p, "column")) {
		rule->kind = RULE_COLUMN;
		result = parse_column(p, rule);
	} else if (take(p, "alter")) {
		rule->kind = RULE_SCHEMA;
		result = parse_alter(p, rule);
	} else {
		return expected(p, "type, neutral, column or alter schema");
	}
	if (result < 0)
		return -1;
	if (rule->kind != RULE_SCHEMA &&
	    (parse_guards(p, rule) < 0 || parse_actions(p, rule) < 0))
		return -1;
	*p->rules->end = rule;
	p->rules->end = &rule->next;
	return 0;
}

int
rules_parse(struct rules *r, const char *file, struct str text, bool users, struct err *e)
{
	struct parsing p = { .rules = r, .text = pool_str(&r->pool, text), .line = 1, .e = e };
	struct rule **from = r->end;

	p.file = pool_str(&r->pool, str_cstr(file)).p;
	advance(&p);
	advance(&p);
	for (;;) {
		while (take_punct(&p, ',') || take_punct(&p, ';'))
			;
		if (p.failed)
			return -1;
		if (p.token.kind == TOKEN_END)
			break;
		if (parse_rule(&p) < 0)
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
