/*
 * Transforms: functions that a rule names behind `using`, and that cast-rows calls for each
 * value of a column.
 */
#ifndef TRANSFORM_TRANSFORMS_H
#define TRANSFORM_TRANSFORMS_H

#include "schema/base/bytes.h"

enum transform_result {
	TRANSFORM_SAME,
	TRANSFORM_SPELLED, /* another text for the same value: 1 is t */
	TRANSFORM_ALTERED, /* another value: it is counted */
	TRANSFORM_NULL,    /* altered to NULL */
	TRANSFORM_FAILED,  /* a value that it has no meaning for */
};

struct transform {
	const char *name;
	/*
	 * From value (unescaped, not NULL) to *out, which points into value or scratch, or is a
	 * constant.
	 */
	enum transform_result (*call)(struct str value, struct buf *scratch, struct str *out);
	bool alters;       /* it may give ALTERED or NULL */
	const char *takes; /* for the message when it failed: what it expects */
	/* Neutral types: what SQLite's values are to be read as, and what it makes of all; NULL: as the column is. */
	const char *wants, *gives;
};

/* NULL when there is none of this name. */
const struct transform *transform_find(struct str name);
/*
 * Not for rules: what cast-rows does to a timestamp without zone that goes to one with a zone.
 */
extern const struct transform transform_at_utc;
/* The names of all of them, for messages. */
void transform_names(struct buf *b);

#endif
