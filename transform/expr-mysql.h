/* Between the parts that know expressions of MySQL and MariaDB. */
#ifndef TRANSFORM_EXPR_MYSQL_H
#define TRANSFORM_EXPR_MYSQL_H

#include "transform/expr-value.h"

/*
 * The next token, as token_next(). The texts come out of information_schema, where no comments are: what begins one is
 * no token that goes on an expression.
 */
struct token mysql_token_next(struct str *rest);
/* What a token says: a string without its backslashes, any spelling of bytes as x'…', of bits as 0s and 1s. */
void mysql_token_value(const struct token *t, struct buf *out);

/*
 * The text of an expression. MySQL 8 escapes those of checks, generated columns and indexes as a whole, so that quotes
 * in them are \'; MySQL 5.7 and MariaDB do not.
 */
struct str mysql_expression(struct str sql, struct pool *pool);

/* A literal. */
struct value mysql_number(struct translation *t, struct str digits, bool real, bool negative);
/* An operator that counts: + - * / % & | ^ or DIV. */
struct value
mysql_arithmetic(struct translation *t, struct str op, struct value a, struct value b);
/* Digits before and behind the point that a number has at most; false when nobody knows. */
bool mysql_digits(const struct value *v, int *whole, int *scale);

/* What compares texts. */
enum mysql_order {
	ORDER_BYTES,        /* their bytes */
	ORDER_PADDED_BYTES, /* their bytes, with blanks behind the shorter one */
	ORDER_MARKS,        /* the same for most of ASCII but letters; all else by a table */
	ORDER_TABLE,        /* a table */
};

enum mysql_order mysql_order(struct str collation);
/* Whether a text holds nothing else than what ORDER_MARKS is certain of. */
bool mysql_only_marks(struct str s);
/* Without the blanks at its end. */
struct value mysql_trim(struct translation *t, struct value v);
bool mysql_comparable(struct translation *t, struct value *a, struct value *b, bool order);
bool mysql_unify(struct translation *t, struct value *a, struct value *b);
/* A text whose collation two others settle. */
struct str mysql_collation(struct str a, struct str b);
/* A double in PostgreSQL too, as MySQL counts with it. */
void mysql_double(struct translation *t, struct value *v);

/* Any value as the text that functions of text see. */
struct value mysql_text(struct translation *t, struct value v);
struct value mysql_like(struct translation *t, const struct tree *n);
struct value mysql_cast(struct translation *t, const struct tree *n);
extern const struct function mysql_functions[];

/* A literal that says a date or a time, as one of this class. */
bool mysql_moment(struct translation *t, struct value *v, enum expr_class class);
/* value + or - INTERVAL. */
struct value mysql_interval(struct translation *t, const struct tree *n);
/* The functions of the calendar, for the table. */
struct value
mysql_part(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
mysql_now(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
mysql_date(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
mysql_to_days(struct translation *t, const struct function *f, struct value *v, size_t n);
struct value
mysql_datediff(struct translation *t, const struct function *f, struct value *v, size_t n);

struct str mysql_stored(struct translation *t, struct value v, const struct expr_column *c);

#endif
