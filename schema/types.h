/*
 * Types: the neutral ones of schema(5), and PostgreSQL's own mapped onto the same kinds, so that a digest or a check
 * asks one question of both.
 */
#ifndef SCHEMA_TYPES_H
#define SCHEMA_TYPES_H

#include "schema/base/bytes.h"

enum type_kind {
	TYPE_OTHER, /* no neutral type says it: text as the source's tools print it; a PostgreSQL type not listed here */
	TYPE_BOOL,
	TYPE_I8,
	TYPE_I16,
	TYPE_I32,
	TYPE_I64,
	TYPE_U8,
	TYPE_U16,
	TYPE_U32,
	TYPE_U64,
	TYPE_YEAR,
	TYPE_DECIMAL,
	TYPE_F32,
	TYPE_F64,
	TYPE_CHAR,
	TYPE_VARCHAR,
	TYPE_TEXT,
	TYPE_BINARY,
	TYPE_VARBINARY,
	TYPE_BYTES,
	TYPE_DATE,
	TYPE_TIME,
	TYPE_TIMESTAMP,
	TYPE_TIMESTAMPTZ,
	TYPE_INTERVAL,
	TYPE_BIT,
	TYPE_UUID,
	TYPE_INET,
	TYPE_JSON,
	TYPE_XML,
	TYPE_ENUM,
	TYPE_SET,
	TYPE_GEOMETRY,
	TYPE_JSONB, /* PostgreSQL only from here on */
	TYPE_VARBIT,
	TYPE_TIMETZ,
};

struct type {
	enum type_kind kind;
	bool array;
	/* decimal(p,s): both, or -1 -1; PostgreSQL's s can be negative. char, varchar, binary, varbinary, bit: length in p, or -1. time family: digits in p. */
	int precision;
	int scale;
};

/* A neutral type as schema(5) writes it, in its one spelling. False when it is none. */
bool type_parse(struct str text, struct type *out);
/*
 * A PostgreSQL type, in any of its usual spellings (int8, bigint; varchar(3), character varying(3)). What is not known
 * is TYPE_OTHER; that is no error.
 */
void type_parse_pg(struct str text, struct type *out);
/* type_parse_pg() when pg, else type_parse(), which makes TYPE_OTHER of what it refuses. */
struct type type_of(struct str text, bool pg);

#endif
