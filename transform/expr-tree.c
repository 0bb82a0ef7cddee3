/* Expressions as trees: precedence climbing, over the tokens and the operators of a grammar. */
#include "schema/base/prog.h"
#include "transform/expr-parse.h"

struct tree *
parse_fail(struct parser *p, const char *reason)
{
	if (!p->failed)
		buf_add(p->why, str_cstr(reason));
	p->failed = true;
	return NULL;
}

struct tree *
parse_fail_here(struct parser *p, const char *before)
{
	struct buf b = { 0 };

	if (p->t.kind == TOKEN_END)
		buf_addf(&b, "%s the end", before);
	else
		buf_addf(&b, "%s %s", before, show(p->t.text).text);
	parse_fail(p, buf_cstr(&b));
	buf_release(&b);
	return NULL;
}

void
parse_advance(struct parser *p)
{
	p->t = p->grammar->next(&p->rest);
	if (++p->tokens > TREE_TOKENS) {
		parse_fail(p, "the expression is too long");
		p->rest.n = 0;
		p->t = (struct token){ .kind = TOKEN_END };
	}
}

bool
parse_take_word(struct parser *p, const char *word)
{
	if (!token_is(&p->t, word))
		return false;
	parse_advance(p);
	return true;
}

bool
parse_take_mark(struct parser *p, char c)
{
	if (!token_mark(&p->t, c))
		return false;
	parse_advance(p);
	return true;
}

struct tree *
parse_node(struct parser *p, enum tree_kind kind, struct str word)
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
		parse_fail(p, "the expression is nested too deep");
}

struct str
parse_value(struct parser *p)
{
	struct buf b = { 0 };
	struct str value;

	p->grammar->value(&p->t, &b);
	value = pool_str(p->pool, buf_str(&b));
	buf_release(&b);
	return value;
}

struct tree *
parse_node_of(struct parser *p, enum tree_kind kind, struct str word, struct tree *a,
	      struct tree *b)
{
	struct tree *n = parse_node(p, kind, word);

	n->arg[0] = a;
	n->arg[1] = b;
	grow(p, n, a);
	grow(p, n, b);
	return p->failed ? NULL : n;
}

void
parse_list(struct parser *p, struct tree *owner)
{
	struct tree **end = &owner->list;

	if (parse_take_mark(p, ')'))
		return;
	do {
		struct tree *item = parse_expression(p, BIND_OR);

		if (!item)
			return;
		grow(p, owner, item);
		*end = item;
		end = &item->next;
	} while (parse_take_mark(p, ','));
	if (!parse_take_mark(p, ')'))
		parse_fail_here(p, "not understood at");
}

/* --- what begins an expression ------------------------------------------------------------------------------- */

static struct tree *
parse_parentheses(struct parser *p)
{
	struct tree *n;

	if (token_is(&p->t, "SELECT") || token_is(&p->t, "WITH") || token_is(&p->t, "VALUES"))
		return parse_fail(p, "a sub-select");
	n = parse_expression(p, BIND_OR);
	if (n && token_mark(&p->t, ','))
		return parse_fail(p, "values of several columns");
	if (n && !parse_take_mark(p, ')'))
		return parse_fail_here(p, "not understood at");
	return n;
}

static struct tree *
parse_case(struct parser *p)
{
	struct tree *n = parse_node(p, TREE_CASE, STR_NONE), **end = &n->list;

	if (!token_is(&p->t, "WHEN")) {
		n->arg[0] = parse_expression(p, BIND_OR);
		grow(p, n, n->arg[0]);
	}
	if (!token_is(&p->t, "WHEN"))
		return parse_fail_here(p, "not understood at");
	while (!p->failed && parse_take_word(p, "WHEN")) {
		for (int i = 0; i < 2; i++) {
			if (i == 1 && !parse_take_word(p, "THEN"))
				return parse_fail_here(p, "not understood at");
			*end = parse_expression(p, BIND_OR);
			if (!*end)
				return NULL;
			grow(p, n, *end);
			end = &(*end)->next;
		}
	}
	if (parse_take_word(p, "ELSE")) {
		n->arg[1] = parse_expression(p, BIND_OR);
		grow(p, n, n->arg[1]);
	}
	if (!parse_take_word(p, "END"))
		return parse_fail_here(p, "not understood at");
	return p->failed ? NULL : n;
}

