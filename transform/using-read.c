/* Expressions behind USING: their text as forms, bounded in depth and size. */
#include "schema/base/utf8.h"
#include "transform/using-parts.h"

struct reading {
	enum using_language language;
	struct str text;
	size_t at;
	size_t forms, depth;
	struct pool *pool; /* NULL: only the end is looked for */
	size_t *fault_at;
	struct err *e;
};

static int
fail(struct reading *r, size_t from, size_t to, const char *why)
{
	*r->fault_at = from;
	return err_set(r->e, STATUS_USAGE, "%s: %s",
		       show(str_of(r->text.p + from, to - from)).text, why);
}

static char
peek(const struct reading *r, size_t ahead)
{
	return r->at + ahead < r->text.n ? r->text.p[r->at + ahead] : '\0';
}

static bool
is_blank(const struct reading *r, char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' ||
	    (c == ',' && r->language == USING_CLOJURE);
}

/* Of a symbol, a number or a keyword. */
static bool
ends_word(const struct reading *r, char c)
{
	return is_blank(r, c) || c == '\0' || strchr("()\"';`,", c) ||
	    (r->language == USING_CLOJURE && strchr("[]{}", c));
}

static int
skip_blanks(struct reading *r)
{
	while (r->at < r->text.n) {
		size_t from = r->at;

		if (is_blank(r, peek(r, 0))) {
			r->at++;
		} else if (peek(r, 0) == ';') {
			while (r->at < r->text.n && peek(r, 0) != '\n')
				r->at++;
		} else if (r->language == USING_LISP && peek(r, 0) == '#' &&
			   peek(r, 1) == '|') {
			for (r->at += 2;
			     r->at < r->text.n && !(peek(r, 0) == '|' && peek(r, 1) == '#');)
				r->at++;
			if (r->at >= r->text.n)
				return fail(r, from, r->text.n, "a comment without its end");
			r->at += 2;
		} else {
			break;
		}
	}
	return 0;
}

static struct form *
new_form(struct reading *r, enum form_kind kind)
{
	static struct form nowhere;
	struct form *f = r->pool ? pool_get(r->pool, sizeof(*f)) : &nowhere;

	f->kind = kind;
	return f;
}

static struct str
keep(const struct reading *r, struct str s)
{
	return r->pool ? pool_str(r->pool, s) : s;
}

/* --- words --------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	const char *text;
} lisp_characters[] = {
	{ "space", " " },   { "tab", "\t" },  { "newline", "\n" },   { "linefeed", "\n" },
	{ "return", "\r" }, { "page", "\f" }, { "backspace", "\b" },
};

/* What stands behind #\ or \: one character, or its name. */
static int
read_character(struct reading *r, size_t from, struct form *f)
{
	struct str word;
	size_t n = utf8_length(r->text.p + r->at, r->text.n - r->at);

	if (n == 0)
		return fail(r, from, r->text.n, "a character is missing");
	r->at += n;
	while (n > 0 && r->at < r->text.n && !ends_word(r, peek(r, 0)))
		r->at++;
	word = str_of(r->text.p + from, r->at - from);
	word = r->language == USING_LISP ? str_of(word.p + 2, word.n - 2)
					 : str_of(word.p + 1, word.n - 1);
	f->text = keep(r, word);
	if (word.n == n)
		return 0;
	for (size_t i = 0; i < sizeof(lisp_characters) / sizeof(lisp_characters[0]); i++)
		if (str_eq_nocase(word, str_cstr(lisp_characters[i].name))) {
			f->text = str_cstr(lisp_characters[i].text);
			return 0;
		}
	return fail(r, from, r->at, "no character of this name");
}

static char
clojure_escape(char c)
{
	switch (c) {
	case 'n': return '\n';
	case 't': return '\t';
	case 'r': return '\r';
	case 'b': return '\b';
	case 'f': return '\f';
	case '\\':
	case '"': return c;
	default: return '\0';
	}
}

