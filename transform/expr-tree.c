/* Expressions of SQLite as trees: precedence climbing over the tokens of schema/sqlite. */
#include "transform/expr-tree.h"
#include "schema/base/prog.h"

/* Operators that bind tighter have greater numbers (https://sqlite.org/lang_expr.html, section 2). */
enum {
	BIND_NONE,
	BIND_OR,
	BIND_AND,
	BIND_NOT,
	BIND_EQUAL, /* = IS BETWEEN IN LIKE … */
	BIND_ORDER, /* < <= > >= */
	BIND_ESCAPE,
	BIND_BITS, /* & | << >> */
	BIND_ADD,
	BIND_MULTIPLY,
	BIND_CONCAT, /* || -> ->> */
	BIND_COLLATE,
	BIND_SIGN, /* unary ~ + - */
};

struct parser {
	struct str rest;
	struct token t; /* the one that is looked at */
	unsigned tokens, depth;
	struct pool *pool;
	struct buf *why;
	bool failed;
};

static struct tree *parse(struct parser *p, int bind);

/* The first reason stays. */
static struct tree *
fail(struct parser *p, const char *reason)
{
	if (!p->failed)
		buf_add(p->why, str_cstr(reason));
	p->failed = true;
	return NULL;
}

static struct tree *
fail_here(struct parser *p, const char *before)
{
	struct buf b = { 0 };

	if (p->t.kind == TOKEN_END)
		buf_addf(&b, "%s the end", before);
	else
		buf_addf(&b, "%s %s", before, show(p->t.text).text);
	fail(p, buf_cstr(&b));
	buf_release(&b);
	return NULL;
}

static void
advance(struct parser *p)
{
	p->t = token_next(&p->rest);
	if (++p->tokens > TREE_TOKENS) {
		fail(p, "the expression is too long");
		p->rest.n = 0;
		p->t = (struct token){ .kind = TOKEN_END };
	}
}

static bool
take_word(struct parser *p, const char *word)
{
	if (!token_is(&p->t, word))
		return false;
	advance(p);
	return true;
}

static bool
take_mark(struct parser *p, char c)
{
	if (!token_mark(&p->t, c))
		return false;
	advance(p);
	return true;
}

static struct tree *
node(struct parser *p, enum tree_kind kind, struct str word)
{
	struct tree *n = pool_get(p->pool, sizeof(*n));

	n->kind = kind;
	n->word = word;
	n->depth = 1;
	return n;
}

static void
grow(struct parser *p, struct tree *n, const struct tree *child)
{
	if (!child || child->depth < n->depth)
		return;
	n->depth = child->depth + 1;
	if (n->depth > TREE_DEPTH)
		fail(p, "the expression is nested too deep");
}

/* A node with its operands; NULL when one of them is missing. */
static struct tree *
node_of(struct parser *p, enum tree_kind kind, struct str word, struct tree *a, struct tree *b)
{
	struct tree *n = node(p, kind, word);

	n->arg[0] = a;
	n->arg[1] = b;
	grow(p, n, a);
	grow(p, n, b);
	return p->failed ? NULL : n;
}

/* expr, expr, … up to the closing parenthesis, which is taken too. */
static void
parse_list(struct parser *p, struct tree *owner)
{
	struct tree **end = &owner->list;

	if (take_mark(p, ')'))
		return;
	do {
		struct tree *item = parse(p, BIND_OR);

		if (!item)
			return;
		grow(p, owner, item);
		*end = item;
		end = &item->next;
	} while (take_mark(p, ','));
	if (!take_mark(p, ')'))
		fail_here(p, "not understood at");
}

/* --- what begins an expression ------------------------------------------------------------------------------- */

static struct tree *
parse_parentheses(struct parser *p)
{
	struct tree *n;

	if (token_is(&p->t, "SELECT") || token_is(&p->t, "WITH") || token_is(&p->t, "VALUES"))
		return fail(p, "a sub-select");
	n = parse(p, BIND_OR);
	if (n && token_mark(&p->t, ','))
		return fail(p, "values of several columns");
	if (n && !take_mark(p, ')'))
		return fail_here(p, "not understood at");
	return n;
}

