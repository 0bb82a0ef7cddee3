/*
 * Ranges: the parts of a table that are read and loaded on their own, cut at values of its key.
 *
 * They are lines of a file, each of escaped fields, TAB-separated; an extractor reads line k of file f when called with
 * -K f -k k:
 *
 *	SCHEMA	TABLE	N	KEY1…KEYN	FROM1…FROMN	TO1…TON
 *
 * names as at the source, values as rows(5) writes those of the key's columns. A row is in the range when its key is not
 * before FROM and is before TO, compared column by column in the source's own order. An end without a limit is all \N: no column of such
 * a key is ever NULL. With N = 0 there is one range, which is the table.
 */
#ifndef SCHEMA_RANGES_H
#define SCHEMA_RANGES_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

struct range {
	struct str schema, table;
	size_t nkeys;
	struct str *key;  /* nkeys names */
	struct str *from; /* nkeys values, unescaped; NULL: from the beginning */
	struct str *to;   /* likewise; NULL: to the end */
	struct str *fields;
	struct buf text; /* what all of these point into */
};

/*
 * Reads line number `line`, counted from 1, of the file. Returns 0, or -1 with e set: no such file or line is
 * STATUS_USAGE, a line that is none of these STATUS_BAD, one without its newline STATUS_CUT. r need not be
 * initialised; after 0 range_release() frees it.
 */
int range_read(struct range *r, const char *path, uint64_t line, struct err *e);
/* One line without its newline; path and number are for messages. */
int
range_parse(struct range *r, struct str line, const char *path, uint64_t number, struct err *e);
void range_release(struct range *r);

/*
 * Whether the range is one of this table: an extractor that was told both must not read one table with the keys of
 * another.
 */
bool range_is_of(const struct range *r, struct str schema, struct str table);

#endif
