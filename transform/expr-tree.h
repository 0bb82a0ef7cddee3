/* Expressions as trees: their grammar, and nothing of what they mean. */
#ifndef TRANSFORM_EXPR_TREE_H
#define TRANSFORM_EXPR_TREE_H

#include "schema/sqlite/token.h"

enum tree_kind {
	TREE_NULL,
	TREE_INTEGER, /* word: the digits */
	TREE_REAL,
	TREE_TEXT, /* word: the text itself */
	TREE_BLOB, /* word: x'…' */
	TREE_BITS, /* word: its 0s and 1s */
	TREE_NOW,  /* word: CURRENT_DATE … */
	TREE_COLUMN,
	TREE_NOT,
	TREE_UNARY,  /* word: - + ~ */
	TREE_BINARY, /* word: AND OR = || … */
	TREE_IS,
	TREE_BETWEEN,
	TREE_IN,   /* list: what it is compared with */
	TREE_LIKE, /* word: LIKE or GLOB; arg[2]: of ESCAPE */
	TREE_CASE, /* arg[0]: behind CASE, arg[1]: behind ELSE; list: behind WHEN, THEN, WHEN, … */
	TREE_CALL, /* word: the function; list: arguments */
	TREE_CAST, /* word: the first word of the type and all that follow */
	TREE_COLLATE,
	TREE_INTERVAL, /* arg[0]: how many; word: of what */
};

struct tree {
	enum tree_kind kind;
	struct str word;
	struct str qualifier; /* TREE_COLUMN: the table, or p NULL */
	bool quoted; /* TREE_COLUMN: so it is no keyword; TREE_BLOB: it was not written 0x… */
	bool negated;  /* IS NOT, NOT BETWEEN, NOT IN, NOT LIKE */
	bool distinct; /* IS [NOT] DISTINCT FROM */
	struct tree *arg[3], *list, *next;
	unsigned depth; /* of nodes, this one too */
};

/* An expression that is longer or deeper is not even read: no reader of the tree has to fear for its stack. */
enum { TREE_DEPTH = 150, TREE_TOKENS = 4000 };

struct grammar;

extern const struct grammar grammar_sqlite; /* https://sqlite.org/lang_expr.html */
extern const struct grammar
    grammar_mysql; /* https://dev.mysql.com/doc/refman/8.0/en/expressions.html */

/* The whole of sql as one expression; NULL, with the reason appended to why, when it is none that is known here. */
struct tree *
tree_read(const struct grammar *grammar, struct str sql, struct pool *pool, struct buf *why);

#endif
