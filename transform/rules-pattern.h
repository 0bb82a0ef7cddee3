/* Patterns for names and types in cast rules: globs, and the regular expressions of PCRE2. */
#ifndef TRANSFORM_RULES_PATTERN_H
#define TRANSFORM_RULES_PATTERN_H

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

struct pattern;

/* What all regular expressions share while they match; NULL until there is one. */
struct matcher;
void matcher_release(struct matcher *m);

/* What ends a regular expression that is written with ~ and this before it, ~/x/ or ~<x>; a zero byte: it begins none. */
char pattern_closing(char open);

/*
 * * stands for any characters, ? for one; all else for itself. It has to match the whole. The text
 * is borrowed.
 */
struct pattern *pattern_glob(struct pool *pool, struct str text);
/*
 * A regular expression; it may match anywhere in a text. NULL with e set when it is none. Lives
 * in the pool, but has to be released before it, and before *m, which it may make.
 */
struct pattern *pattern_regex(struct pool *pool, struct matcher **m, struct str text,
			      bool nocase, struct err *e);
void pattern_release(struct pattern *p);

/*
 * 1 when the text, valid UTF-8, matches; 0 when not, -1 with e set when that takes more than a
 * bounded effort to find out.
 */
int pattern_matches(const struct pattern *p, struct str text, struct err *e);

#endif
