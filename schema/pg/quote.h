/*
 * Names and texts of a source as SQL: always quoted where needed, never pasted. Needs no connection. PostgreSQL has no
 * zero bytes in SQL: one in a name or a text dies, STATUS_BAD.
 */
#ifndef SCHEMA_PG_QUOTE_H
#define SCHEMA_PG_QUOTE_H

#include "schema/base/bytes.h"

/*
 * An identifier: as it is when every PostgreSQL would read it back the same (lower-case ASCII letters, digits, _, and
 * no keyword that is not free for every name), else in double quotes.
 */
void pg_quote_ident(struct buf *out, struct str name);
/* schema.name, or the name alone when schema is empty. */
void pg_quote_name(struct buf *out, struct str schema, struct str name);
/* A literal that means the same whatever standard_conforming_strings says: '…', or E'…' when it has a backslash. */
void pg_quote_literal(struct buf *out, struct str text);

#endif
