/*
 * Cast rules: text in the grammar of pgloader's CAST clause, which says what becomes of a
 * column. cast-schema.1 describes the language. Rules are tried in the order in which they were
 * read: the user's, then the defaults of the source.
 */
#ifndef TRANSFORM_RULES_H
#define TRANSFORM_RULES_H

#include <stdint.h>

#include "schema/schema.h"
#include "schema/types.h"
#include "transform/transforms.h"

enum rule_kind {
	RULE_TYPE,    /* by the words of src= */
	RULE_NEUTRAL, /* by the neutral type */
	RULE_COLUMN,  /* by name */
	RULE_SCHEMA,  /* alter schema … rename to … */
};

enum rule_option { RULE_UNSAID, RULE_KEEP, RULE_DROP, RULE_SET };

/* A name in a rule; quoted ones are matched as they are written only. */
struct rule_name {
	struct str text; /* p NULL: any */
	bool quoted;
};

struct rule {
	enum rule_kind kind;
	const char *file;
	uint64_t line;
	bool users; /* the user wrote it: it should match something */
	bool used;

	struct rule_name schema, table,
	    column;      /* RULE_COLUMN; the first of them RULE_SCHEMA's too */
	bool nocase;     /* RULE_COLUMN: no name is exactly so, but one is but for case */
	struct str type; /* RULE_TYPE, normalised */
	bool parens;     /* it has parentheses, and matches only with these */
	enum type_kind neutral; /* RULE_NEUTRAL */
	struct str is_default;  /* p NULL: any */
	bool is_notnull, is_identity;

	struct str to; /* a PostgreSQL type, or a schema; p NULL: as a later rule says */
	enum rule_option typemod, deflt, notnull;
	bool drop_column;
	struct str using; /* see transforms.h; checked. p NULL: none */
	struct rule *next;
};

struct rules {
	struct pool pool;
	struct rule *first, **end;
};

void rules_init(struct rules *r);
void rules_release(struct rules *r);

/*
 * The rules of a file, behind those that are there. Returns 0, or -1 with e set (STATUS_USAGE):
 * file:line:column.
 */
int rules_read(struct rules *r, const char *path, struct err *e);
int rules_parse(struct rules *r, const char *file, struct str text, bool users, struct err *e);
/* The default rules for a source; those for all sources when it has none of its own. */
int rules_defaults(struct rules *r, struct str source, struct err *e);
/*
 * Writes the texts of the default rules; false when there are none for a source of this name.
 */
bool rules_print_defaults(struct str source, struct output *out);

/*
 * Finds out which columns the names in column rules mean. An unquoted name means the name that
 * is exactly so; only if there is none, the one name that differs in case alone. More than one
 * of those: -1 with e set.
 */
int rules_resolve(struct rules *r, const struct schema *s, struct err *e);

/*
 * The first rule behind `after` (NULL: of all) for a column of the schema as the source gave
 * it, or NULL. Marks it as used.
 */
const struct rule *
rules_match(struct rules *r, const struct rule *after, const struct node *column);
/* What a schema is renamed to, or its own name. */
struct str rules_schema_name(struct rules *r, struct str name);
/* Warns of the user's rules that never matched. */
void rules_warn_unused(const struct rules *r);

/*
 * Appends a type as rules compare it: lower case, single blanks; without its parentheses unless
 * parens.
 */
void rules_normalise_type(struct buf *b, struct str type, bool parens);

#endif