/* "x", in which a backslash stands before a quote and itself; in Clojure before a few letters too. */
static int
read_text(struct reading *r, size_t from, struct form *f)
{
	struct buf b = { 0 };
	int result = 0;

	for (r->at++; result == 0 && r->at < r->text.n && peek(r, 0) != '"'; r->at++) {
		char c = peek(r, 0);

		if (c == '\\') {
			r->at++;
			c = r->language == USING_CLOJURE ? clojure_escape(peek(r, 0))
							 : peek(r, 0);
			if (c == '\0' && r->at < r->text.n)
				result = fail(r, from, r->at + 1, "no such escape in a text");
		}
		buf_addc(&b, c);
	}
	if (result == 0 && r->at >= r->text.n)
		result = fail(r, from, r->text.n, "a text without its end");
	r->at++;
	f->text = keep(r, b.n ? buf_str(&b) : STR(""));
	buf_release(&b);
	return result;
}

/* |a b|, exactly so. */
static int
read_bars(struct reading *r, size_t from, struct form *f)
{
	for (r->at++; r->at < r->text.n && peek(r, 0) != '|';)
		r->at++;
	if (r->at >= r->text.n)
		return fail(r, from, r->text.n, "a name without its second |");
	f->exact = true;
	f->text = str_of(r->text.p + from + 1, r->at - from - 1);
	r->at++;
	return 0;
}

/* Packages of Common Lisp whose functions are meant by their names alone. */
static struct str
without_package(const struct reading *r, struct str word)
{
	static const char *const packages[] = {
		"cl",
		"common-lisp",
		"split-sequence",
		"pgloader.transforms",
		"pgloader.user-symbols",
	};
	struct str package, name;

	if (r->language != USING_LISP || !str_cut(word, ':', &package, &name))
		return word;
	for (size_t i = 0; i < sizeof(packages) / sizeof(packages[0]); i++)
		if (str_eq_nocase(package, str_cstr(packages[i])))
			return name.n && name.p[0] == ':' ? str_of(name.p + 1, name.n - 1)
							  : name;
	return word;
}

/* 1: it is none. */
static int
read_integer(struct str word, struct form *f)
{
	bool negative = word.n && word.p[0] == '-';
	size_t i = negative || (word.n && word.p[0] == '+');
	int128 n = 0;

	if (i < word.n && word.p[word.n - 1] == '.')
		word.n--;
	if (i == word.n)
		return 1;
	for (; i < word.n; i++) {
		if (word.p[i] < '0' || word.p[i] > '9')
			return 1;
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, word.p[i] - '0', &n))
			return -1;
	}
	if (!negative && __builtin_sub_overflow((int128)0, n, &n))
		return -1;
	f->kind = FORM_INTEGER;
	f->number = n;
	return 0;
}

/* What begins as a number and is no integer: 1.5, 1/2, 1e3; but for the functions 1+ and 1-. */
static bool
is_other_number(struct str word)
{
	size_t i = word.n && (word.p[0] == '-' || word.p[0] == '+' || word.p[0] == '.');

	if (str_eq(word, STR("1+")) || str_eq(word, STR("1-")))
		return false;
	return i < word.n && word.p[i] >= '0' && word.p[i] <= '9';
}

static int
read_word(struct reading *r, size_t from, struct form *f)
{
	struct str word;
	int result;

	while (r->at < r->text.n && !ends_word(r, peek(r, 0)))
		r->at++;
	word = str_of(r->text.p + from, r->at - from);
	result = read_integer(word, f);
	if (result < 0)
		return fail(r, from, r->at, "an integer of more than 128 bits");
	if (result == 0)
		return 0;
	if (is_other_number(word))
		return fail(r, from, r->at, "only integers are understood, no other numbers");
	f->kind = word.p[0] == ':' && word.n > 1 ? FORM_KEYWORD : FORM_SYMBOL;
	f->text = keep(r,
		       f->kind == FORM_KEYWORD ? str_of(word.p + 1, word.n - 1)
					       : without_package(r, word));
	return 0;
}

/* --- forms --------------------------------------------------------------------------------- */

static int read_form(struct reading *r, struct form **out);

static int
read_list(struct reading *r, size_t from, char close, struct form *f)
{
	struct form **end = &f->child;

	if (++r->depth > USING_MAX_DEPTH)
		return fail(r, from, r->text.n, "nested too deep");
	for (r->at++;;) {
		struct form *child;

		if (skip_blanks(r) < 0)
			return -1;
		if (r->at >= r->text.n)
			return fail(r, from, r->text.n, "a parenthesis without its end");
		if (peek(r, 0) == close)
			break;
		if (read_form(r, &child) < 0)
			return -1;
		if (r->pool) {
			*end = child;
			end = &child->next;
		}
	}
	r->at++;
	r->depth--;
	return 0;
}

