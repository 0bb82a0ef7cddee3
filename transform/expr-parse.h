/* Between the grammars of expressions: the parser they share, and what each puts into it. */
#ifndef TRANSFORM_EXPR_PARSE_H
#define TRANSFORM_EXPR_PARSE_H

#include "transform/expr-tree.h"

/* Operators that bind tighter have greater numbers. */
enum bind {
	BIND_OR,
	BIND_XOR,
	BIND_AND,
	BIND_NOT,
	BIND_EQUAL, /* SQLite: = IS BETWEEN IN LIKE …; MySQL: all comparisons and IS */
	BIND_ORDER, /* SQLite: < <= > >=; MySQL: BETWEEN IN LIKE … */
	BIND_ESCAPE,
	BIND_BITS, /* SQLite: & | << >>; MySQL: | */
	BIND_MYSQL_AND,
	BIND_MYSQL_SHIFT,
	BIND_ADD,
	BIND_MULTIPLY,
	BIND_CONCAT, /* SQLite: || -> ->>; MySQL: ^ */
	BIND_COLLATE,
	BIND_SIGN, /* unary ~ + - */
	BIND_MYSQL_COLLATE,
};

struct operator
{
	const char *text;
	enum bind bind;
	const char *is; /* the spelling that stands in the tree; NULL: the text */
	bool form;      /* what stands behind it has a form of its own */
};

struct parser;

struct grammar {
	struct token (*next)(struct str *rest);
	/* What a word, a name or a literal says, without its quotes. */
	void (*value)(const struct token *t, struct buf *out);
	/* What this language alone begins an expression with; NULL, and nothing failed, when it is something else. */
	struct tree *(*first)(struct parser *p);
	const struct operator* operators; /* up to one without a text */
};

struct parser {
	const struct grammar *grammar;
	struct str rest;
	struct token t; /* the one that is looked at */
	unsigned tokens, depth;
	struct pool *pool;
	struct buf *why;
	bool failed;
};

/* Each returns NULL and has given a reason; the first stays. */
struct tree *parse_fail(struct parser *p, const char *reason);
struct tree *parse_fail_here(struct parser *p, const char *before);

void parse_advance(struct parser *p);
/* True, and one token further, when it is this one. */
bool parse_take_word(struct parser *p, const char *word);
bool parse_take_mark(struct parser *p, char c);
/* What the token says that is looked at; it stays. */
struct str parse_value(struct parser *p);

struct tree *parse_node(struct parser *p, enum tree_kind kind, struct str word);
/* A node with its operands; NULL when one of them is missing. */
struct tree *parse_node_of(struct parser *p, enum tree_kind kind, struct str word,
			   struct tree *a, struct tree *b);
/* expr, expr, … up to the closing parenthesis, which is taken too. */
void parse_list(struct parser *p, struct tree *owner);
/* An expression whose operators bind at least so tight. */
struct tree *parse_expression(struct parser *p, enum bind bind);

#endif
