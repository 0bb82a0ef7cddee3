/* The values of MySQL and MariaDB, as their text protocol has them, as fields of rows(5). */
#ifndef EXTRACT_MYSQL_VALUE_H
#define EXTRACT_MYSQL_VALUE_H

#include "schema/base/bytes.h"
#include "schema/base/io.h"
#include "schema/types.h"

struct value_column;

/* Writes a value that is not NULL. False, with nothing written, when it is none of the column's. */
typedef bool value_put(struct output *out, const struct value_column *c, struct str v);

struct value_column {
	struct str name;
	struct str type_text; /* the neutral type, as schema(5) writes it */
	struct type type;
	bool padded; /* numbers come with zeros before them */
	bool zone;   /* what is put behind it: +00 */
	struct str
	    converted; /* the charset that its texts are stored in, when that is not UTF-8; else p is NULL */
	value_put *put;
};

/* Before what is stored, in the place of a text of a converted column that is none of its charset: no byte of UTF-8. */
enum { MYSQL_UNCONVERTED = 0xff };

/* What a value has against it. */
struct value_fault {
	const char *code; /* one word for its kind, see REJECTS in mysql-rows.1 */
	char text[96];
};

/*
 * Fills in all but the name. point: floats come as the geometry that point(value, 0) makes, else as text; zerofill: see
 * padded. False when no value of MySQL's is read as this type.
 */
bool mysql_value_init(struct value_column *c, struct str type_text, bool point, bool zerofill);

/* Whether the value is one of the column's, and if not, why. What passes can be put. */
bool mysql_value_check(const struct value_column *c, struct str v, struct value_fault *fault);

/* The bytes of any value as a field: in hexadecimal, behind \x. */
void mysql_value_hex(struct output *out, const struct value_column *c, struct str v);

/* A value for messages: itself, or its first bytes in hexadecimal when it is no text. */
void mysql_value_show(struct buf *b, const struct value_column *c, struct str v);

#endif