static struct tree *
parse_case(struct parser *p)
{
	struct tree *n = node(p, TREE_CASE, STR_NONE), **end = &n->list;

	if (!token_is(&p->t, "WHEN")) {
		n->arg[0] = parse(p, BIND_OR);
		grow(p, n, n->arg[0]);
	}
	if (!token_is(&p->t, "WHEN"))
		return fail_here(p, "not understood at");
	while (!p->failed && take_word(p, "WHEN")) {
		for (int i = 0; i < 2; i++) {
			if (i == 1 && !take_word(p, "THEN"))
				return fail_here(p, "not understood at");
			*end = parse(p, BIND_OR);
			if (!*end)
				return NULL;
			grow(p, n, *end);
			end = &(*end)->next;
		}
	}
	if (take_word(p, "ELSE")) {
		n->arg[1] = parse(p, BIND_OR);
		grow(p, n, n->arg[1]);
	}
	if (!take_word(p, "END"))
		return fail_here(p, "not understood at");
	return p->failed ? NULL : n;
}

/* CAST(expr AS words(1,2)): the words decide, what is in parentheses never does. */
static struct tree *
parse_cast(struct parser *p)
{
	struct tree *n, *of;
	struct buf type = { 0 };

	if (!take_mark(p, '('))
		return fail_here(p, "not understood at");
	of = parse(p, BIND_OR);
	if (of && !take_word(p, "AS"))
		return fail_here(p, "not understood at");
	while (p->t.kind == TOKEN_WORD || p->t.kind == TOKEN_NAME) {
		if (type.n)
			buf_addc(&type, ' ');
		token_value(&p->t, &type);
		advance(p);
	}
	n = of ? node_of(p, TREE_CAST, pool_str(p->pool, buf_str(&type)), of, NULL) : NULL;
	buf_release(&type);
	if (take_mark(p, '(')) {
		while (p->t.kind == TOKEN_INTEGER || token_mark(&p->t, ','))
			advance(p);
		if (!take_mark(p, ')'))
			return fail_here(p, "not understood at");
	}
	if (!take_mark(p, ')'))
		return fail_here(p, "not understood at");
	return n;
}

static struct tree *
parse_call(struct parser *p, struct str name)
{
	struct tree *n = node(p, TREE_CALL, name);

	if (token_mark(&p->t, '*') || token_is(&p->t, "DISTINCT"))
		return fail(p, "an aggregate");
	parse_list(p, n);
	if (token_is(&p->t, "FILTER") || token_is(&p->t, "OVER"))
		return fail(p, "an aggregate");
	return p->failed ? NULL : n;
}

static struct tree *
parse_name(struct parser *p)
{
	bool quoted = p->t.kind == TOKEN_NAME;
	struct str name = token_value_pool(&p->t, p->pool);
	struct tree *n;

	advance(p);
	if (take_mark(p, '('))
		return parse_call(p, name);
	n = node(p, TREE_COLUMN, name);
	n->quoted = quoted;
	if (!take_mark(p, '.'))
		return n;
	if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME)
		return fail_here(p, "not understood at");
	n->qualifier = name;
	n->word = token_value_pool(&p->t, p->pool);
	n->quoted = true;
	advance(p);
	return n;
}

static struct tree *
parse_word(struct parser *p)
{
	if (take_word(p, "NULL"))
		return node(p, TREE_NULL, STR_NONE);
	if (take_word(p, "CASE"))
		return parse_case(p);
	if (take_word(p, "CAST"))
		return parse_cast(p);
	if (take_word(p, "NOT"))
		return node_of(p, TREE_NOT, STR_NONE, parse(p, BIND_NOT), NULL);
	if (token_is(&p->t, "EXISTS") || token_is(&p->t, "SELECT"))
		return fail(p, "a sub-select");
	if (token_is(&p->t, "RAISE"))
		return fail(p, "RAISE");
	if (token_is(&p->t, "CURRENT_TIMESTAMP") || token_is(&p->t, "CURRENT_DATE") ||
	    token_is(&p->t, "CURRENT_TIME")) {
		struct tree *n = node(p, TREE_NOW, p->t.text);

		advance(p);
		return n;
	}
	return parse_name(p);
}

