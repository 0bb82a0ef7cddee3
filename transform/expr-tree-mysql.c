/* The grammar of MySQL's and MariaDB's expressions: its operators, and what it alone has. */
#include "schema/base/utf8.h"
#include "transform/expr-mysql.h"
#include "transform/expr-parse.h"

static bool
next_is(const struct parser *p, char c)
{
	return p->rest.n && p->rest.p[0] == c;
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static struct str
hex_of(struct pool *pool, struct str s)
{
	struct buf b = { 0 };

	buf_add(&b, STR("x'"));
	for (size_t i = 0; i < s.n; i++)
		buf_addf(&b, "%02x", (unsigned char)s.p[i]);
	buf_addc(&b, '\'');
	s = pool_str(pool, buf_str(&b));
	buf_release(&b);
	return s;
}

/*
 * _utf8mb4'…': the schema text is UTF-8, so the bytes are what the literal says in these character sets, and in all
 * others as long as it is ASCII.
 */
static struct tree *
parse_introduced(struct parser *p)
{
	struct str charset = p->t.text, text;

	parse_advance(p);
	text = parse_value(p);
	parse_advance(p);
	if (str_eq_nocase(charset, STR("_binary")))
		return parse_node(p, TREE_BLOB, hex_of(p->pool, text));
	if (!str_starts_nocase(charset, STR("_utf8")) && !is_ascii(text))
		return parse_fail(p, "a text in another character set");
	return parse_node(p, TREE_TEXT, text);
}

/* CAST(expr AS type), the type as it was written but for blanks. */
static struct tree *
parse_cast(struct parser *p)
{
	struct tree *of;
	struct buf type = { 0 };
	struct str word;
	bool blank = false;

	if (!parse_take_mark(p, '('))
		return parse_fail_here(p, "not understood at");
	of = parse_expression(p, BIND_OR);
	if (of && !parse_take_word(p, "AS"))
		return parse_fail_here(p, "not understood at");
	for (unsigned open = 0; of && !p->failed; parse_advance(p)) {
		bool is_word = p->t.kind == TOKEN_WORD;

		if (open == 0 && token_mark(&p->t, ')'))
			break;
		if (p->t.kind == TOKEN_END || p->t.kind == TOKEN_BAD)
			parse_fail_here(p, "not understood at");
		open += token_mark(&p->t, '(');
		open -= token_mark(&p->t, ')');
		if (blank && is_word)
			buf_addc(&type, ' ');
		buf_add(&type, p->t.text);
		blank = is_word;
	}
	word = pool_str(p->pool, buf_str(&type));
	buf_release(&type);
	if (p->failed || !parse_take_mark(p, ')'))
		return parse_fail(p, "a CAST without a type");
	return parse_node_of(p, TREE_CAST, word, of, NULL);
}

static struct tree *
parse_interval(struct parser *p)
{
	struct tree *n =
	    parse_node_of(p, TREE_INTERVAL, STR_NONE, parse_expression(p, BIND_SIGN), NULL);

	if (!n)
		return NULL;
	if (p->t.kind != TOKEN_WORD)
		return parse_fail_here(p, "not understood at");
	n->word = parse_value(p);
	parse_advance(p);
	return n;
}

/* EXTRACT(unit FROM expr) is what the function of the unit's name gives. */
static struct tree *
parse_extract(struct parser *p)
{
	struct tree *n;

	if (!parse_take_mark(p, '(') || p->t.kind != TOKEN_WORD)
		return parse_fail_here(p, "not understood at");
	n = parse_node(p, TREE_CALL, parse_value(p));
	parse_advance(p);
	if (!parse_take_word(p, "FROM"))
		return parse_fail_here(p, "not understood at");
	parse_list(p, n);
	return p->failed ? NULL : n;
}

/* Functions that need no parentheses. */
static bool
is_bare_call(const struct parser *p)
{
	static const char *const words[] = { "CURRENT_TIMESTAMP", "CURRENT_DATE",
					     "CURRENT_TIME",      "LOCALTIME",
					     "LOCALTIMESTAMP",    "UTC_TIMESTAMP",
					     "UTC_DATE",          "UTC_TIME" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (token_is(&p->t, words[i]) && !next_is(p, '('))
			return true;
	return false;
}

static struct tree *
first(struct parser *p)
{
	struct str word = p->t.text;

	if (parse_take_mark(p, '!'))
		return parse_node_of(p, TREE_NOT, STR_NONE, parse_expression(p, BIND_SIGN),
				     NULL);
	if (p->t.kind == TOKEN_BITS) {
		struct tree *n = parse_node(p, TREE_BITS, parse_value(p));

		parse_advance(p);
		return n;
	}
	if (p->t.kind == TOKEN_BLOB) {
		struct tree *n = parse_node(p, TREE_BLOB, parse_value(p));

		n->quoted = word.p[0] != '0';
		parse_advance(p);
		return n;
	}
	if (p->t.kind != TOKEN_WORD)
		return NULL;
	if (word.p[0] == '_' && (next_is(p, '\'') || next_is(p, '"')))
		return parse_introduced(p);
	/* Of DATE'2024-02-29' the text says it all. */
	if (next_is(p, '\'') &&
	    (token_is(&p->t, "DATE") || token_is(&p->t, "TIMESTAMP") ||
	     token_is(&p->t, "TIME"))) {
		parse_advance(p);
		return NULL;
	}
	if (is_bare_call(p)) {
		parse_advance(p);
		return parse_node(p, TREE_CALL, word);
	}
	if (parse_take_word(p, "CAST"))
		return parse_cast(p);
	if (parse_take_word(p, "INTERVAL"))
		return parse_interval(p);
	if (parse_take_word(p, "EXTRACT"))
		return parse_extract(p);
	if (parse_take_word(p, "UNKNOWN"))
		return parse_node(p, TREE_NULL, STR_NONE);
	return NULL;
}

/*
 * https://dev.mysql.com/doc/refman/8.0/en/operator-precedence.html; but in the servers' grammar BETWEEN, IN and LIKE
 * take their operands before a comparison does.
 */
static const struct operator operators[] = {
	{ .text = "OR", .bind = BIND_OR },
	{ .text = "||", .bind = BIND_OR },
	{ .text = "XOR", .bind = BIND_XOR },
	{ .text = "AND", .bind = BIND_AND },
	{ .text = "&&", .bind = BIND_AND, .is = "AND" },
	{ .text = "=", .bind = BIND_EQUAL },
	{ .text = "<=>", .bind = BIND_EQUAL },
	{ .text = "<>", .bind = BIND_EQUAL },
	{ .text = "!=", .bind = BIND_EQUAL },
	{ .text = "<", .bind = BIND_EQUAL },
	{ .text = "<=", .bind = BIND_EQUAL },
	{ .text = ">", .bind = BIND_EQUAL },
	{ .text = ">=", .bind = BIND_EQUAL },
	{ .text = "IS", .bind = BIND_EQUAL, .form = true },
	{ .text = "NOT", .bind = BIND_ORDER, .form = true },
	{ .text = "BETWEEN", .bind = BIND_ORDER, .form = true },
	{ .text = "IN", .bind = BIND_ORDER, .form = true },
	{ .text = "LIKE", .bind = BIND_ORDER, .form = true },
	{ .text = "REGEXP", .bind = BIND_ORDER, .form = true },
	{ .text = "RLIKE", .bind = BIND_ORDER, .form = true },
	{ .text = "|", .bind = BIND_BITS },
	{ .text = "&", .bind = BIND_MYSQL_AND },
	{ .text = "<<", .bind = BIND_MYSQL_SHIFT },
	{ .text = ">>", .bind = BIND_MYSQL_SHIFT },
	{ .text = "+", .bind = BIND_ADD },
	{ .text = "-", .bind = BIND_ADD },
	{ .text = "*", .bind = BIND_MULTIPLY },
	{ .text = "/", .bind = BIND_MULTIPLY },
	{ .text = "%", .bind = BIND_MULTIPLY },
	{ .text = "MOD", .bind = BIND_MULTIPLY, .is = "%" },
	{ .text = "DIV", .bind = BIND_MULTIPLY },
	{ .text = "^", .bind = BIND_CONCAT },
	{ .text = "COLLATE", .bind = BIND_MYSQL_COLLATE },
	{ 0 },
};

const struct grammar grammar_mysql = { mysql_token_next, mysql_token_value, first, operators };
