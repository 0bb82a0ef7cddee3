/* Between the parts of the translator: a translated expression with what is known of its values. */
#ifndef TRANSFORM_EXPR_VALUE_H
#define TRANSFORM_EXPR_VALUE_H

#include "transform/expr-tree.h"
#include "transform/expr.h"

struct dialect;

struct translation {
	const struct dialect *dialect;
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
	struct str
	    collate;       /* EXPR_TEXT: what the source compares it by; p NULL: that is open */
	bool natural;      /* a number that is never negative at the source */
	bool unsigned_;    /* an integer that the source counts with as such */
	bool year;         /* EXPR_INT: a year that MySQL takes for no other */
	bool small;        /* EXPR_INT: PostgreSQL's type is smallint */
	int digits, scale; /* EXPR_NUMERIC: at most; 0 digits: nobody knows */
	int seconds;       /* EXPR_TIME, EXPR_TIMESTAMP: decimals */
	bool single;       /* EXPR_DOUBLE: PostgreSQL's type is real */
	bool now;          /* EXPR_TIMESTAMP: the present as it is */
	bool set;          /* never NULL */
	bool hex;          /* EXPR_BYTES: it was written 0x…, which counts as a number too */
	bool trimmed;      /* EXPR_TEXT: it does not end with a blank */
	size_t length;     /* EXPR_BYTES: exactly so many; 0: nobody knows */
	const struct expr_column *column; /* a bare one */
};

struct function {
	const char *name;
	size_t min, max; /* of arguments */
	struct value (*call)(struct translation *t, const struct function *f, struct value *v,
			     size_t n);
	const char *form; /* what it is in PostgreSQL */
};

/* What a source means by an expression, where it is not the same for all. */
struct dialect {
	const struct grammar *grammar;
	/* The text as the grammar has it; NULL: it is. */
	struct str (*prepare)(struct str sql, struct pool *pool);
	/* Of a tree that means what it does nowhere else; class EXPR_FAILED without a reason when it is none. */
	struct value (*node)(struct translation *t, const struct tree *n);
	/* As value_comparable() and value_unify(): values of which more is known than that they may be NULL. */
	bool (*comparable)(struct translation *t, struct value *a, struct value *b, bool order);
	bool (*unify)(struct translation *t, struct value *a, struct value *b);
	/* The value as a column stores it. */
	struct str (*stored)(struct translation *t, struct value v,
			     const struct expr_column *c);
	/* A default that is a moment, for a column of this type; p NULL without a reason when it is something else. May be NULL. */
	struct str (*moment)(struct translation *t, const struct tree *n,
			     const struct expr_column *c);
	const struct function *functions; /* up to one without a name */
};

extern const struct dialect dialect_sqlite, dialect_mysql;

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
bool value_is_number(const struct value *v);
/* A truth value with a number: as truth values where the number is one, else as numbers. */
bool value_take_bool(struct translation *t, struct value *a, struct value *b);
/* Ordered by its bytes from now on. */
void value_bytewise(struct translation *t, struct value *v);
/* Of a class that a comparison can take. */
bool value_comparable(struct translation *t, struct value *a, struct value *b, bool order);
/* Makes one class of all n that are not NULL, as values that a CASE may give; returns one that has it, or NULL. */
const struct value *value_unify(struct translation *t, struct value *v, size_t n);

bool sqlite_comparable(struct translation *t, struct value *a, struct value *b, bool order);
bool sqlite_unify(struct translation *t, struct value *a, struct value *b);

struct value literal_integer(struct translation *t, int64_t v);
struct value literal_number(struct translation *t, const struct tree *n, bool negative);
struct value literal_text(struct translation *t, struct str s);
struct value literal_blob(struct translation *t, struct str s);

/* An operator between two integers: + - * / % & or | */
struct value value_integers(struct translation *t, char op, struct value a, struct value b);

extern const struct function sqlite_functions[];

/* Appends a character that means itself in PostgreSQL's LIKE, whose escape is the backslash. */
void like_literal(struct buf *b, char c);

/* Functions that mean the same for all. */
struct value
coalesce_call(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
iif_call(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
nullif_call(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
abs_call(struct translation *t, const struct function *f, struct value *v, size_t n);

enum { VALUES_MAX = 64 }; /* more arguments, or branches of a CASE, are not translated */

/* A column by its name; class EXPR_INT for TRUE and FALSE. */
struct value value_column(struct translation *t, const struct tree *n);
/* What is not known of a column: says why and returns false. */
bool value_known(struct translation *t, const struct value *v);

/* The trees. */
struct value translate(struct translation *t, const struct tree *n);
struct value translate_call(struct translation *t, const struct tree *n);
struct value translate_case(struct translation *t, const struct tree *n);
struct value translate_cast(struct translation *t, const struct tree *n);
struct value translate_like(struct translation *t, const struct tree *n);
/* Of what asks for the present; class EXPR_FAILED without a reason when it is something else. */
struct value translate_now(struct translation *t, const struct tree *n);
struct str
now_default(struct translation *t, const struct tree *n, const struct expr_column *c);

#endif
