/* Cast rules: their words. */
#include "transform/rules-parse.h"

int
lex_fail(struct parsing *p, const struct token *at, const char *what)
{
	p->failed = true;
	return err_set(p->e, STATUS_USAGE, "%s:%ju:%zu: %s", p->file, (uintmax_t)at->line,
		       at->column, what);
}

int
lex_expected(struct parsing *p, const char *what)
{
	const struct token *t = &p->token;

	if (p->failed)
		return -1;
	p->failed = true;
	if (t->kind == TOKEN_END)
		return err_set(p->e, STATUS_USAGE,
			       "%s:%ju:%zu: expected %s, got the end of the file", p->file,
			       (uintmax_t)t->line, t->column, what);
	return err_set(p->e, STATUS_USAGE, "%s:%ju:%zu: expected %s, got %s", p->file,
		       (uintmax_t)t->line, t->column, what, show(t->raw).text);
}

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
	struct token begin = { .line = p->line, .column = p->at - p->line_at + 1 };

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
		lex_fail(p, &begin, "a comment without its end: expected */");
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
	    u == '_' || u == '$' || u == '*' || u == '?' || u >= 0x80;
}

/* 'x', "x" or `x`, in which a doubled quote stands for one. */
static void
read_quoted(struct parsing *p, struct token *t)
{
	char quote = p->text.p[p->at];
	size_t from = p->at + 1;
	bool doubled = false;
	struct buf b = { 0 };

	t->kind = quote == '\'' ? TOKEN_STRING : TOKEN_QUOTED;
	step(p);
	while (p->at < p->text.n && (p->text.p[p->at] != quote || peek(p, 1) == quote)) {
		doubled = doubled || p->text.p[p->at] == quote;
		if (p->text.p[p->at] == quote)
			step(p);
		step(p);
	}
	t->value = str_of(p->text.p + from, p->at - from);
	if (p->at >= p->text.n) {
		lex_fail(p, t, "a quote without its end");
		return;
	}
	step(p);
	if (!doubled)
		return;
	buf_add_undoubled(&b, t->value, quote);
	t->value = rule_keep(p, &b);
}

/* ~/x/, ~<x>: until the first that closes, but for one behind a backslash. */
static void
read_regex(struct parsing *p, struct token *t)
{
	char close = pattern_closing(p->text.p[p->at + 1]);
	size_t from = p->at + 2;

	t->kind = TOKEN_REGEX;
	step(p);
	step(p);
	while (p->at < p->text.n && p->text.p[p->at] != close) {
		if (p->text.p[p->at] == '\\' && p->at + 1 < p->text.n)
			step(p);
		step(p);
	}
	t->value = str_of(p->text.p + from, p->at - from);
	if (p->at >= p->text.n)
		lex_fail(p, t, "a regular expression without its end");
	else
		step(p);
}

static struct token
read_token(struct parsing *p)
{
	struct token t = { .kind = TOKEN_END };
	size_t from;
	char c;

	t.spaced = skip_space(p);
	t.line = p->line;
	t.column = p->at - p->line_at + 1;
	from = p->at;
	if (p->at >= p->text.n || p->failed)
		return t;
	c = p->text.p[p->at];
	if (c == '\'' || c == '"' || c == '`') {
		read_quoted(p, &t);
	} else if (c == '~' && pattern_closing(peek(p, 1))) {
		read_regex(p, &t);
	} else if (is_word_byte(c)) {
		t.kind = TOKEN_WORD;
		while (p->at < p->text.n && is_word_byte(p->text.p[p->at]))
			p->at++;
		t.value = str_of(p->text.p + from, p->at - from);
	} else {
		t.kind = TOKEN_PUNCT;
		step(p);
	}
	t.raw = str_of(p->text.p + from, p->at - from);
	return t;
}

void
lex_advance(struct parsing *p)
{
	p->token = p->ahead;
	p->ahead = read_token(p);
}

void
lex_begin(struct parsing *p)
{
	p->line = 1;
	lex_advance(p);
	lex_advance(p);
}

bool
lex_is(const struct token *t, const char *word)
{
	return t->kind == TOKEN_WORD && str_eq_nocase(t->value, str_cstr(word));
}

bool
lex_is_one_of(const struct token *t, const char *const *words)
{
	for (; *words; words++)
		if (lex_is(t, *words))
			return true;
	return false;
}

bool
lex_is_punct(const struct token *t, char c)
{
	return t->kind == TOKEN_PUNCT && t->raw.p[0] == c;
}

bool
lex_take(struct parsing *p, const char *word)
{
	if (!lex_is(&p->token, word))
		return false;
	lex_advance(p);
	return true;
}

bool
lex_take_punct(struct parsing *p, char c)
{
	if (!lex_is_punct(&p->token, c))
		return false;
	lex_advance(p);
	return true;
}

/* The place of a byte behind the one where t begins. */
static struct token
place(const struct parsing *p, const struct token *t, size_t at)
{
	struct token found = { .line = t->line, .column = t->column };

	for (size_t i = (size_t)(t->raw.p - p->text.p); i < at; i++) {
		found.column++;
		if (p->text.p[i] != '\n')
			continue;
		found.line++;
		found.column = 1;
	}
	return found;
}

int
lex_take_form(struct parsing *p, enum using_language language, struct str *out)
{
	struct token first = p->token, fault;
	struct err e = { 0 };
	struct buf b = { 0 };
	size_t from, n, at = 0;
	struct str form;

	if (first.kind == TOKEN_END)
		return lex_expected(p, "an expression");
	/* What stands ahead was read as a word of rules, and may be none. */
	p->failed = false;
	*p->e = (struct err){ 0 };
	from = (size_t)(first.raw.p - p->text.p);
	form = str_of(first.raw.p, p->text.n - from);
	n = using_form(language, form, &at, &e);
	form.n = n;
	if (n == 0 || using_check(language, form, &at, &e) < 0) {
		fault = place(p, &first, from + at);
		return lex_fail(p, &fault, e.text);
	}
	buf_addf(&b, "%s ", using_word(language));
	buf_add(&b, form);
	*out = rule_keep(p, &b);
	fault = place(p, &first, from + n);
	p->at = from + n;
	p->line = fault.line;
	p->line_at = p->at + 1 - fault.column;
	lex_advance(p);
	lex_advance(p);
	return p->failed ? -1 : 0;
}

static bool
is_digits(const struct token *t)
{
	return t->kind == TOKEN_WORD && str_is_digits(t->raw);
}

bool
lex_at_number(const struct parsing *p)
{
	if (lex_is_punct(&p->token, '-'))
		return is_digits(&p->ahead) && !p->ahead.spaced;
	return is_digits(&p->token);
}

int
lex_take_number(struct parsing *p, struct str *out)
{
	const char *from = p->token.raw.p;
	struct token last;

	lex_take_punct(p, '-');
	last = p->token;
	lex_advance(p);
	if (lex_is_punct(&p->token, '.') && !p->token.spaced && is_digits(&p->ahead) &&
	    !p->ahead.spaced) {
		lex_advance(p);
		last = p->token;
		lex_advance(p);
	}
	*out = str_of(from, (size_t)(last.raw.p + last.raw.n - from));
	return p->failed ? -1 : 0;
}
