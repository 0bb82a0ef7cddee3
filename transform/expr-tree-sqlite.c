/* The grammar of SQLite's expressions: its operators, and what it alone has. */
#include "transform/expr-parse.h"

/* CAST(expr AS words(1,2)): the words decide, what is in parentheses never does. */
static struct tree *
parse_cast(struct parser *p)
{
	struct tree *n, *of;
	struct buf type = { 0 };

	if (!parse_take_mark(p, '('))
		return parse_fail_here(p, "not understood at");
	of = parse_expression(p, BIND_OR);
	if (of && !parse_take_word(p, "AS"))
		return parse_fail_here(p, "not understood at");
	while (p->t.kind == TOKEN_WORD || p->t.kind == TOKEN_NAME) {
		if (type.n)
			buf_addc(&type, ' ');
		token_value(&p->t, &type);
		parse_advance(p);
	}
	n = of ? parse_node_of(p, TREE_CAST, pool_str(p->pool, buf_str(&type)), of, NULL)
	       : NULL;
	buf_release(&type);
	if (parse_take_mark(p, '(')) {
		while (p->t.kind == TOKEN_INTEGER || token_mark(&p->t, ','))
			parse_advance(p);
		if (!parse_take_mark(p, ')'))
			return parse_fail_here(p, "not understood at");
	}
	if (!parse_take_mark(p, ')'))
		return parse_fail_here(p, "not understood at");
	return n;
}

static struct tree *
first(struct parser *p)
{
	if (parse_take_word(p, "CAST"))
		return parse_cast(p);
	if (token_is(&p->t, "RAISE"))
		return parse_fail(p, "RAISE");
	if (token_is(&p->t, "CURRENT_TIMESTAMP") || token_is(&p->t, "CURRENT_DATE") ||
	    token_is(&p->t, "CURRENT_TIME")) {
		struct tree *n = parse_node(p, TREE_NOW, p->t.text);

		parse_advance(p);
		return n;
	}
	return NULL;
}

/* https://sqlite.org/lang_expr.html, section 2. */
static const struct operator operators[] = {
	{ .text = "OR", .bind = BIND_OR },
	{ .text = "AND", .bind = BIND_AND },
	{ .text = "=", .bind = BIND_EQUAL },
	{ .text = "==", .bind = BIND_EQUAL },
	{ .text = "<>", .bind = BIND_EQUAL },
	{ .text = "!=", .bind = BIND_EQUAL },
	{ .text = "IS", .bind = BIND_EQUAL, .form = true },
	{ .text = "ISNULL", .bind = BIND_EQUAL, .form = true },
	{ .text = "NOTNULL", .bind = BIND_EQUAL, .form = true },
	{ .text = "NOT", .bind = BIND_EQUAL, .form = true },
	{ .text = "BETWEEN", .bind = BIND_EQUAL, .form = true },
	{ .text = "IN", .bind = BIND_EQUAL, .form = true },
	{ .text = "LIKE", .bind = BIND_EQUAL, .form = true },
	{ .text = "GLOB", .bind = BIND_EQUAL, .form = true },
	{ .text = "MATCH", .bind = BIND_EQUAL, .form = true },
	{ .text = "REGEXP", .bind = BIND_EQUAL, .form = true },
	{ .text = "<", .bind = BIND_ORDER },
	{ .text = "<=", .bind = BIND_ORDER },
	{ .text = ">", .bind = BIND_ORDER },
	{ .text = ">=", .bind = BIND_ORDER },
	{ .text = "&", .bind = BIND_BITS },
	{ .text = "|", .bind = BIND_BITS },
	{ .text = "<<", .bind = BIND_BITS },
	{ .text = ">>", .bind = BIND_BITS },
	{ .text = "+", .bind = BIND_ADD },
	{ .text = "-", .bind = BIND_ADD },
	{ .text = "*", .bind = BIND_MULTIPLY },
	{ .text = "/", .bind = BIND_MULTIPLY },
	{ .text = "%", .bind = BIND_MULTIPLY },
	{ .text = "||", .bind = BIND_CONCAT },
	{ .text = "->", .bind = BIND_CONCAT },
	{ .text = "->>", .bind = BIND_CONCAT },
	{ .text = "COLLATE", .bind = BIND_COLLATE },
	{ 0 },
};

const struct grammar grammar_sqlite = { token_next, token_value, first, operators };
