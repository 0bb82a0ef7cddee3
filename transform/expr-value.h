/* Between the parts of the translator: a translated expression with what is known of its values. */
#ifndef TRANSFORM_EXPR_VALUE_H
#define TRANSFORM_EXPR_VALUE_H

#include "transform/expr-tree.h"
#include "transform/expr.h"

struct translation {
	const struct expr_table *table;
	struct pool *pool;
	struct buf *why;
	bool failed;
	bool present;   /* the present may be asked for: a default */
	bool generated; /* it makes a generated column */
};

/* How tight the outermost operator of a text binds in PostgreSQL (manual, table 4.2). */
enum level {
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_TEST,
	LEVEL_OTHER,
	LEVEL_ADD,
	LEVEL_MULTIPLY,
	LEVEL_SIGN,
	LEVEL_ATOM
};

/* Integers up to here are doubles, all of them. */
#define EXACT_MAX (UINT64_C(1) << 53)
#define INT4_MAX  UINT64_C(2147483647)
#define NO_BOUND  UINT64_MAX

struct value {
	enum expr_class class;
	struct str text; /* PostgreSQL's */
	enum level level;
	bool literal;      /* a number or text as it was written; numbers with their sign */
	struct str string; /* EXPR_TEXT: that of the literal */
	int64_t integer;   /* EXPR_INT: that of the literal */
	bool word;         /* TRUE or FALSE, which are EXPR_INT */
	uint64_t bound;    /* EXPR_INT: none is greater, either way */
	bool wide;         /* EXPR_INT: PostgreSQL's type is bigint */
	bool mixed;        /* EXPR_DOUBLE that may be an integer at the source */
	bool zero;         /* EXPR_DOUBLE literal that is 0 */
	bool bytewise;     /* EXPR_TEXT: it is ordered by bytes already */
	bool epoch;        /* EXPR_TEXT at the source, whose text is an integer in PostgreSQL */
	const struct expr_column *column; /* a bare one */
};

/* Sets the reason, if none is set yet; `$` of form stand for the arguments, each a struct str. */
struct value value_fail(struct translation *t, const char *form, ...);
/* A text with `$` for the arguments, each a struct str. */
struct str value_text(struct translation *t, const char *form, ...);
struct value value_of(enum expr_class class, enum level level, struct str text);
/* The text, in parentheses unless it binds so tight. */
struct str value_at(struct translation *t, const struct value *v, enum level level);
const char *value_words(const struct value *v);

/* Each fails, and returns what failed, when it is not certain. */
struct value value_truth(struct translation *t, struct value v);
struct value value_integer(struct translation *t, struct value v);
struct value value_as_text(struct translation *t, struct value v);
/* Of a class that a comparison can take. */
bool value_comparable(struct translation *t, struct value *a, struct value *b, bool order);
/* Makes one class of all n that are not NULL, as values that a CASE may give; returns one that has it, or NULL. */
const struct value *value_unify(struct translation *t, struct value *v, size_t n);

struct value literal_integer(struct translation *t, int64_t v);
struct value literal_number(struct translation *t, const struct tree *n, bool negative);
struct value literal_text(struct translation *t, struct str s);
struct value literal_blob(struct translation *t, struct str s);

/* The trees. */
struct value translate(struct translation *t, const struct tree *n);
struct value translate_call(struct translation *t, const struct tree *n);
struct value translate_case(struct translation *t, const struct tree *n);
struct value translate_cast(struct translation *t, const struct tree *n);
struct value translate_like(struct translation *t, const struct tree *n);
/* Of what asks for the present; class EXPR_FAILED without a reason when it is something else. */
struct value translate_now(struct translation *t, const struct tree *n);
/* A default that is a moment, for a column of this type; the same. */
struct str
now_default(struct translation *t, const struct tree *n, const struct expr_column *c);

#endif