static struct tree *
parse_literal(struct parser *p, enum tree_kind kind)
{
	struct tree *n = node(p, kind, token_value_pool(&p->t, p->pool));

	advance(p);
	return n;
}

static struct tree *
parse_first(struct parser *p)
{
	struct token t = p->t;

	switch (t.kind) {
	case TOKEN_INTEGER: return parse_literal(p, TREE_INTEGER);
	case TOKEN_REAL: return parse_literal(p, TREE_REAL);
	case TOKEN_STRING: return parse_literal(p, TREE_TEXT);
	case TOKEN_BLOB: return parse_literal(p, TREE_BLOB);
	case TOKEN_WORD: return parse_word(p);
	case TOKEN_NAME: return parse_name(p);
	default: break;
	}
	if (take_mark(p, '('))
		return parse_parentheses(p);
	if (token_mark(&t, '-') || token_mark(&t, '+') || token_mark(&t, '~')) {
		advance(p);
		return node_of(p, TREE_UNARY, t.text, parse(p, BIND_SIGN), NULL);
	}
	return fail_here(p, "not understood at");
}

/* --- what goes on with one ----------------------------------------------------------------------------------- */

static const struct {
	const char *text;
	int bind;
} operators[] = {
	{ "||", BIND_CONCAT },  { "->", BIND_CONCAT },       { "->>", BIND_CONCAT },
	{ "*", BIND_MULTIPLY }, { "/", BIND_MULTIPLY },      { "%", BIND_MULTIPLY },
	{ "+", BIND_ADD },      { "-", BIND_ADD },           { "&", BIND_BITS },
	{ "|", BIND_BITS },     { "<<", BIND_BITS },         { ">>", BIND_BITS },
	{ "<", BIND_ORDER },    { "<=", BIND_ORDER },        { ">", BIND_ORDER },
	{ ">=", BIND_ORDER },   { "=", BIND_EQUAL },         { "==", BIND_EQUAL },
	{ "<>", BIND_EQUAL },   { "!=", BIND_EQUAL },        { "AND", BIND_AND },
	{ "OR", BIND_OR },      { "COLLATE", BIND_COLLATE },
};

/* Words that are operators of their own form. */
static const char *const forms[] = { "IS", "ISNULL", "NOTNULL", "NOT",   "BETWEEN",
				     "IN", "LIKE",   "GLOB",    "MATCH", "REGEXP" };

static int
binds(const struct token *t)
{
	if (t->kind != TOKEN_MARK && t->kind != TOKEN_WORD)
		return BIND_NONE;
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (str_eq_nocase(t->text, str_cstr(operators[i].text)))
			return operators[i].bind;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (token_is(t, forms[i]))
			return BIND_EQUAL;
	return BIND_NONE;
}

static struct tree *
null_test(struct parser *p, struct tree *left, bool negated)
{
	struct tree *n = node_of(p, TREE_IS, STR_NONE, left, node(p, TREE_NULL, STR_NONE));

	if (n)
		n->negated = negated;
	return n;
}

static struct tree *
parse_is(struct parser *p, struct tree *left)
{
	bool negated = take_word(p, "NOT"), distinct = take_word(p, "DISTINCT");
	struct tree *n;

	if (distinct && !take_word(p, "FROM"))
		return fail_here(p, "not understood at");
	n = node_of(p, TREE_IS, STR_NONE, left, parse(p, BIND_ORDER));
	if (n) {
		n->negated = negated != distinct;
		n->distinct = distinct;
	}
	return n;
}

