/* The values of an SQLite table as fields of rows(5): the stored class decides, and nothing is changed silently. */
#ifndef EXTRACT_SQLITE_VALUE_H
#define EXTRACT_SQLITE_VALUE_H

#include <sqlite3.h>

#include "schema/base/bytes.h"
#include "schema/base/io.h"
#include "schema/types.h"

struct value_writer {
	struct output out;
	bool utf16; /* texts are UTF-16 in the file */
	/* Of the value that could not be written: */
	char fault[128];  /* what is wrong with it; empty when its class says enough */
	const char *code; /* one word for its kind, see REJECTS in sqlite-rows.1 */
	const char *
	    rule_to; /* the PostgreSQL type that would take it as it is; NULL when there is none */
	const char *
	    counts; /* for a number in a column of dates: the transform that it may be meant for; or NULL */
	bool raw; /* a text that cannot be shown as one */
};

struct value_column;

/* Writes a value that is not NULL, of class (SQLITE_INTEGER, …). False when the column cannot hold it exactly. */
typedef bool
value_put(struct value_writer *w, const struct value_column *c, sqlite3_value *v, int class);

struct value_column {
	struct str name;
	struct str type_text; /* the neutral type, as schema(5) writes it */
	struct type type;
	int64_t min, max; /* of integers */
	value_put *put;
};

/* Fills in all but the name. False when no value of SQLite's is read as this type. */
bool value_column_init(struct value_column *c, struct str type_text);

/* The type for messages, with an article: "an integer". */
const char *value_column_words(const struct value_column *c);

/*
 * Writes a value that its column cannot hold: a number or a text as it is, false after the bytes of anything else, or
 * of the text in UTF-16 that raw means, in hexadecimal.
 */
bool value_put_as_it_is(struct value_writer *w, sqlite3_value *v, bool raw);

/* A value for messages: its class and itself; raw shows the bytes of a text in UTF-16. */
void value_show(struct buf *b, sqlite3_value *v, bool raw);

#endif
