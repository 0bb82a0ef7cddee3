/*
 * Arrays as PostgreSQL writes them (array_out() in its arrayfuncs.c), and as rows(5) has them: {a,"b c"}. Each text has
 * one spelling, so that arrays which are equal are the same bytes.
 */
#ifndef SCHEMA_ARRAY_H
#define SCHEMA_ARRAY_H

#include "schema/base/bytes.h"

/* Whether an element stands in double quotes; all that does not is also read without them. */
bool array_quotes(struct str element);
void array_add_element(struct buf *b, struct str element);
/* Appends the array whose elements s holds with separators between them; {} when s is empty. */
void array_add_split(struct buf *b, struct str s, char separator);

#endif
