/*
 * Expressions of a source in PostgreSQL's words. They are translated only when they certainly mean the same for every
 * value that the columns can have; else the result has p NULL, and why says which part is not certain.
 * cast-schema.1 has the grammar.
 */
#ifndef TRANSFORM_EXPR_H
#define TRANSFORM_EXPR_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/types.h"

/* What is known of the values of an expression, in both databases. */
enum expr_class {
	EXPR_FAILED,
	EXPR_OTHER, /* nothing but whether they are NULL */
	EXPR_NULL,
	EXPR_INT,
	EXPR_DOUBLE,
	EXPR_NUMERIC, /* integers and doubles at the source, decimals in PostgreSQL */
	EXPR_TEXT,
	EXPR_BOOL, /* 0 and 1 at the source */
	EXPR_BYTES,
	EXPR_DATE, /* in SQLite texts of the form YYYY-MM-DD */
	/* SQLite has none of these. */
	EXPR_TIME,
	EXPR_TIMESTAMP,
	EXPR_TIMESTAMPTZ,
	EXPR_ENUM,
	EXPR_JSON,
	EXPR_UUID,
};

/* Whose expressions they are. */
enum expr_source { EXPR_SQLITE, EXPR_MYSQL };

/* What a declared type says of the values (https://sqlite.org/datatype3.html, section 3.1). */
enum expr_affinity {
	AFFINITY_NONE,
	AFFINITY_TEXT,
	AFFINITY_NUMERIC,
	AFFINITY_INTEGER,
	AFFINITY_REAL,
};

enum expr_affinity expr_affinity(struct str declared);

struct expr_column {
	struct str from, to;   /* names at the source and in PostgreSQL */
	enum expr_class class; /* when it is read */
	enum expr_class takes; /* when an expression makes its value; EXPR_OTHER: none can */
	struct type type;      /* PostgreSQL's */
	const char *why;       /* EXPR_OTHER: what is not certain of its values */
	struct str collate;    /* how the source compares its texts; p NULL: by their bytes */
	bool transformed;      /* a rule changes its values */
	bool generated;        /* at the source */
	bool notnull;          /* in PostgreSQL */
	bool natural;          /* a number that is never negative at the source */
	uint64_t most;         /* the greatest integer that MySQL's type has; 0: nobody asks */
	bool year;             /* MySQL's YEAR */
	bool zerofill;         /* as a text it has zeros in front */
	bool trimmed;          /* no value ends with a blank */
	bool nulled;           /* dates that do not exist became NULL */
	bool bit;              /* a bit in PostgreSQL, which is a truth value at the source */
	size_t length;         /* of bytes, all of them; 0: any */
	struct str *labels;    /* of an enum */
	size_t nlabels;
};

struct expr_table {
	enum expr_source source;
	struct str name; /* at the source */
	struct expr_column *columns;
	size_t ncolumns;
};

/* A condition of a check or a partial index. The results live in the pool; why is appended to. */
struct str expr_condition(const struct expr_table *table, struct str sql, struct pool *pool,
			  struct buf *why);
/* A key of an index. */
struct str
expr_key(const struct expr_table *table, struct str sql, struct pool *pool, struct buf *why);
/* The value of a generated column, of the column's own type. */
struct str expr_generated(const struct expr_table *table, const struct expr_column *column,
			  struct str sql, struct pool *pool, struct buf *why);
/* The default of a column, of the column's own type; here alone the present is no uncertainty. */
struct str expr_default(const struct expr_table *table, const struct expr_column *column,
			struct str sql, struct pool *pool, struct buf *why);

#endif
