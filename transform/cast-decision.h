/* cast-schema: what the rules say of each column, before anything is done to it. */
#ifndef TRANSFORM_CAST_DECISION_H
#define TRANSFORM_CAST_DECISION_H

#include "transform/cast-schema.h"

struct decision {
	struct node *column;
	const struct rule *rule; /* the one that matched first: it is the column's rule= */
	bool users;              /* the type is the user's own choice */
	enum rule_option deflt, notnull;
	struct transform_use using; /* transform NULL: none */
	struct type neutral;        /* as the schema of the source has it */
	/* As rows will come: another one only where the extractor can read it as that. */
	struct type was;
	struct str was_text;
	struct type target;
	struct str to; /* its text; p NULL: the column is dropped */
	bool identity; /* the target is written as a serial type */
	const struct decision *like; /* whose type it took, to be comparable with it; or NULL */
};

/*
 * Both ends of a foreign key get one type: where they are of one type at the source, the child
 * takes over what the rules say of the parent, unless the user chose the child's type.
 */
void cast_foreign_types(struct casting *c, struct decision *all, size_t n);

#endif