static int
read_quoted(struct reading *r, size_t from, struct form *f)
{
	struct form *child;

	if (++r->depth > USING_MAX_DEPTH)
		return fail(r, from, r->text.n, "nested too deep");
	r->at++;
	if (skip_blanks(r) < 0)
		return -1;
	if (r->at >= r->text.n)
		return fail(r, from, r->text.n, "nothing is quoted");
	if (read_form(r, &child) < 0)
		return -1;
	if (r->pool)
		f->child = child;
	r->depth--;
	return 0;
}

static int
read_kind(struct reading *r, size_t from, struct form **out)
{
	bool lisp = r->language == USING_LISP;
	char c = peek(r, 0);

	if (c == '(')
		return read_list(r, from, ')', *out = new_form(r, FORM_LIST));
	if (c == '[' && !lisp)
		return read_list(r, from, ']', *out = new_form(r, FORM_VECTOR));
	if (c == '"')
		return read_text(r, from, *out = new_form(r, FORM_TEXT));
	if (c == '\'')
		return read_quoted(r, from, *out = new_form(r, FORM_QUOTED));
	if (c == '|' && lisp)
		return read_bars(r, from, *out = new_form(r, FORM_SYMBOL));
	if (c == '#' && lisp && peek(r, 1) == '\\') {
		r->at += 2;
		return read_character(r, from, *out = new_form(r, FORM_CHARACTER));
	}
	if (c == '\\' && !lisp) {
		r->at++;
		return read_character(r, from, *out = new_form(r, FORM_CHARACTER));
	}
	if (c == ')' || c == ']')
		return fail(r, from, from + 1, "it closes nothing");
	if (c == '#' || c == '`' || c == ',' || c == '{' || c == '}' || c == '@' || c == '\0') {
		for (r->at++; r->at < r->text.n && !is_blank(r, peek(r, 0)) &&
		     !strchr("()", peek(r, 0));)
			r->at++;
		return fail(r, from, r->at, "not understood here");
	}
	return read_word(r, from, *out = new_form(r, FORM_SYMBOL));
}

/* Of what begins at the next byte, which is no blank. */
static int
read_form(struct reading *r, struct form **out)
{
	size_t from = r->at;

	if (++r->forms > USING_MAX_FORMS)
		return fail(r, from, r->text.n, "more forms than an expression may have");
	if (read_kind(r, from, out) < 0)
		return -1;
	(*out)->raw = str_of(r->text.p + from, r->at - from);
	return 0;
}

static int
read_first(struct reading *r, struct form **out)
{
	if (skip_blanks(r) < 0)
		return -1;
	if (r->at >= r->text.n) {
		*r->fault_at = r->at;
		return err_set(r->e, STATUS_USAGE, "there is no expression");
	}
	return read_form(r, out);
}

size_t
using_form(enum using_language language, struct str text, size_t *at, struct err *e)
{
	struct reading r = { .language = language, .text = text, .fault_at = at, .e = e };
	struct form *f;

	if (r.text.n > USING_MAX_BYTES)
		r.text.n = USING_MAX_BYTES;
	return read_first(&r, &f) < 0 ? 0 : r.at;
}

struct form *
using_read(enum using_language language, struct str text, struct pool *pool, size_t *at,
	   struct err *e)
{
	struct reading r = {
		.language = language, .text = text, .pool = pool, .fault_at = at, .e = e
	};
	struct form *f;

	*at = 0;
	if (text.n > USING_MAX_BYTES) {
		fail(&r, 0, text.n, "longer than an expression may be");
		return NULL;
	}
	if (read_first(&r, &f) < 0 || skip_blanks(&r) < 0)
		return NULL;
	if (r.at < text.n) {
		fail(&r, r.at, text.n, "one form is an expression, this is behind it");
		return NULL;
	}
	return f;
}

size_t
form_count(const struct form *f)
{
	size_t n = 0;

	for (const struct form *c = f->child; c; c = c->next)
		n++;
	return n;
}

bool
form_is(const struct form *f, const char *symbol)
{
	return f && f->kind == FORM_SYMBOL && !f->exact &&
	    str_eq_nocase(f->text, str_cstr(symbol));
}
