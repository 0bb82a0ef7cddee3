/*
 * Transforms: functions that a rule names behind `using`, and that cast-rows calls for each
 * value of a column. In schema(5) a use of one is written name, or name('text',3) with arguments:
 * texts in single quotes, with each of these doubled inside, and integers.
 */
#ifndef TRANSFORM_TRANSFORMS_H
#define TRANSFORM_TRANSFORMS_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"
#include "schema/types.h"

enum transform_result {
	TRANSFORM_SAME,
	TRANSFORM_SPELLED, /* another text for the same value: 1 is t */
	TRANSFORM_ALTERED, /* another value: it is counted */
	TRANSFORM_NULL,    /* altered to NULL */
	TRANSFORM_FAILED,  /* a value that it has no meaning for */
};

enum { TRANSFORM_ARGS = 2 };

/* What an argument may be, and what it is called in messages. name NULL: there is none. */
struct transform_param {
	const char *name;
	enum { TRANSFORM_TEXT, TRANSFORM_INTEGER } kind;
	bool optional;
};

struct transform_arg {
	bool given;
	struct str text;
	int64_t number;
};

struct transform_use;

struct transform {
	const char *name;
	/*
	 * From value (unescaped, not NULL: NULL stays NULL) to *out, which points into value,
	 * scratch or what the use keeps, or is a constant. Allocates nothing but what grows scratch.
	 */
	enum transform_result (*call)(struct transform_use *use, struct str value,
				      struct buf *scratch, struct str *out);
	bool alters;       /* it may give ALTERED or NULL */
	const char *takes; /* for the message when it failed: what it expects */
	/* Neutral types: what SQLite's values are to be read as, and what it makes of all; NULL: as the column is. */
	const char *wants, *gives;
	/* For one that makes of values what the target takes, instead of gives. */
	const char *(*gives_for)(const struct transform_use *use);
	struct transform_param params[TRANSFORM_ARGS];
	/*
	 * Looks at the arguments and makes what call() needs of them. 0, or -1 with e set. NULL:
	 * nothing to do. What it opens, release closes.
	 */
	int (*prepare)(struct transform_use *use, struct pool *pool, struct err *e);
	void (*release)(struct transform_use *use);
};

/* A transform with its arguments, for one column. */
struct transform_use {
	const struct transform *transform; /* NULL: none */
	struct str text;                   /* in its one spelling, as schema(5) has it */
	struct transform_arg args[TRANSFORM_ARGS];
	struct type was, target; /* of the column, see transform_bind() */
	void *state;             /* of the transform's own */
	struct buf spare;        /* of the transform's own: a second scratch */
	char why[96];            /* what a call that FAILED has to say besides; else empty */
};

/*
 * Reads what stands behind using=; the pool, which must outlive the use, gets copies of all of
 * it. 0, or -1 with e set (STATUS_USAGE, without place) and nothing to release.
 */
int
transform_prepare(struct str text, struct pool *pool, struct transform_use *use, struct err *e);
/*
 * Tells the use what it is called for: values of the neutral type `was`, and the PostgreSQL type
 * they go to. Returns the neutral type of what it makes of them. Before the first call.
 */
struct type transform_bind(struct transform_use *use, struct type was, struct type target);
/* Of a zeroed use too. */
void transform_release(struct transform_use *use);

static inline enum transform_result
transform_call(struct transform_use *use, struct str value, struct buf *scratch,
	       struct str *out)
{
	use->why[0] = '\0';
	return use->transform->call(use, value, scratch, out);
}

/* The use as a rule writes it, behind using: name, or (name 'text' 3). */
void transform_add_rule(struct buf *b, const struct transform_use *use);
/* How it is written in schema(5): decode-as('charset'[,'read as']). */
void transform_signature(const struct transform *t, struct buf *b);
/* NULL when there is none of this name. */
const struct transform *transform_find(struct str name);
/* All of them, by name, for i from 0; NULL behind the last. */
const struct transform *transform_at(size_t i);
/*
 * Not for rules: what cast-rows does to a timestamp without zone that goes to one with a zone.
 */
extern const struct transform transform_at_utc;
#endif
