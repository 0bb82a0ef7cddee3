/*
 * The types of MySQL and MariaDB columns as neutral ones, from what information_schema.columns says in column_type.
 *
 * Both servers spell it alike: a name, what stands in parentheses, then words such as `unsigned`, and of MariaDB's
 * comments that older servers are to overlook. Nothing here depends on the width that integers are displayed with.
 */
#ifndef SCHEMA_MYSQL_TYPE_H
#define SCHEMA_MYSQL_TYPE_H

#include "schema/base/bytes.h"

/* A neutral type as schema(5) writes it. */
struct mysql_type {
	char text[32];
};

/*
 * What no neutral type says is `other`, and so is what is malformed. MariaDB's JSON is longtext with a check, which
 * mysql_is_json() knows.
 */
struct mysql_type mysql_type(struct str column_type);

/* Appends column_type as src= has it: in lower case but for what stands in quotes, without comments. */
void mysql_type_src(struct buf *b, struct str column_type);

/* Whether a check of MariaDB's on this column alone is the one that its type JSON stands for. */
bool mysql_is_json(struct str column_type, struct str column, struct str clause);

/*
 * The labels of an enum or a set, in their order:
 *
 *	struct mysql_labels l = { .rest = column_type };
 *	while ((got = mysql_label_next(&l, &b)) > 0)
 *
 * A call appends one label to b and returns 1. It returns 0 behind the last, and -1 when the text is malformed.
 *
 * Servers write them in single quotes, with a quote as two, and \0 \n \r \\ for what would be hard to read; so do MySQL
 * 5.6 and MariaDB 10.11, whatever sql_mode says. They do so in utf8mb3, whatever the connection says: of a character
 * beyond it, which only utf8mb4, utf16 and utf32 columns have, a question mark is all that is left.
 */
struct mysql_labels {
	struct str rest;
	bool begun;
};

int mysql_label_next(struct mysql_labels *l, struct buf *b);

#endif
