/*
 * Names that PostgreSQL takes: 63 bytes at most, and one space of names for all relations of a
 * schema.
 */
#ifndef TRANSFORM_NAMES_H
#define TRANSFORM_NAMES_H

#include "schema/base/bytes.h"
#include "schema/shorten.h"

/* As an SQL identifier in double quotes. */
void name_quote(struct buf *b, struct str name);
/* As a cast rule has it: bare where that is possible. */
void name_add_rule(struct buf *b, struct str name);

/* What becomes of the names of a source. */
enum name_style {
	NAME_QUOTE,      /* nothing: they are the same, and quoted */
	NAME_DOWNCASE,   /* lower case, for ASCII, as PostgreSQL reads names without quotes */
	NAME_SNAKE_CASE, /* lower case, words with _ between them: userID is user_id */
};

struct str name_style(struct pool *pool, struct str name, enum name_style style);

/*
 * A set of names, each of them in a space (a schema, or a table for its constraints). A zeroed
 * one is empty.
 */
struct names {
	struct pool pool;
	struct name_entry *all;
};

/*
 * Takes the name for what owner points to. NULL when it was free, else the owner that has it.
 */
const void *names_take(struct names *n, struct str space, struct str name, const void *owner);
/* Who has the name, or NULL. */
const void *names_owner(const struct names *n, struct str space, struct str name);
/*
 * The name, or the name with the first number behind it that makes it free; shortened, and
 * taken for owner.
 */
struct str
names_take_free(struct names *n, struct str space, struct str name, const void *owner);
void names_release(struct names *n);

#endif