static struct tree *
parse_between(struct parser *p, struct tree *left)
{
	struct tree *low = parse(p, BIND_ORDER), *n;

	if (!low)
		return NULL;
	if (!take_word(p, "AND"))
		return fail_here(p, "not understood at");
	n = node_of(p, TREE_BETWEEN, STR_NONE, left, low);
	if (!n)
		return NULL;
	n->arg[2] = parse(p, BIND_ORDER);
	grow(p, n, n->arg[2]);
	return p->failed ? NULL : n;
}

static struct tree *
parse_in(struct parser *p, struct tree *left)
{
	struct tree *n;

	if (!take_mark(p, '('))
		return fail(p, "IN without a list");
	if (token_is(&p->t, "SELECT") || token_is(&p->t, "WITH") || token_is(&p->t, "VALUES"))
		return fail(p, "a sub-select");
	n = node_of(p, TREE_IN, STR_NONE, left, NULL);
	if (n)
		parse_list(p, n);
	return p->failed ? NULL : n;
}

static struct tree *
parse_like(struct parser *p, struct tree *left, struct str word)
{
	struct tree *n = node_of(p, TREE_LIKE, word, left, parse(p, BIND_ESCAPE));

	if (n && take_word(p, "ESCAPE")) {
		n->arg[2] = parse(p, BIND_ESCAPE);
		grow(p, n, n->arg[2]);
	}
	return p->failed ? NULL : n;
}

static struct tree *
parse_form(struct parser *p, struct tree *left)
{
	bool negated = take_word(p, "NOT");
	struct token t = p->t;
	struct tree *n = NULL;

	advance(p);
	if (token_is(&t, "MATCH") || token_is(&t, "REGEXP"))
		return fail(p, token_is(&t, "MATCH") ? "MATCH" : "REGEXP");
	if (negated && token_is(&t, "NULL"))
		return null_test(p, left, true);
	if (token_is(&t, "BETWEEN"))
		n = parse_between(p, left);
	else if (token_is(&t, "IN"))
		n = parse_in(p, left);
	else if (token_is(&t, "LIKE") || token_is(&t, "GLOB"))
		n = parse_like(p, left, token_is(&t, "LIKE") ? STR("LIKE") : STR("GLOB"));
	else if (negated)
		return fail(p, "not understood behind NOT");
	else if (token_is(&t, "IS"))
		return parse_is(p, left);
	else
		return null_test(p, left, token_is(&t, "NOTNULL"));
	if (n)
		n->negated = negated;
	return n;
}

static struct tree *
parse_operator(struct parser *p, struct tree *left, int bind)
{
	struct token t = p->t;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (token_is(&t, forms[i]))
			return parse_form(p, left);
	advance(p);
	if (token_is(&t, "COLLATE")) {
		struct tree *n;

		if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME)
			return fail_here(p, "not understood at");
		n = node_of(p, TREE_COLLATE, token_value_pool(&p->t, p->pool), left, NULL);
		advance(p);
		return n;
	}
	return node_of(p, TREE_BINARY, t.text, left, parse(p, bind + 1));
}

/* An expression whose operators bind at least so tight. */
static struct tree *
parse(struct parser *p, int bind)
{
	struct tree *left;
	int b;

	if (p->failed)
		return NULL;
	if (++p->depth > TREE_DEPTH)
		return fail(p, "the expression is nested too deep");
	left = parse_first(p);
	while (left && !p->failed && (b = binds(&p->t)) >= bind && b != BIND_NONE)
		left = parse_operator(p, left, b);
	p->depth--;
	return p->failed ? NULL : left;
}

struct tree *
tree_read(struct str sql, struct pool *pool, struct buf *why)
{
	struct parser p = { .rest = sql, .pool = pool, .why = why };
	struct tree *n;

	advance(&p);
	n = parse(&p, BIND_OR);
	if (n && p.t.kind != TOKEN_END)
		return fail_here(&p, "not understood at");
	return n;
}
