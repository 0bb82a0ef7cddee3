/* Expressions of MySQL and MariaDB, cut into tokens (https://dev.mysql.com/doc/refman/8.0/en/language-structure.html). */
#include "transform/expr-mysql.h"

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

static bool
is_bit(char c)
{
	return c == '0' || c == '1';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
	    c == '$' || (unsigned char)c >= 0x80;
}

static struct token
bad(struct str s)
{
	return (struct token){ TOKEN_BAD, s };
}

/* A backslash takes what is behind it along, but in a name. */
static struct token
quoted(struct str s, enum token_kind kind)
{
	for (size_t i = 1; i < s.n; i++) {
		bool doubled = s.p[i] == s.p[0] && i + 1 < s.n && s.p[i + 1] == s.p[0];

		if (doubled || (s.p[i] == '\\' && kind == TOKEN_STRING))
			i++;
		else if (s.p[i] == s.p[0])
			return (struct token){ kind, str_of(s.p, i + 1) };
	}
	return bad(s);
}

/* The length of x'41' and 0x41 or b'101' and 0b101, whose digits are of this kind; 0 when s is neither. */
static size_t
based_length(struct str s, char letter, bool (*digit)(char))
{
	bool prefix = s.n > 2 && s.p[0] == '0' && s.p[1] == letter && digit(s.p[2]);
	size_t i = 2;

	if (!prefix && !(s.n > 2 && (s.p[0] | 0x20) == letter && s.p[1] == '\''))
		return 0;
	while (i < s.n && digit(s.p[i]))
		i++;
	if (prefix)
		return i < s.n && is_name(s.p[i]) ? 0 : i;
	return i < s.n && s.p[i] == '\'' ? i + 1 : 0;
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
	size_t i = digits_from(s, 0), sign;

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
	if (i < s.n && is_name(s.p[i]))
		return bad(s);
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

/* Neither server writes a comment into an expression: what begins one is no token, or marks that go together nowhere. */
static struct token
mark(struct str s)
{
	static const char *const longer[] = { "<=>", "->>", "->", "||", "&&", "<<",
					      ">>",  "<=",  ">=", "<>", "!=" };

	for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++)
		if (str_starts(s, str_cstr(longer[i])))
			return (struct token){ TOKEN_MARK, str_of(s.p, strlen(longer[i])) };
	if (str_starts(s, STR("--")) && (s.n == 2 || (unsigned char)s.p[2] <= ' '))
		return bad(s);
	if (s.p[0] && strchr("(),.+-*/%&|^<>=~!", s.p[0]))
		return (struct token){ TOKEN_MARK, str_of(s.p, 1) };
	return bad(s);
}

static struct token
token_at(struct str s)
{
	size_t n;
	char c;

	if (s.n == 0)
		return (struct token){ TOKEN_END, s };
	c = s.p[0];
	if (c == '\'' || c == '"')
		return quoted(s, TOKEN_STRING);
	if (c == '`')
		return quoted(s, TOKEN_NAME);
	n = based_length(s, 'x', is_hex);
	if (n)
		return (struct token){ TOKEN_BLOB, str_of(s.p, n) };
	n = based_length(s, 'b', is_bit);
	if (n)
		return (struct token){ TOKEN_BITS, str_of(s.p, n) };
	if (is_digit(c) || (c == '.' && s.n > 1 && is_digit(s.p[1])))
		return number(s);
	return is_name(c) && c != '$' ? word(s) : mark(s);
}

struct token
mysql_token_next(struct str *rest)
{
	struct token t;

	while (rest->n && rest->p[0] && strchr(" \t\n\r", rest->p[0]))
		*rest = str_of(rest->p + 1, rest->n - 1);
	t = token_at(*rest);
	*rest = str_of(rest->p + t.text.n, rest->n - t.text.n);
	return t;
}

/* What a backslash and c stand for; in front of a wildcard it stays, for LIKE to see it. */
static void
add_escaped(struct buf *out, char c)
{
	static const char letters[] = "0bnrtZ", bytes[] = "\0\b\n\r\t\032";
	const char *at = c ? strchr(letters, c) : NULL;

	if (c == '%' || c == '_')
		buf_addc(out, '\\');
	buf_addc(out, at ? bytes[at - letters] : c);
}

static void
add_digits(struct buf *out, struct str s)
{
	s = str_of(s.p + 2, s.n - 2);
	buf_add(out, s.n && s.p[s.n - 1] == '\'' ? str_of(s.p, s.n - 1) : s);
}

void
mysql_token_value(const struct token *t, struct buf *out)
{
	struct str s = t->text;

	switch (t->kind) {
	case TOKEN_BITS: add_digits(out, s); return;
	case TOKEN_BLOB:
		buf_add(out, STR("x'"));
		/* 0x1 is one byte, as 0x01 is. */
		if (s.p[0] == '0' && s.n % 2)
			buf_addc(out, '0');
		add_digits(out, s);
		buf_addc(out, '\'');
		return;
	case TOKEN_NAME:
	case TOKEN_STRING: break;
	default: buf_add(out, s); return;
	}
	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '\\' && t->kind == TOKEN_STRING) {
			add_escaped(out, s.p[++i]);
			continue;
		}
		buf_addc(out, s.p[i]);
		if (s.p[i] == s.p[0])
			i++;
	}
}

/* Whether a backslash stands before the first quote: no text does that which was not escaped as a whole. */
static bool
is_escaped(struct str s)
{
	struct token t;

	while ((t = mysql_token_next(&s)).kind != TOKEN_END)
		if (t.kind == TOKEN_BAD)
			return t.text.n > 1 && t.text.p[0] == '\\' &&
			    (t.text.p[1] == '\'' || t.text.p[1] == '"');
	return false;
}

struct str
mysql_expression(struct str sql, struct pool *pool)
{
	struct buf b = { 0 };

	if (!is_escaped(sql))
		return sql;
	for (size_t i = 0; i < sql.n; i++) {
		if (sql.p[i] == '\\' && i + 1 < sql.n)
			add_escaped(&b, sql.p[++i]);
		else
			buf_addc(&b, sql.p[i]);
	}
	sql = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return sql;
}
