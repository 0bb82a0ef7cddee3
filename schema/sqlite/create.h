/*
 * What SQLite tells only in the text of CREATE TABLE and CREATE INDEX: the names of constraints, checks,
 * generated columns, deferrable foreign keys, and the expressions of an index. All texts live in the pool.
 */
#ifndef SCHEMA_SQLITE_CREATE_H
#define SCHEMA_SQLITE_CREATE_H

#include "schema/base/bytes.h"

enum constraint_kind {
	CONSTRAINT_PRIMARY,
	CONSTRAINT_UNIQUE,
	CONSTRAINT_CHECK,
	CONSTRAINT_FOREIGN,
	CONSTRAINT_GENERATED,
};

struct name_list {
	struct str *p;
	size_t n;
};

struct constraint {
	enum constraint_kind kind;
	struct str name; /* empty when it has none */
	struct name_list
	    columns; /* of keys; the column itself for what is written behind one */
	struct str
	    text; /* the expression of a check or a generated column, without its parentheses */
	bool deferrable, deferred;
	struct constraint *next;
};

/*
 * The constraints of a CREATE TABLE in the order in which they are written. False when any of the text is not
 * understood: then nothing of it may be used.
 */
bool create_table_read(struct str sql, struct pool *pool, struct constraint **first);

struct create_index {
	struct name_list keys; /* expressions, without COLLATE, ASC and DESC */
	struct str where;      /* p NULL when it is not partial */
};

bool create_index_read(struct str sql, struct pool *pool, struct create_index *out);

#endif
