/* Cast rules: the types in them. */
#include "transform/rules-parse.h"

struct str
rule_keep(struct parsing *p, struct buf *b)
{
	struct str s = pool_str(&p->rules->pool, buf_str(b));

	buf_release(b);
	return s;
}

/* interval year to month, and its like: this `to` belongs to the type. */
static bool
is_interval_to(const struct parsing *p, const struct token *before)
{
	static const char *const from[] = { "year", "day", "hour", "minute", NULL };
	static const char *const until[] = { "month", "hour", "minute", "second", NULL };

	return before->raw.p && lex_is(&p->token, "to") && lex_is_one_of(before, from) &&
	    lex_is_one_of(&p->ahead, until);
}

/* Whether what stands here cannot belong to a type any more. */
static bool
ends_type(const struct parsing *p, const struct token *before)
{
	static const char *const words[] = { "to",      "when",  "and",    "keep",
					     "drop",    "set",   "using",  "mask",
					     "rename",  "type",  "column", "table",
					     "neutral", "alter", "cast",   NULL };
	const struct token *t = &p->token;

	return t->kind == TOKEN_END || t->kind == TOKEN_STRING || t->kind == TOKEN_REGEX ||
	    (lex_is_one_of(t, words) && !is_interval_to(p, before)) ||
	    ((lex_is(t, "with") || lex_is(t, "without")) && !lex_is(&p->ahead, "time")) ||
	    (t->kind == TOKEN_PUNCT && !strchr("().[]", t->raw.p[0]));
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

/* Behind a '(' in a type: a ')' or what may stand between them. */
static bool
is_in_parens(const struct token *t)
{
	return t->kind == TOKEN_WORD || t->kind == TOKEN_QUOTED ||
	    (t->kind == TOKEN_PUNCT && strchr("),-.", t->raw.p[0]));
}

/*
 * The words of a type with its parentheses, blanks tidied. The first of them may be any word.
 * *second is the second word outside of parentheses, if there is one.
 */
static int
parse_type_text(struct parsing *p, const char *what, struct str *out, struct token *second)
{
	struct token before = { 0 };
	struct buf b = { 0 };
	int depth = 0;

	*second = before;
	for (;;) {
		const struct token *t = &p->token;
		bool first = b.n == 0 && t->kind == TOKEN_WORD;

		if (depth ? !is_in_parens(t) : !first && ends_type(p, &before))
			break;
		depth += lex_is_punct(t, '(');
		depth -= lex_is_punct(t, ')');
		if (depth < 0)
			break;
		if (blank_between(&before, t)) {
			buf_addc(&b, ' ');
			if (!second->raw.p && depth == 0)
				*second = *t;
		}
		buf_add(&b, t->raw);
		before = *t;
		lex_advance(p);
	}
	*out = rule_keep(p, &b);
	if (depth > 0)
		return lex_expected(p, "')'");
	if (depth < 0 || out->n == 0 || p->failed)
		return lex_expected(p, what);
	return 0;
}

/*
 * A type of PostgreSQL. Types of several words are PostgreSQL's own, so what is none of them is a
 * word that was meant otherwise.
 */
int
rule_parse_target_type(struct parsing *p, struct str *out)
{
	struct token second;
	struct type t;

	if (parse_type_text(p, "a type of PostgreSQL behind to", out, &second) < 0)
		return -1;
	type_parse_pg(*out, &t);
	if (second.raw.p && t.kind == TYPE_OTHER &&
	    !str_starts_nocase(*out, STR("interval ")) &&
	    !str_starts_nocase(*out, STR("national "))) {
		p->token = second;
		return lex_expected(p, "what a rule does, or a type that PostgreSQL has");
	}
	return 0;
}

bool
rule_is_glob(struct str s)
{
	return s.n && (memchr(s.p, '*', s.n) || memchr(s.p, '?', s.n));
}

struct pattern *
rule_parse_regex(struct parsing *p, bool nocase)
{
	struct token t = p->token;
	struct err e = { 0 };
	struct pattern *pattern;

	lex_advance(p);
	if (p->failed)
		return NULL;
	pattern = pattern_regex(&p->rules->pool, &p->rules->matcher, t.value, nocase, &e);
	if (!pattern)
		lex_fail(p, &t, e.text);
	return pattern;
}

int
rule_parse_source_type(struct parsing *p, struct rule *rule)
{
	struct token begin = p->token, second;
	struct buf b = { 0 };
	struct str text;

	if (p->token.kind == TOKEN_REGEX) {
		rule->pattern = rule_parse_regex(p, true);
		return rule->pattern ? 0 : -1;
	}
	if (p->token.kind == TOKEN_STRING || p->token.kind == TOKEN_QUOTED) {
		text = p->token.value;
		lex_advance(p);
	} else if (parse_type_text(p, "a type of the source", &text, &second) < 0) {
		return -1;
	}
	rules_normalise_type(&b, text, true);
	rule->type = rule_keep(p, &b);
	if (begin.kind == TOKEN_WORD && rule_is_glob(rule->type)) {
		rule->pattern = pattern_glob(&p->rules->pool, rule->type);
		return 0;
	}
	rule->parens = rule->type.n && memchr(rule->type.p, '(', rule->type.n);
	rules_cut_words(&rule->type, &rule->is_unsigned, &rule->is_zerofill);
	return 0;
}

/*
 * The kind alone: decimal, timestamp. Some kinds are no type without a number, so they get one.
 */
int
rule_parse_neutral_type(struct parsing *p, struct rule *rule)
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
		return lex_expected(p, "a neutral type (i64, decimal, text, timestamp, …)");
	rule->neutral = t.kind;
	lex_advance(p);
	if (lex_is_punct(&p->token, '('))
		return lex_expected(
		    p, "the neutral type without parentheses: it matches with any");
	return 0;
}

/* --- as rules compare them ---------------------------------------------------------------- */

void
rules_normalise_type(struct buf *b, struct str type, bool parens)
{
	size_t from = b->n;
	int depth = 0;
	bool blank = false, quoted = false;

	for (size_t i = 0; i < type.n; i++) {
		char c = type.p[i];

		/* The labels of an enum may hold anything. */
		quoted ^= depth && c == '\'';
		if (quoted)
			continue;
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

static bool
cut_word(struct str *type, struct str word)
{
	if (type->n <= word.n || !str_eq(str_of(type->p + type->n - word.n, word.n), word))
		return false;
	type->n -= word.n;
	return true;
}

/* The words that MySQL puts behind types of numbers. */
void
rules_cut_words(struct str *type, bool *is_unsigned, bool *is_zerofill)
{
	*is_zerofill = cut_word(type, STR(" zerofill"));
	*is_unsigned = cut_word(type, STR(" unsigned"));
}
