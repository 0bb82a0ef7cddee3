/* cast-schema: what the rules say of each column, before anything is done to it. */
#ifndef TRANSFORM_CAST_DECISION_H
#define TRANSFORM_CAST_DECISION_H

#include "transform/cast-schema.h"

struct decision {
	struct node *column;
	const struct rule *rule;    /* the one that matched first: it is the column's rule= */
	const struct rule *to_rule; /* the one that gave the type, or dropped the column */
	const struct rule
	    *by[RULE_ASPECTS];         /* the ones that said what becomes of each, or NULL */
	const struct rule *rename;     /* the one with a new name, or NULL */
	const struct rule *using_rule; /* the one with the transform, or NULL */
	const char
	    *refused; /* with -x: why nothing can become of it; else that ends the program */
	bool users;   /* the type is the user's own choice */
	struct str decode; /* decode-as(…), where a rule for the table wants it; p NULL: none */
	struct transform_use using; /* transform NULL: none */
	struct str expr;            /* instead of it, see using.h; p NULL: none */
	struct type made;           /* of what the expression gives */
	bool needed;                /* an expression takes the column as a field */
	struct type neutral;        /* as the schema of the source has it */
	/* As rows will come: another one only where the extractor can read it as that. */
	struct type was;
	struct str was_text;
	struct type target;
	struct str to;       /* its text; p NULL: the column is dropped */
	bool identity;       /* the target is written as a serial type */
	bool may_be_boolean; /* only its users know, see cast_note() */
	bool
	    enumerated; /* an enum type of its own, or an array of one; the target has no name yet */
	const char *unfit;     /* why it is text although a rule wanted an enum, or NULL */
	struct node *type;     /* the enum, once it is there */
	struct decision *like; /* whose type it took, to be comparable with it; or NULL */
};

/*
 * What the rules say of a column: all of it but what depends on other columns, and nothing is done yet. Dies when nothing
 * can become of it; with -x it is refused instead.
 */
void cast_decide(struct casting *c, struct decision *d, struct node *column);
/* Makes the default that the column has, or that a rule sets, one of the target, or a `skipped` line. */
void cast_default(struct casting *c, struct node *column, struct decision *d);

/* Whether MySQL's word for the type may have been BOOL, and it became an integer by a default rule. */
bool cast_may_be_boolean(const struct decision *d);

/*
 * Both ends of a foreign key get one type: where they are of one type at the source, the child
 * takes over what the rules say of the parent, unless the user chose the child's type.
 */
void cast_foreign_types(struct casting *c);

/*
 * `to enum`: settles whether the column's labels make an enum type, else d is what text is. Dies of a column that has
 * no labels.
 */
void cast_enum(struct casting *c, struct decision *d);
/*
 * What decode as for the table makes of a column of texts; nothing when its character set is the same. Dies when a rule
 * of the user's changes the values of the column, but not this.
 */
void cast_decode(struct casting *c, struct decision *d);
/* Whether the text of a transform or expression has decode-as in it. */
bool cast_decodes(struct str text);
bool cast_same_labels(const struct node *column, const struct node *other);
/* Whether the value, from default=, is one of the column's type; *value becomes what PostgreSQL takes. */
bool cast_enum_literal(const struct decision *d, struct str *value);

/*
 * Expressions, once all columns are decided and none is changed: which fields they take, and whether what they give can
 * go to their columns. Dies of those that cannot. And the columns that rules add, which come when all else is done.
 */
void cast_using(struct casting *c);
/* The line of -x for a column that is added. */
void cast_explain_added(struct casting *c, struct str schema, struct str table,
			const struct rule *rule);

/* What the rules say of one aspect. */
enum rule_option cast_option(const struct decision *d, enum rule_aspect aspect);
/* FILE:LINE of a rule, and of the rule that gave the column its type. */
struct str cast_rule_place(struct casting *c, const struct rule *rule);
struct str cast_type_place(struct casting *c, const struct decision *d);
/* `WHAT by rule FILE:LINE`: why something is left out. */
const char *cast_by_rule(struct casting *c, const char *what, const struct rule *rule);
/* Whether PostgreSQL numbers rows in columns of the type. */
bool cast_numbers_rows(struct type t);
bool cast_in_primary_key(const struct node *column);
/* The line of -x for a column, while it still is as the source gave it. */
void cast_explain(struct casting *c, struct decision *d);

#endif
