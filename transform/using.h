/*
 * Expressions over the fields of a row: the little of Common Lisp, and of Clojure, that stands behind USING in command
 * files of pgloader. cast-rows.1 lists what there is. An expression is compiled once for a column and then run for each
 * row; what is not understood is refused when it is compiled, and what a value makes impossible is an error of its row.
 */
#ifndef TRANSFORM_USING_H
#define TRANSFORM_USING_H

#include "schema/base/bytes.h"
#include "schema/base/prog.h"
#include "schema/types.h"

enum using_language { USING_LISP, USING_CLOJURE };

/* Of one expression; and of what it makes of one row, in bytes. */
enum { USING_MAX_BYTES = 16 * 1024, USING_MAX_DEPTH = 64, USING_MAX_FORMS = 2048 };
#define USING_MAX_MADE ((size_t)256 << 20)

/* lisp, clojure: the words that rules and schema(5) have for them. NULL for no language. */
const char *using_word(enum using_language language);
bool using_language(struct str word, enum using_language *language);

/*
 * How many bytes of text the first form takes, with the blanks and comments before it; 0 with e set and *at where the
 * fault is. text may go on with anything behind the form.
 */
size_t using_form(enum using_language language, struct str text, size_t *at, struct err *e);

/*
 * Whether text is one expression that can be compiled, whatever names of fields stand in it: 0, or -1 with e set
 * (STATUS_USAGE; it quotes the form, without place) and *at the byte of text where that form begins.
 */
int using_check(enum using_language language, struct str text, size_t *at, struct err *e);

struct using_field {
	struct str name;
	struct type type; /* neutral */
};

/* What an expression may name. */
struct using_scope {
	const struct using_field *fields;
	size_t nfields;
	long own; /* the field that (fn [v] …) and (lambda (v) …) are called with; -1: none */
	struct type target; /* of the column, which some transforms look at */
};

struct using;

/*
 * The program, in the pool, which must outlive it; NULL with e and *at set as by using_check(). Names of fields are found
 * exactly so, else but for the case of ASCII letters when only one is.
 */
struct using *
using_compile(enum using_language language, struct str text, const struct using_scope *scope,
	      struct pool *pool, size_t *at, struct err *e);
/* Of NULL too. */
void using_release(struct using *u);

/* Whether it looks at the field. */
bool using_needs(const struct using *u, size_t field);
/* The neutral type of its results; an array of TYPE_OTHER when all it gives is NULL. */
struct type using_type(const struct using *u);
/* Whether texts of this type are to be words for a truth value: t, f, 1 and 0, which checked-boolean reads. */
static inline bool
using_gives_words(struct type made, struct type target)
{
	return made.kind == TYPE_TEXT && !made.array && target.kind == TYPE_BOOL &&
	    !target.array;
}

/* A field of a row, unescaped. */
struct using_input {
	struct str text;
	bool null;
};

enum using_result { USING_VALUE, USING_NULL, USING_FAILED };

/*
 * The value for one row; fields are those of the scope, in its order, and only those that it needs are looked at. *out
 * points into them or into what the program keeps, until the next run. Allocates nothing but what grows that.
 */
enum using_result using_run(struct using *u, const struct using_input *fields, struct str *out);
/* Why the last run failed: the form, and what is wrong with its values. */
const char *using_why(const struct using *u);

#endif
