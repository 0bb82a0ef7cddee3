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

#endif
