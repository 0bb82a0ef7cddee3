/*
 * What PostgreSQL would change in a value without a word, found before it can: numeric(10,2)
 * rounds 0.995, varchar(3) cuts blanks, timestamp(3) rounds into the next day, real rounds
 * 16777217. A check is prepared once for a column.
 */
#ifndef TRANSFORM_CHECK_H
#define TRANSFORM_CHECK_H

#include <stdint.h>

#include "schema/types.h"

enum check_kind {
	CHECK_NONE,
	CHECK_NUMBER,  /* a decimal number at all */
	CHECK_NUMERIC, /* digits before and behind the point */
	CHECK_LENGTH,  /* characters */
	CHECK_CHAR,    /* characters, and no blank at the end */
	CHECK_BYTES,
	CHECK_CLOCK,  /* no zero in a date, no hour 24 behind it, no second 60 */
	CHECK_SECOND, /* digits of a second, and its clock */
	CHECK_DAY,    /* a time within a day, and its digits of a second */
	CHECK_LABEL,  /* not the empty text that MySQL has for no label */
	CHECK_FLOAT4,
	CHECK_FLOAT8,
	CHECK_INTEGER,
	/* Text that goes to these must be spelt as rows.5 says, which can be read one way only. */
	CHECK_DATE,
	CHECK_TIME,
	CHECK_TIMETZ,
	CHECK_INTERVAL,
	CHECK_TIMESTAMP,
	CHECK_TIMESTAMPTZ,
	CHECK_BITS,
	CHECK_UUID,
	CHECK_INET,
	CHECK_CIDR,
	CHECK_MACADDR8,
	CHECK_XML,
	CHECK_JSONB,
	CHECK_NEVER, /* no value is certain to be kept */
};

struct check {
	enum check_kind kind;
	int p, s;
	int64_t min, max;
	bool from_double;
	const char *
	    remedy; /* a type that takes any value of the column; check_value() may name another */
};

struct check_fault {
	char why[256]; /* without the value: "has 3 decimals, numeric(10,2) would round it" */
	const char *code; /* one word for its kind, see REJECTS in cast-rows.1 */
	const char
	    *remedy; /* a type that would take it; NULL: the rule is not one to another type */
	const char *rule; /* what it does instead, and what becomes of the value then */
	const char *becomes;
};

/*
 * Why values of the neutral type cannot go to the PostgreSQL type as they are, whatever the
 * value, or NULL when they can: what is not refused here, check_init() or PostgreSQL itself
 * looks at value by value.
 */
const char *check_refuses(struct type was, struct type target);

/* CHECK_NONE when nothing can be changed silently. target_text is the target as PostgreSQL calls it. */
struct check check_init(struct type was, struct type target, struct str target_text);

/* Whether value (unescaped, not NULL) arrives as it is; else f is set. */
bool check_value(const struct check *c, struct str value, struct check_fault *f);
/*
 * Whether there can be a value in bytes, a part of a stream, that CHECK_CLOCK refuses: false is certain. Reads up to
 * 64 bytes behind bytes, as an input has them.
 */
bool clock_suspected(struct str bytes);
/* CHECK_LENGTH, for a value that comes in pieces. */
bool check_length(const struct check *c, size_t characters, struct check_fault *f);

/*
 * Whether a literal of the neutral type is one of the target type too, and the same value. For
 * defaults.
 */
bool check_literal(struct type was, struct type target, struct str value);

#endif
