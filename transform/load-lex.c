/* pgloader's command files: their words. What is read next is decided by who reads it, as URIs, SQL and Lisp stand in one file. */
#include <stdarg.h>
#include <stdio.h>

#include "transform/load-parse.h"

int
load_fail(struct load_parser *p, size_t at, const char *fmt, ...)
{
	struct buf where = { 0 };
	char text[400];
	va_list args;

	p->failed = true;
	load_place(p->t, at, &where);
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	err_set(p->e, STATUS_USAGE, "%.*s: %s", (int)where.n, where.p, text);
	buf_release(&where);
	return -1;
}

int
load_expected(struct load_parser *p, const char *what)
{
	if (p->token.kind == LOAD_BROKEN)
		return load_fail(p, p->token.at, "%s", p->token.fault);
	if (p->token.kind == LOAD_END)
		return load_fail(p, p->token.at, "expected %s, got the end of the file", what);
	return load_fail(p, p->token.at, "expected %s, got %s", what, show(p->token.raw).text);
}

static char
peek(const struct load_parser *p, size_t at)
{
	return at < p->text.n ? p->text.p[at] : '\0';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool
is_word_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') ||
	    u == '_' || u == '$' || u >= 0x80;
}

static void
broken(struct load_token *t, const char *fault)
{
	t->kind = LOAD_BROKEN;
	t->fault = fault;
}

/* Behind blanks and comments; of a comment without its end, where it begins. */
static size_t
skip_space(const struct load_parser *p, size_t at, struct load_token *t)
{
	while (at < p->text.n) {
		size_t from = at;

		if (is_space(p->text.p[at])) {
			at++;
		} else if (peek(p, at) == '-' && peek(p, at + 1) == '-') {
			const char *end = memchr(p->text.p + at, '\n', p->text.n - at);

			at = end ? (size_t)(end - p->text.p) : p->text.n;
		} else if (peek(p, at) == '/' && peek(p, at + 1) == '*') {
			at += 2;
			while (at < p->text.n &&
			       !(peek(p, at) == '*' && peek(p, at + 1) == '/'))
				at++;
			if (at >= p->text.n) {
				broken(t, "a comment without its end: expected */");
				return from;
			}
			at += 2;
		} else {
			break;
		}
	}
	return at;
}

/* 'x' or "x", in which a doubled quote stands for one. */
static size_t
read_quoted(struct load_parser *p, struct load_token *t, size_t at)
{
	char quote = p->text.p[at];
	size_t from = ++at;
	bool doubled = false;
	struct buf b = { 0 };

	t->kind = quote == '\'' ? LOAD_STRING : LOAD_QUOTED;
	while (at < p->text.n && (p->text.p[at] != quote || peek(p, at + 1) == quote)) {
		doubled = doubled || p->text.p[at] == quote;
		at += p->text.p[at] == quote ? 2 : 1;
	}
	if (at >= p->text.n) {
		broken(t, "a quote without its end");
		return p->text.n;
	}
	t->value = str_of(p->text.p + from, at - from);
	if (doubled) {
		buf_add_undoubled(&b, t->value, quote);
		t->value = load_keep(p->job, &b);
	}
	return at + 1;
}

static size_t
read_regex(struct load_parser *p, struct load_token *t, size_t at)
{
	char close = pattern_closing(p->text.p[at + 1]);
	const char *end = memchr(p->text.p + at + 2, close, p->text.n - at - 2);

	t->kind = LOAD_REGEX;
	if (!end) {
		broken(t, "a regular expression without its end");
		return p->text.n;
	}
	t->value = str_of(p->text.p + at + 2, (size_t)(end - p->text.p) - at - 2);
	return (size_t)(end - p->text.p) + 1;
}

/* The length of $tag$ at an offset, or 0. */
static size_t
dollar_tag(const struct load_parser *p, size_t at)
{
	size_t end = at + 1;

	while (is_word_byte(peek(p, end)) && peek(p, end) != '$')
		end++;
	if (peek(p, at) != '$' || peek(p, end) != '$' ||
	    (peek(p, at + 1) >= '0' && peek(p, at + 1) <= '9'))
		return 0;
	return end + 1 - at;
}

