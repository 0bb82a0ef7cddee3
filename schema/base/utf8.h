/* UTF-8 as RFC 3629 has it: no surrogates, nothing beyond U+10FFFF, no longer spelling than needed. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "schema/base/bytes.h"

/* Bytes of the character that begins at p (n bytes there), or 0 when there is no valid, whole one. n may be 0. */
size_t utf8_length(const char *p, size_t n);

/* How many bytes of s are valid from its beginning; s.n when all are. A character cut at the end is not valid. */
size_t utf8_valid(struct str s);

/* The characters of valid UTF-8, or of a part of it: counts the bytes that begin one. */
size_t utf8_count(struct str s);

/* Bytes at the end of s that begin a character which does not end in s (0 to 3). */
size_t utf8_tail(struct str s);

#endif
