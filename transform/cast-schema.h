/*
 * The parts of cast-schema: they change the schema of the source, in place, into that of the
 * target.
 */
#ifndef TRANSFORM_CAST_SCHEMA_H
#define TRANSFORM_CAST_SCHEMA_H

#include "schema/schema.h"
#include "schema/types.h"
#include "transform/expr.h"
#include "transform/names.h"
#include "transform/rules.h"

struct decision;
struct added;

struct casting {
	struct schema s;
	struct decision *decisions; /* one a column of the source, in order */
	size_t ndecisions;
	struct rules rules;
	enum name_style style;
	bool oid_names;           /* indexes get the OID of their table into their names */
	struct str target_schema; /* all tables go there; p NULL: each to its own */
	/* Tables, enums and sequences by the names that the source has for them. */
	struct names tables;
	struct names left_out;    /* tables that no rule includes, or one excludes, likewise */
	struct names relations;   /* nodes by schema and name in PostgreSQL */
	struct names constraints; /* nodes by table and name in PostgreSQL */
	struct added *added, **last_added; /* columns that come in the end */
	struct output *explain;            /* NULL: nobody asked */
};

/* Leaves out the tables that the rules do not take, and what only they use. Dies of rules that select nothing. */
void cast_select(struct casting *c);
/*
 * Types, defaults and what else a column has, by the rules; names are the source's still. Dies
 * of what is not settled.
 */
void cast_columns(struct casting *c);
void cast_columns_release(struct casting *c);
/* What the user may want to know of the columns beyond what stands in the schema, for a comment in it; or NULL. */
const char *cast_note(struct casting *c);
/* The enum types that columns get for their own, when all other names of tables and types are there. */
void cast_enums(struct casting *c);
/* New names for schemas, tables, enums, sequences and columns, and from= with the old ones. */
void cast_names(struct casting *c);
/*
 * Defaults and generated columns of a table; what is not certain is skipped. Names are new, but the
 * columns still have what the source said of them, until cast_forget_source().
 */
void cast_expressions(struct casting *c, struct node *table);
void cast_forget_source(struct node *table);
/* What an expression of the table may refer to. */
void cast_expr_table(struct casting *c, const struct node *table, struct expr_table *out);
/* Whether there is a translator for the source at all; if not, why says so. */
bool cast_translates(const struct casting *c, struct buf *why);
/*
 * Keys, indexes, checks and foreign keys, which follow the new names of columns, and get names
 * of their own.
 */
void cast_keys(struct casting *c);
/* Columns that rules add, behind those of the source (cast-using.c). */
void cast_add_columns(struct casting *c);

/* Names for those that cast_keys() left, given or invented (cast-key-names.c). */
void cast_key_names(struct casting *c);
/* TABLE_COLUMNS_WHAT, as PostgreSQL would call it; TABLE_pkey. */
void cast_invent_name(struct buf *b, const struct node *n);
/* Whether an index comes with it. */
bool cast_is_key(const struct node *n);

/* What the source's kinds of indexes become (cast-index.c): why none is made, or NULL. */
const char *cast_method_fault(const struct node *key, struct str method);
/* Whether a key on the beginning of the column can be an expression. */
bool cast_has_prefix(const struct node *part, const struct node *column);
/* Makes PostgreSQL's kind of index of a key that has no fault and whose columns have their new names. */
void cast_index(struct casting *c, struct node *key);
/* Says that keys on a column tell apart what the source holds equal, where they do (cast-collation.c). */
void cast_collation(struct casting *c, struct node *column);
/* What MySQL compares a column of this neutral type by, or p NULL: its collation, or the one it has from the table. */
struct str cast_collation_of(const struct node *column, enum type_kind kind);

/* Leaves out the comments that PostgreSQL cannot have, below a node. */
void cast_comments(struct casting *c, struct node *parent);
/* Whether a default takes the next value of a sequence, and of which (cast-sequence.c). */
bool cast_nextval_name(struct str expr, struct buf *schema, struct buf *name);
/* A default that takes the next value of a sequence of the schema, or p NULL. */
struct str cast_nextval(struct casting *c, struct str expr);

/* A line that tells what was left out. */
void cast_skip(struct casting *c, struct node *parent, const char *kind, struct str name,
	       struct str reason, struct str text);
/* Of a table whose columns have their new names: the column that had this name, or NULL. */
struct node *cast_column(const struct node *table, struct str from);
/* `schema.table` as messages show it. */
struct shown cast_table_name(const struct node *table);

/*
 * The type in PostgreSQL's own words (pg-type.c): int8 is bigint, varchar(3) is character
 * varying(3).
 */
void pg_type_add(struct buf *b, struct type t);

#endif