static size_t
read_dollar(struct load_parser *p, struct load_token *t, size_t at, size_t tag)
{
	size_t from = at + tag, end = from;

	t->kind = LOAD_DOLLAR;
	for (;;) {
		const char *dollar =
		    end < p->text.n ? memchr(p->text.p + end, '$', p->text.n - end) : NULL;

		if (!dollar) {
			broken(t, "a text in $$ without its end");
			return p->text.n;
		}
		end = (size_t)(dollar - p->text.p);
		if (p->text.n - end >= tag && memcmp(p->text.p + end, p->text.p + at, tag) == 0)
			break;
		end++;
	}
	t->value = str_of(p->text.p + from, end - from);
	return end + tag;
}

static size_t
word_end(const struct load_parser *p, size_t at)
{
	while (is_word_byte(peek(p, at)) ||
	       (peek(p, at) == '-' && is_word_byte(peek(p, at + 1))))
		at++;
	return at;
}

void
load_go(struct load_parser *p, size_t at)
{
	struct load_token t = { .kind = LOAD_END };
	size_t end, tag;
	char c;

	at = skip_space(p, at, &t);
	t.at = end = at;
	c = peek(p, at);
	if (at >= p->text.n || t.kind == LOAD_BROKEN)
		; /* the end, or none is to be found */
	else if (c == '\'' || c == '"')
		end = read_quoted(p, &t, at);
	else if (c == '~' && pattern_closing(peek(p, at + 1)))
		end = read_regex(p, &t, at);
	else if (c == '$' && (tag = dollar_tag(p, at)))
		end = read_dollar(p, &t, at, tag);
	else if (is_word_byte(c)) {
		t.kind = LOAD_WORD;
		end = word_end(p, at);
		t.value = str_of(p->text.p + at, end - at);
	} else {
		t.kind = LOAD_PUNCT;
		end = at + 1;
	}
	t.raw = str_of(p->text.p + at, end - at);
	p->token = t;
	p->next = end;
}

void
load_advance(struct load_parser *p)
{
	p->before = p->next;
	load_go(p, p->next);
}

void
load_begin(struct load_parser *p, struct load_job *job, const struct load_text *t,
	   struct err *e)
{
	*p = (struct load_parser){ .job = job, .t = t, .text = t->text, .e = e };
	load_go(p, 0);
}

bool
load_is(const struct load_parser *p, const char *word)
{
	return p->token.kind == LOAD_WORD && str_eq_nocase(p->token.value, str_cstr(word));
}

bool
load_is_punct(const struct load_parser *p, char c)
{
	return p->token.kind == LOAD_PUNCT && p->token.raw.p[0] == c;
}

bool
load_take(struct load_parser *p, const char *words)
{
	struct load_token token = p->token;
	size_t next = p->next, before = p->before;
	struct str rest = str_cstr(words), word;

	/* Most words that are asked for are others; words are in lower case. */
	if (token.kind != LOAD_WORD || (token.value.p[0] | 0x20) != (words[0] | 0x20))
		return false;
	while (rest.n) {
		str_cut(rest, ' ', &word, &rest);
		if (p->token.kind != LOAD_WORD || !str_eq_nocase(p->token.value, word)) {
			p->token = token;
			p->next = next;
			p->before = before;
			return false;
		}
		load_advance(p);
	}
	return true;
}

bool
load_at(struct load_parser *p, const char *words)
{
	struct load_token token = p->token;
	size_t next = p->next, before = p->before;
	bool there = load_take(p, words);

	p->token = token;
	p->next = next;
	p->before = before;
	return there;
}

bool
load_take_punct(struct load_parser *p, char c)
{
	if (!load_is_punct(p, c))
		return false;
	load_advance(p);
	return true;
}

int
load_expect(struct load_parser *p, const char *words)
{
	return load_take(p, words) ? 0 : load_expected(p, words);
}

int
load_expect_punct(struct load_parser *p, char c, const char *what)
{
	return load_take_punct(p, c) ? 0 : load_expected(p, what);
}

int
load_take_name(struct load_parser *p, const char *what, struct str *out)
{
	if ((p->token.kind != LOAD_WORD && p->token.kind != LOAD_QUOTED) ||
	    p->token.value.n == 0)
		return load_expected(p, what);
	*out = p->token.value;
	load_advance(p);
	return 0;
}

int
load_take_qualified(struct load_parser *p, const char *what, struct str *schema,
		    struct str *name)
{
	*schema = STR_NONE;
	if (load_take_name(p, what, name) < 0)
		return -1;
	if (!load_take_punct(p, '.'))
		return 0;
	*schema = *name;
	return load_take_name(p, "a name behind '.'", name);
}

