/*
 * pgloader's command files: CAST. Its rules are in the grammar of ours, so the parser of rules reads them here too; they
 * become lines of the job's rules, said as pgloader's version means them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "transform/load-parse.h"

/* A rule without its comments, in one line (but for functions, which stay as they are), and where its tokens stood. */
struct line {
	struct buf text;
	struct {
		size_t offset, at; /* in the line; in the file */
	} * tokens;
	size_t count, cap;
	size_t end; /* in the file */
};

/* --- the words of a rule ------------------------------------------------------------------ */

/* name: what stands here is the name of something, whatever the word. */
static bool
ends_rule(struct load_parser *p, int depth, bool name)
{
	if (p->token.kind == LOAD_END || p->token.kind == LOAD_BROKEN || load_is_punct(p, ';'))
		return true;
	if (depth > 0 || (name && p->token.kind == LOAD_WORD))
		return false;
	if (load_is_punct(p, ','))
		return true;
	/* Words that rules have too. */
	if (load_at(p, "set not null") || load_at(p, "set default") ||
	    load_at(p, "with extra") || load_at(p, "with time zone"))
		return false;
	return load_clause(p) != NULL;
}

static void
add_token(struct load_parser *p, struct line *l, struct str text)
{
	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 16;
		l->tokens = mem_grow(l->tokens, l->cap, sizeof(*l->tokens));
	}
	if (l->text.n && p->token.at > p->before)
		buf_addc(&l->text, ' ');
	l->tokens[l->count].offset = l->text.n;
	l->tokens[l->count++].at = p->token.at;
	buf_add(&l->text, text);
}

/* on_update_current_timestamp is how pgloader 4 spells it; a type of several words may stand in quotes. */
static struct str
our_spelling(struct load_parser *p, bool behind_to)
{
	if (load_is(p, "on_update_current_timestamp"))
		return STR("on update current timestamp");
	if (behind_to && p->token.kind == LOAD_QUOTED &&
	    memchr(p->token.value.p, ' ', p->token.value.n))
		return p->token.value;
	return p->token.raw;
}

/* (lambda …) is of Lisp, (fn …) of Clojure. */
static bool
is_function(struct load_parser *p, enum using_language *language)
{
	size_t at = p->token.at, before = p->before;
	bool lisp, clojure;

	if (!load_is_punct(p, '('))
		return false;
	load_advance(p);
	lisp = load_is(p, "lambda");
	clojure = load_is(p, "fn");
	load_go(p, at);
	p->before = before;
	*language = lisp ? USING_LISP : USING_CLOJURE;
	return lisp || clojure;
}

/* Behind using: as an expression of ours. */
static int
take_function(struct load_parser *p, struct line *l, enum using_language language)
{
	size_t from = p->token.at, at = 0, n;
	struct str rest = str_of(p->text.p + from, p->text.n - from);
	struct err e = { 0 };

	n = using_form(language, rest, &at, &e);
	if (n == 0)
		return load_fail(p, from + at, "%s", e.text);
	if (using_check(language, str_of(rest.p, n), &at, &e) < 0)
		return load_fail(
		    p, from + at,
		    "%s; a filter of rows in the pipe does what is not understood here",
		    e.text);
	buf_addf(&l->text, " %s ", using_word(language));
	p->before = from;
	add_token(p, l, str_of(rest.p, n));
	load_go(p, from + n);
	p->before = from + n;
	return 0;
}

static int
take_line(struct load_parser *p, struct line *l)
{
	enum using_language language;
	bool behind_to = false, behind_using = false, name = false;
	int depth = 0;

	p->before = p->token.at;
	while (!ends_rule(p, depth, name)) {
		if (behind_using && is_function(p, &language)) {
			if (take_function(p, l, language) < 0)
				return -1;
			behind_using = false;
			continue;
		}
		depth += load_is_punct(p, '(');
		depth -= load_is_punct(p, ')');
		add_token(p, l, our_spelling(p, behind_to));
		behind_to = load_is(p, "to");
		behind_using = load_is(p, "using");
		name = load_is(p, "type") || load_is(p, "column") || load_is_punct(p, '.');
		load_advance(p);
	}
	l->end = p->before;
	return p->token.kind == LOAD_BROKEN ? load_expected(p, "") : 0;
}

/* --- what the parser of rules says -------------------------------------------------------- */

/* The offset of a place in the line, which has several where functions have. */
static size_t
offset_of(const struct line *l, size_t line, size_t column)
{
	size_t i = 0;

	for (; line > 1 && i < l->text.n; i++)
		line -= l->text.p[i] == '\n';
	return i + column - 1;
}

/* x:LINE:COLUMN: what. The end of its text is not that of the file. */
static int
fail_as(struct load_parser *p, const struct line *l, const struct err *e)
{
	const char *what = e->text;
	size_t place[2] = { 0 }, at = l->end, offset;
	const char *end;

	for (int colons = 0; *what && colons < 3; what++) {
		if (colons > 0 && *what >= '0' && *what <= '9')
			place[colons - 1] = place[colons - 1] * 10 + (size_t)(*what - '0');
		colons += *what == ':';
	}
	what += *what == ' ';
	offset = offset_of(l, place[0], place[1]);
	for (size_t i = 0; i < l->count && l->tokens[i].offset <= offset; i++)
		at = l->tokens[i].at + (offset - l->tokens[i].offset);
	end = strstr(what, ", got the end of the file");
	if (end)
		return load_fail(p, l->end, "%.*s, got the end of the rule", (int)(end - what),
				 what);
	return load_fail(p, at, "%s", what);
}

/*
 * The rule as ours. To pgloader 3 a rule that does not speak of auto_increment does not match such a column, nor
 * one that does not speak of on update current timestamp.
 */
static void
add_rule(struct load_parser *p, struct load_command *c, const struct rule *rule,
	 struct str text)
{
	bool identity = rule->with_identity || rule->without_identity;
	bool onupdate = rule->with_onupdate || rule->without_onupdate;

	buf_add(&c->casts, str_trim(str_of(text.p, rule->head.n)));
	if (p->job->version == 3 && (rule->kind == RULE_TYPE || rule->kind == RULE_COLUMN)) {
		if (!identity && !onupdate)
			buf_add(&c->casts, STR(" without extra"));
		else if (!identity)
			buf_add(&c->casts, STR(" without extra auto_increment"));
		else if (!onupdate)
			buf_add(&c->casts, STR(" without extra on update current timestamp"));
	}
	buf_addc(&c->casts, ' ');
	buf_add(&c->casts, str_trim(str_of(text.p + rule->head.n, text.n - rule->head.n)));
	buf_addc(&c->casts, '\n');
}

static int
parse_rule(struct load_parser *p, struct load_command *c)
{
	struct line l = { 0 };
	struct rule **before = p->job->rules.end;
	struct err e = { 0 };
	int result;

	if (!load_is(p, "type") && !load_is(p, "column"))
		return load_expected(p, "type or column");
	result = take_line(p, &l);
	if (result == 0 && rules_parse(&p->job->rules, "x", buf_str(&l.text), false, &e) < 0)
		result = fail_as(p, &l, &e);
	else if (result == 0 && *before && !(*before)->next)
		add_rule(p, c, *before, buf_str(&l.text));
	else if (result == 0)
		result = load_fail(p, l.tokens[0].at,
				   "expected one rule, then ',' or the next clause");
	buf_release(&l.text);
	free(l.tokens);
	return result;
}

int
load_parse_casts(struct load_parser *p, struct load_command *c)
{
	do
		if (parse_rule(p, c) < 0)
			return -1;
	while (load_take_punct(p, ','));
	return 0;
}
