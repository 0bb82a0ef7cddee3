/* The columns of a result, as the server describes them: of a query nothing else is known. */
#ifndef SCHEMA_MYSQL_FIELD_H
#define SCHEMA_MYSQL_FIELD_H

#include "schema/mysql/mysql.h"

/* Appends the neutral type; of an enum or set its bare name. */
void mysql_field_type(struct buf *b, const MYSQL_FIELD *f);
/* Appends the type in MySQL's words, for rules; neutral is that of mysql_field_type(). */
void mysql_field_src(struct buf *b, const MYSQL_FIELD *f, struct str neutral);
/* Dies, STATUS_USAGE, of a FLOAT, which the text protocol cuts, and of a name that was there. */
void mysql_field_check(const char *where, const MYSQL_FIELD *fields, unsigned i);

#endif
