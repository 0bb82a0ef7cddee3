/* SQL as SQLite writes it, cut into tokens. */
#include "schema/sqlite/token.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* SQLite's names: letters, digits, _ and $, and every byte beyond ASCII. */
static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
	    c == '$' || (unsigned char)c >= 0x80;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Bytes of blanks and comments at the beginning of s. A comment with no end goes to the end of the text. */
static size_t
blank_length(struct str s)
{
	size_t i = 0;

	while (i < s.n) {
		if (is_blank(s.p[i])) {
			i++;
		} else if (s.n - i >= 2 && s.p[i] == '-' && s.p[i + 1] == '-') {
			while (i < s.n && s.p[i] != '\n')
				i++;
		} else if (s.n - i >= 2 && s.p[i] == '/' && s.p[i + 1] == '*') {
			/* The star that opens it does not close it too. */
			i += 3;
			while (i < s.n && !(s.p[i] == '/' && s.p[i - 1] == '*'))
				i++;
			i = i < s.n ? i + 1 : s.n;
		} else {
			break;
		}
	}
	return i;
}

/* Bytes up to and with the closing quote, which stands for itself when doubled; 0 when there is none. */
static size_t
quoted_length(struct str s, char quote)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] != quote)
			continue;
		if (i + 1 < s.n && s.p[i + 1] == quote)
			i++;
		else
			return i + 1;
	}
	return 0;
}

static struct token
quoted(struct str s, enum token_kind kind)
{
	size_t n = quoted_length(s, s.p[0]);

	return n ? (struct token){ kind, str_of(s.p, n) } : (struct token){ TOKEN_BAD, s };
}

static struct token
bracketed(struct str s)
{
	const char *end = memchr(s.p, ']', s.n);

	return end ? (struct token){ TOKEN_NAME, str_of(s.p, (size_t)(end - s.p) + 1) }
		   : (struct token){ TOKEN_BAD, s };
}

/* x'…': s begins with x and a quote. */
static struct token
blob(struct str s)
{
	size_t i = 2;

	while (i < s.n && is_hex(s.p[i]))
		i++;
	if (i == s.n || s.p[i] != '\'' || i % 2)
		return (struct token){ TOKEN_BAD, s };
	return (struct token){ TOKEN_BLOB, str_of(s.p, i + 1) };
}

static size_t
digits_from(struct str s, size_t i)
{
	while (i < s.n && is_digit(s.p[i]))
		i++;
	return i;
}

static struct token
number(struct str s)
{
	enum token_kind kind = TOKEN_INTEGER;
	size_t i = 0, sign;

	if (s.n > 2 && s.p[0] == '0' && (s.p[1] == 'x' || s.p[1] == 'X') && is_hex(s.p[2])) {
		for (i = 2; i < s.n && is_hex(s.p[i]);)
			i++;
	} else {
		i = digits_from(s, 0);
		if (i < s.n && s.p[i] == '.') {
			kind = TOKEN_REAL;
			i = digits_from(s, i + 1);
		}
		sign = i + 1 < s.n && (s.p[i + 1] == '+' || s.p[i + 1] == '-');
		if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E') && i + 1 + sign < s.n &&
		    is_digit(s.p[i + 1 + sign])) {
			kind = TOKEN_REAL;
			i = digits_from(s, i + 1 + sign);
		}
	}
	/* 12abc is one wrong token, not two. */
	if (i < s.n && is_name(s.p[i]))
		return (struct token){ TOKEN_BAD, s };
	return (struct token){ kind, str_of(s.p, i) };
}

static struct token
word(struct str s)
{
	size_t i = 1;

	while (i < s.n && is_name(s.p[i]))
		i++;
	return (struct token){ TOKEN_WORD, str_of(s.p, i) };
}

static struct token
mark(struct str s)
{
	static const char *const longer[] = { "->>", "->", "||", "<<", ">>",
					      "<=",  ">=", "<>", "==", "!=" };

	for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++)
		if (str_starts(s, str_cstr(longer[i])))
			return (struct token){ TOKEN_MARK, str_of(s.p, strlen(longer[i])) };
	if (s.p[0] && strchr("(),.+-*/%&|<>=~;", s.p[0]))
		return (struct token){ TOKEN_MARK, str_of(s.p, 1) };
	/* Parameters (?1 :a @a $a) cannot be in a schema, zero bytes in no SQL. */
	return (struct token){ TOKEN_BAD, s };
}

static struct token
token_at(struct str s)
{
	char c;

	if (s.n == 0)
		return (struct token){ TOKEN_END, s };
	c = s.p[0];
	if (c == '\'')
		return quoted(s, TOKEN_STRING);
	if (c == '"' || c == '`')
		return quoted(s, TOKEN_NAME);
	if (c == '[')
		return bracketed(s);
	if (is_digit(c) || (c == '.' && s.n > 1 && is_digit(s.p[1])))
		return number(s);
	if ((c == 'x' || c == 'X') && s.n > 1 && s.p[1] == '\'')
		return blob(s);
	if (is_name(c) && c != '$')
		return word(s);
	return mark(s);
}

struct token
token_next(struct str *rest)
{
	size_t blanks = blank_length(*rest);
	struct token t;

	*rest = str_of(rest->p + blanks, rest->n - blanks);
	t = token_at(*rest);
	*rest = str_of(rest->p + t.text.n, rest->n - t.text.n);
	return t;
}

bool
token_is(const struct token *t, const char *keyword)
{
	return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_cstr(keyword));
}

bool
token_mark(const struct token *t, char c)
{
	return t->kind == TOKEN_MARK && t->text.n == 1 && t->text.p[0] == c;
}

void
token_value(const struct token *t, struct buf *out)
{
	struct str s = t->text;
	char quote;

	if (t->kind != TOKEN_NAME && t->kind != TOKEN_STRING) {
		buf_add(out, s);
		return;
	}
	quote = s.p[0];
	s = str_of(s.p + 1, s.n - 2);
	for (size_t i = 0; i < s.n; i++) {
		buf_addc(out, s.p[i]);
		if (quote != '[' && s.p[i] == quote)
			i++;
	}
}

struct str
token_value_pool(const struct token *t, struct pool *pool)
{
	struct buf b = { 0 };
	struct str value;

	token_value(t, &b);
	value = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return value;
}

struct str
token_text(struct str sql, struct pool *pool)
{
	struct str rest = sql, text;
	struct buf b = { 0 };
	bool first = true;

	for (;;) {
		size_t blanks = blank_length(rest);
		struct str gap = str_of(rest.p, blanks);
		struct token t = token_next(&rest);

		if (t.kind == TOKEN_END)
			break;
		if (!first && gap.n)
			buf_add(&b,
				memchr(gap.p, '-', gap.n) || memchr(gap.p, '/', gap.n)
				    ? STR(" ")
				    : gap);
		buf_add(&b, t.text);
		first = false;
		if (t.kind == TOKEN_BAD)
			break;
	}
	text = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return text;
}