void
load_split_name(struct str text, struct str *schema, struct str *name)
{
	if (!str_cut(text, '.', schema, name)) {
		*schema = STR_NONE;
		*name = text;
	}
}

int
load_take_text(struct load_parser *p, const char *what, struct str *out)
{
	if (p->token.kind != LOAD_STRING && p->token.kind != LOAD_QUOTED)
		return load_expected(p, what);
	*out = p->token.value;
	load_advance(p);
	return 0;
}

int
load_take_number(struct load_parser *p, const char *what, struct str *out)
{
	*out = p->token.value;
	if (p->token.kind != LOAD_WORD || !str_is_digits(*out))
		return load_expected(p, what);
	load_advance(p);
	return 0;
}

/* --- what is read otherwise --------------------------------------------------------------- */

static bool
ends_command(const struct load_parser *p, size_t at)
{
	return at + 1 >= p->text.n || is_space(p->text.p[at + 1]) ||
	    (peek(p, at + 1) == '-' && peek(p, at + 2) == '-') ||
	    (peek(p, at + 1) == '/' && peek(p, at + 2) == '*');
}

struct str
load_take_operand(struct load_parser *p)
{
	size_t from = p->token.at, end = from, at_sign = 0;
	bool jdbc;
	struct str operand;

	while (end < p->text.n && !is_space(p->text.p[end])) {
		if (p->text.p[end] == '@')
			at_sign = end;
		end++;
	}
	jdbc = str_starts_nocase(str_of(p->text.p + from, end - from), STR("jdbc:sqlserver:"));
	for (size_t i = from; i < end; i++)
		if (p->text.p[i] == ';' && i >= at_sign && (!jdbc || ends_command(p, i)))
			end = i;
	operand = str_of(p->text.p + from, end - from);
	p->before = end;
	load_go(p, end);
	return operand;
}

/* Behind a text in double quotes that begins at an offset. */
static size_t
form_string(const struct load_parser *p, size_t at)
{
	for (at++; at < p->text.n && p->text.p[at] != '"'; at++)
		at += p->text.p[at] == '\\';
	return at + 1;
}

/* Behind a character, #\( of Lisp or \( of Clojure, whose backslash is at an offset. */
static size_t
form_char(const struct load_parser *p, size_t at)
{
	size_t end = at + 2;

	if (is_word_byte(peek(p, at + 1)))
		end = word_end(p, at + 1);
	return end;
}

int
load_take_form(struct load_parser *p, struct str *out)
{
	size_t from = p->token.at, at = from, depth = 0;
	bool atom = p->token.kind == LOAD_WORD || p->token.kind == LOAD_QUOTED;

	if (atom) {
		*out = p->token.raw;
		load_advance(p);
		return 0;
	}
	if (!load_is_punct(p, '('))
		return load_expected(
		    p, "an expression behind using: a name, or one in parentheses");
	do {
		char c = peek(p, at);

		if (at >= p->text.n)
			return load_fail(p, from,
					 "a parenthesis without its end: expected ')'");
		if (c == '"') {
			at = form_string(p, at);
		} else if (c == '\\') {
			at = form_char(p, at);
		} else if (c == ';') {
			while (at < p->text.n && p->text.p[at] != '\n')
				at++;
		} else {
			depth += c == '(' || c == '[' || c == '{';
			depth -= c == ')' || c == ']' || c == '}';
			at++;
		}
	} while (depth);
	*out = str_of(p->text.p + from, at - from);
	p->before = at;
	load_go(p, at);
	return 0;
}

/* --- what is kept ------------------------------------------------------------------------- */

struct str
load_keep(struct load_job *job, struct buf *b)
{
	struct str s = pool_str(&job->pool, buf_str(b));

	buf_release(b);
	return s;
}

void
load_add(struct load_job *job, struct load_list *list, struct str text, struct str value,
	 size_t at)
{
	struct load_item *item = pool_get(&job->pool, sizeof(*item));

	*item = (struct load_item){ .text = text, .value = value, .at = at };
	if (!list->end)
		list->end = &list->first;
	*list->end = item;
	list->end = &item->next;
	list->count++;
}

void
load_without_effect(struct load_job *job, struct load_command *c, size_t at, struct str what,
		    const char *why)
{
	load_add(job, &c->without_effect, what, str_cstr(why), at);
}