static struct tree *
parse_call(struct parser *p, struct str name)
{
	struct tree *n = parse_node(p, TREE_CALL, name);

	if (token_mark(&p->t, '*') || token_is(&p->t, "DISTINCT"))
		return parse_fail(p, "an aggregate");
	parse_list(p, n);
	if (token_is(&p->t, "FILTER") || token_is(&p->t, "OVER"))
		return parse_fail(p, "an aggregate");
	return p->failed ? NULL : n;
}

static struct tree *
parse_name(struct parser *p)
{
	bool quoted = p->t.kind == TOKEN_NAME;
	struct str name = parse_value(p);
	struct tree *n;

	parse_advance(p);
	if (parse_take_mark(p, '('))
		return parse_call(p, name);
	n = parse_node(p, TREE_COLUMN, name);
	n->quoted = quoted;
	if (!parse_take_mark(p, '.'))
		return n;
	if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME)
		return parse_fail_here(p, "not understood at");
	n->qualifier = name;
	n->word = parse_value(p);
	n->quoted = true;
	parse_advance(p);
	return n;
}

static struct tree *
parse_word(struct parser *p)
{
	if (parse_take_word(p, "NULL"))
		return parse_node(p, TREE_NULL, STR_NONE);
	if (parse_take_word(p, "CASE"))
		return parse_case(p);
	if (parse_take_word(p, "NOT"))
		return parse_node_of(p, TREE_NOT, STR_NONE, parse_expression(p, BIND_NOT),
				     NULL);
	if (token_is(&p->t, "EXISTS") || token_is(&p->t, "SELECT"))
		return parse_fail(p, "a sub-select");
	return parse_name(p);
}

static struct tree *
parse_literal(struct parser *p, enum tree_kind kind)
{
	struct tree *n = parse_node(p, kind, parse_value(p));

	parse_advance(p);
	return n;
}

static struct tree *
parse_first(struct parser *p)
{
	struct tree *n = p->grammar->first(p);
	struct token t = p->t;

	if (n || p->failed)
		return n;
	switch (t.kind) {
	case TOKEN_INTEGER: return parse_literal(p, TREE_INTEGER);
	case TOKEN_REAL: return parse_literal(p, TREE_REAL);
	case TOKEN_STRING: return parse_literal(p, TREE_TEXT);
	case TOKEN_BLOB: return parse_literal(p, TREE_BLOB);
	case TOKEN_WORD: return parse_word(p);
	case TOKEN_NAME: return parse_name(p);
	default: break;
	}
	if (parse_take_mark(p, '('))
		return parse_parentheses(p);
	if (token_mark(&t, '-') || token_mark(&t, '+') || token_mark(&t, '~')) {
		parse_advance(p);
		return parse_node_of(p, TREE_UNARY, t.text, parse_expression(p, BIND_SIGN),
				     NULL);
	}
	return parse_fail_here(p, "not understood at");
}

/* --- what goes on with one ----------------------------------------------------------------------------------- */

static const struct operator* operator_at(const struct parser *p)
{
	if (p->t.kind != TOKEN_MARK && p->t.kind != TOKEN_WORD)
		return NULL;
	for (const struct operator* o = p->grammar->operators; o->text; o++)
		if (str_eq_nocase(p->t.text, str_cstr(o->text)))
			return o;
	return NULL;
}

static struct tree *
null_test(struct parser *p, struct tree *left, bool negated)
{
	struct tree *n =
	    parse_node_of(p, TREE_IS, STR_NONE, left, parse_node(p, TREE_NULL, STR_NONE));

	if (n)
		n->negated = negated;
	return n;
}

static struct tree *
parse_is(struct parser *p, struct tree *left)
{
	bool negated = parse_take_word(p, "NOT"), distinct = parse_take_word(p, "DISTINCT");
	struct tree *n;

	if (distinct && !parse_take_word(p, "FROM"))
		return parse_fail_here(p, "not understood at");
	n = parse_node_of(p, TREE_IS, STR_NONE, left, parse_expression(p, BIND_ORDER));
	if (n) {
		n->negated = negated != distinct;
		n->distinct = distinct;
	}
	return n;
}

