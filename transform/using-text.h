/* What functions of texts share; for using-character.c, using-text.c and using-list.c alone. */
#ifndef TRANSFORM_USING_TEXT_H
#define TRANSFORM_USING_TEXT_H

#include "transform/using-parts.h"

/* --- using-character.c: texts are valid UTF-8, and none of these is empty ------------------- */

/* The bytes of the character that begins the text. */
size_t char_length(struct str s);
struct str char_last(struct str s);
/* The number of the character whose n bytes are at p. */
uint32_t char_decode(const char *p, size_t n);
void char_encode(struct buf *b, uint32_t c);
/* In upper or lower case. Behind using_open_letters(), as is the next. */
uint32_t char_turn(const struct using *u, uint32_t c, bool up);
bool char_is_alphanumeric(const struct using *u, uint32_t c);
/* Whether the character c is white space to Java, and so to Clojure. */
bool char_is_java_space(struct str c);

/* --- using-text.c -------------------------------------------------------------------------- */

/* A text or a character; of NIL, which is the empty sequence, no bytes. */
struct str text_sequence(const struct value *v);
/* Where the mark stands in s from there on; s.n when it does not. */
size_t text_find(struct str s, size_t from, struct str mark);

#endif
