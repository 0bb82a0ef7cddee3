/*
 * SQL that a rule, a catalogue or a person wrote and that becomes a part of our statements: types and expressions.
 * What is checked is that it stays the part it is meant to be, to the server and to psql: quotes and brackets are
 * closed, no statement ends, no psql variable or command begins. Whether it means anything, the server says.
 */
#ifndef LOAD_SQL_TEXT_H
#define LOAD_SQL_TEXT_H

#include "schema/base/bytes.h"

/* What is wrong with a type, such as numeric(10,2) or public."Mood"[], as the end of a sentence; NULL: nothing. */
const char *sql_type_fault(struct str type);

/*
 * Appends an expression on one line, without its comments. Returns NULL, or what is wrong with it, and then out is
 * as it was.
 */
const char *sql_expr(struct buf *out, struct str text);

#endif
