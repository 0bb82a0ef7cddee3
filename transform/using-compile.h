/* What the parts of the compiler share; for using-compile.c, using-special.c and using-calls.c alone. */
#ifndef TRANSFORM_USING_COMPILE_H
#define TRANSFORM_USING_COMPILE_H

#include "transform/using-parts.h"

/* What is known of a value before there is one. */
struct sort {
	unsigned kinds;
	struct type type; /* of a text */
};

/* A name that let or fn gave to a value; they hang from the innermost on. */
struct local {
	struct str name;
	bool exact;
	bool hidden; /* not yet to be seen, until the let has all of its values */
	bool field;  /* it stands for a field */
	size_t n;
	struct sort sort;
	struct local *outer;
};

struct compiling {
	struct using *u;
	const struct using_scope *scope; /* NULL: any name is a field */
	struct pool *pool;
	const struct form *whole;
	size_t cap, nconstants, constants_cap, nlocals, depth, stack;
	struct value *constants;
	struct local *locals;
	size_t *at;
	struct err *e;
};

extern const struct type compile_text;

/* -1, with the error set: `'FORM': …`, and where it stands. */
int compile_fail(struct compiling *c, const struct form *f, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
size_t compile_emit(struct compiling *c, enum step_code code, size_t n, const struct form *f);
/* How the stack grows and shrinks with what was emitted; its greatest depth is what the program gets. */
void compile_pushed(struct compiling *c, long n);
/* sort may be NULL. */
void
compile_constant(struct compiling *c, struct value v, const struct form *f, struct sort *sort);
int compile_form(struct compiling *c, const struct form *f, struct sort *sort);

/* --- using-special.c ----------------------------------------------------------------------- */

typedef int special_form(struct compiling *c, const struct form *f, struct sort *sort);

/* What compiles the forms that begin with this symbol, (if …); NULL when such a form is a call. */
special_form *special_find(enum using_language language, const struct form *head);

/* --- using-calls.c ------------------------------------------------------------------------- */

int compile_call(struct compiling *c, const struct form *f, const struct function *fn,
		 struct sort *sort);
/* (concatenate 'string …) */
int compile_concatenate(struct compiling *c, const struct form *f, struct sort *sort);
/* (format nil "…" …), and (format "…" …) of Clojure. */
int compile_format(struct compiling *c, const struct form *f, struct sort *sort);
int compile_transform(struct compiling *c, const struct form *f, struct str name,
		      struct sort *sort);
/* '(#\a #\b): the characters, as a text, which is all that a list in an expression is good for. */
int compile_quoted(struct compiling *c, const struct form *f, struct sort *sort);

#endif
