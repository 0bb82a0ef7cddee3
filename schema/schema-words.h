/* What the reader and the writer of schema(5) share: its keywords and attributes as words. */
#ifndef SCHEMA_SCHEMA_WORDS_H
#define SCHEMA_SCHEMA_WORDS_H

#include "schema/schema.h"

bool node_kind_find(struct str word, enum node_kind *kind);
bool node_may_hold(enum node_kind parent, enum node_kind child);
const char *attr_word(enum attr_name name);
/* ATTR_UNKNOWN when a line of this kind has no such attribute, or has it only bare or only with a value. */
enum attr_name attr_find(enum node_kind kind, struct str word, bool bare);
/* As node_set(), for unknown attributes too. False when it was there already and is replaced. */
bool node_set_word(struct schema *s, struct node *n, enum attr_name name, struct str word,
		   struct str value);

#endif
