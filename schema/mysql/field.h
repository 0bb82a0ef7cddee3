/* The columns of a result, as the server describes them: of a query nothing else is known. */
#ifndef SCHEMA_MYSQL_FIELD_H
#define SCHEMA_MYSQL_FIELD_H

#include "schema/mysql/mysql.h"

/* Appends the neutral type; of an enum or set its bare name. */
void mysql_field_type(struct buf *b, const MYSQL_FIELD *f);
/* Appends the type in MySQL's words, for rules; neutral is that of mysql_field_type(). */
void mysql_field_src(struct buf *b, const MYSQL_FIELD *f, struct str neutral);
/* Why the column cannot be read from a query, or NULL: a FLOAT, which the text protocol cuts, or a name that was there. */
const char *mysql_field_fault(const MYSQL_FIELD *fields, unsigned i);

#endif
