/* Defaults of MySQL's and MariaDB's columns: a literal as rows(5) has it, or an expression. */
#ifndef SCHEMA_MYSQL_DEFAULT_H
#define SCHEMA_MYSQL_DEFAULT_H

#include "schema/schema.h"
#include "schema/types.h"

/* How information_schema.columns says column_default. */
enum mysql_default_form {
	MYSQL_DEFAULT_VALUE, /* the value as text, or CURRENT_TIMESTAMP: MySQL, MariaDB until 10.2.6 */
	MYSQL_DEFAULT_SQL, /* as SQL: MariaDB since, and MySQL 8 for expressions */
};

/*
 * Sets default= or, for what is no literal of the column's type, defexpr=. NULL is no default. Returns whether it was a
 * literal.
 */
bool mysql_default_set(struct schema *schema, struct node *column, struct str text,
		       enum mysql_default_form form);

/*
 * Appends a value, as the server's text protocol writes it (bits as b'101', bytes as themselves), as a field of rows(5).
 * False, with b as it was, when it is none of the type.
 */
bool mysql_default_put(struct buf *b, const struct type *type, struct str value);

/* Appends an expression; the time of now always as CURRENT_TIMESTAMP or CURRENT_TIMESTAMP(p). */
void mysql_add_expression(struct buf *b, struct str text);

#endif