static struct tree *
parse_between(struct parser *p, struct tree *left)
{
	struct tree *low = parse_expression(p, BIND_ORDER), *n;

	if (!low)
		return NULL;
	if (!parse_take_word(p, "AND"))
		return parse_fail_here(p, "not understood at");
	n = parse_node_of(p, TREE_BETWEEN, STR_NONE, left, low);
	if (!n)
		return NULL;
	n->arg[2] = parse_expression(p, BIND_ORDER);
	grow(p, n, n->arg[2]);
	return p->failed ? NULL : n;
}

static struct tree *
parse_in(struct parser *p, struct tree *left)
{
	struct tree *n;

	if (!parse_take_mark(p, '('))
		return parse_fail(p, "IN without a list");
	if (token_is(&p->t, "SELECT") || token_is(&p->t, "WITH") || token_is(&p->t, "VALUES"))
		return parse_fail(p, "a sub-select");
	n = parse_node_of(p, TREE_IN, STR_NONE, left, NULL);
	if (n)
		parse_list(p, n);
	return p->failed ? NULL : n;
}

static struct tree *
parse_like(struct parser *p, struct tree *left, struct str word)
{
	struct tree *n =
	    parse_node_of(p, TREE_LIKE, word, left, parse_expression(p, BIND_ESCAPE));

	if (n && parse_take_word(p, "ESCAPE")) {
		n->arg[2] = parse_expression(p, BIND_ESCAPE);
		grow(p, n, n->arg[2]);
	}
	return p->failed ? NULL : n;
}

static struct tree *
parse_form(struct parser *p, struct tree *left)
{
	bool negated = parse_take_word(p, "NOT");
	struct token t = p->t;
	struct tree *n = NULL;

	parse_advance(p);
	if (token_is(&t, "MATCH") || token_is(&t, "REGEXP") || token_is(&t, "RLIKE"))
		return parse_fail(p, token_is(&t, "MATCH") ? "MATCH" : "REGEXP");
	if (negated && token_is(&t, "NULL"))
		return null_test(p, left, true);
	if (token_is(&t, "BETWEEN"))
		n = parse_between(p, left);
	else if (token_is(&t, "IN"))
		n = parse_in(p, left);
	else if (token_is(&t, "LIKE") || token_is(&t, "GLOB"))
		n = parse_like(p, left, token_is(&t, "LIKE") ? STR("LIKE") : STR("GLOB"));
	else if (negated)
		return parse_fail(p, "not understood behind NOT");
	else if (token_is(&t, "IS"))
		return parse_is(p, left);
	else
		return null_test(p, left, token_is(&t, "NOTNULL"));
	if (n)
		n->negated = negated;
	return n;
}

static struct tree *
parse_operator(struct parser *p, struct tree *left, const struct operator* o)
{
	struct tree *n;

	if (o->form)
		return parse_form(p, left);
	parse_advance(p);
	if (o->bind != BIND_COLLATE && o->bind != BIND_MYSQL_COLLATE)
		return parse_node_of(p, TREE_BINARY, str_cstr(o->is ? o->is : o->text), left,
				     parse_expression(p, o->bind + 1));
	if (p->t.kind != TOKEN_WORD && p->t.kind != TOKEN_NAME)
		return parse_fail_here(p, "not understood at");
	n = parse_node_of(p, TREE_COLLATE, parse_value(p), left, NULL);
	parse_advance(p);
	return n;
}

struct tree *
parse_expression(struct parser *p, enum bind bind)
{
	const struct operator* o;
	struct tree *left;

	if (p->failed)
		return NULL;
	if (++p->depth > TREE_DEPTH)
		return parse_fail(p, "the expression is nested too deep");
	left = parse_first(p);
	while (left && !p->failed && (o = operator_at(p)) && o->bind >= bind)
		left = parse_operator(p, left, o);
	p->depth--;
	return p->failed ? NULL : left;
}

struct tree *
tree_read(const struct grammar *grammar, struct str sql, struct pool *pool, struct buf *why)
{
	struct parser p = { .grammar = grammar, .rest = sql, .pool = pool, .why = why };
	struct tree *n;

	parse_advance(&p);
	n = parse_expression(&p, BIND_OR);
	if (n && p.t.kind != TOKEN_END)
		return parse_fail_here(&p, "not understood at");
	return n;
}
