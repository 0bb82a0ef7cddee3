/* LIKE and GLOB of SQLite as LIKE or a regular expression of PostgreSQL (https://sqlite.org/lang_expr.html, section 5). */
#include "schema/pg/quote.h"
#include "transform/expr-value.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void
like_literal(struct buf *b, char c)
{
	if (c == '%' || c == '_' || c == '\\')
		buf_addc(b, '\\');
	buf_addc(b, c);
}

/* SQLite's LIKE has no escape unless it is given one. Bytes beyond ASCII are literal, so characters stay whole. */
static bool
like_pattern(struct translation *t, struct str s, const struct str *escape, struct buf *b)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (escape && c == escape->p[0]) {
			if (++i == s.n) {
				value_fail(t, "a pattern that ends with its escape");
				return false;
			}
			like_literal(b, s.p[i]);
		} else if (c == '%' || c == '_') {
			buf_addc(b, c);
		} else {
			like_literal(b, c);
		}
		if (is_letter(s.p[i])) {
			value_fail(t, "LIKE ignores case in SQLite");
			return false;
		}
	}
	return true;
}

/* Without sets GLOB is a LIKE that minds case: * is %, and ? is _. */
static void
glob_as_like(struct str s, struct buf *b)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '*')
			buf_addc(b, '%');
		else if (s.p[i] == '?')
			buf_addc(b, '_');
		else
			like_literal(b, s.p[i]);
	}
}

/* Both ends of a range, of which "C" knows the order as bytes have it. */
static bool
same_kind(char a, char b)
{
	return (is_digit(a) && is_digit(b)) ||
	    (is_letter(a) && is_letter(b) && (a & 0x20) == (b & 0x20));
}

/*
 * The set that begins at *i, of ASCII letters, digits, their ranges, and marks that have no meaning in a set of either
 * language. False when it is anything else.
 */
static bool
glob_set(struct str s, size_t *i, struct buf *b)
{
	size_t k = *i + 1, begin;

	buf_addc(b, '[');
	if (k < s.n && s.p[k] == '^') {
		buf_addc(b, '^');
		k++;
	}
	for (begin = k; k < s.n && s.p[k] != ']'; k++) {
		char c = s.p[k];

		if (k + 2 < s.n && s.p[k + 1] == '-' && s.p[k + 2] != ']') {
			if (!same_kind(c, s.p[k + 2]) || c > s.p[k + 2])
				return false;
			buf_add(b, str_of(s.p + k, 3));
			k += 2;
		} else if (is_letter(c) || is_digit(c) || (c && strchr(" _@#%,;!+*?", c))) {
			buf_addc(b, c);
		} else {
			return false;
		}
	}
	if (k >= s.n || k == begin)
		return false;
	buf_addc(b, ']');
	*i = k;
	return true;
}

static bool
glob_as_regex(struct translation *t, struct str s, struct buf *b)
{
	buf_addc(b, '^');
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '*') {
			buf_add(b, STR(".*"));
		} else if (c == '?') {
			buf_addc(b, '.');
		} else if (c == '[') {
			if (!glob_set(s, &i, b)) {
				value_fail(t, "a set in a GLOB");
				return false;
			}
		} else {
			if (!is_letter(c) && !is_digit(c) && (unsigned char)c < 0x80 &&
			    c > ' ' && c != '_')
				buf_addc(b, '\\');
			buf_addc(b, c);
		}
	}
	buf_addc(b, '$');
	return true;
}

static bool
pattern(struct translation *t, const struct tree *n, const struct value *v,
	const struct str *escape, bool *regex, struct buf *b)
{
	*regex = false;
	if (str_eq(n->word, STR("LIKE")))
		return like_pattern(t, v->string, escape, b);
	*regex = v->string.n && memchr(v->string.p, '[', v->string.n);
	if (*regex)
		return glob_as_regex(t, v->string, b);
	glob_as_like(v->string, b);
	return true;
}

struct value
translate_like(struct translation *t, const struct tree *n)
{
	struct value v = translate(t, n->arg[0]), like, escape = { 0 };
	struct buf b = { 0 }, quoted = { 0 };
	bool regex;

	if (t->failed)
		return v;
	like = translate(t, n->arg[1]);
	if (n->arg[2])
		escape = translate(t, n->arg[2]);
	if (t->failed)
		return like;
	if (v.class == EXPR_OTHER)
		return value_truth(t, v);
	if (v.class != EXPR_TEXT || v.epoch)
		return value_fail(t, "$ of $", n->word, str_cstr(value_words(&v)));
	if (like.class != EXPR_TEXT || !like.literal)
		return value_fail(t, "$ with a pattern that is no literal", n->word);
	if (n->arg[2] &&
	    (escape.class != EXPR_TEXT || !escape.literal || escape.string.n != 1 ||
	     strchr("%_", escape.string.p[0]) || str_eq(n->word, STR("GLOB"))))
		return value_fail(t, "an unusual ESCAPE");
	if (pattern(t, n, &like, n->arg[2] ? &escape.string : NULL, &regex, &b)) {
		pg_quote_literal(&quoted, buf_str(&b));
		/* A set is of bytes' order only by "C"; LIKE compares bytes by any collation that PostgreSQL's default can be. */
		v = value_of(EXPR_BOOL, LEVEL_TEST,
			     value_text(t,
					regex            ? n->negated ? "$ COLLATE \"C\" !~ $"
								      : "$ COLLATE \"C\" ~ $"
					    : n->negated ? "$ NOT LIKE $"
							 : "$ LIKE $",
					value_at(t, &v, regex ? LEVEL_ATOM : LEVEL_ADD),
					buf_str(&quoted)));
	}
	buf_release(&b);
	buf_release(&quoted);
	return t->failed ? value_fail(t, "") : v;
}
