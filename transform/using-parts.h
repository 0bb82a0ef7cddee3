/* What the parts of the evaluator share; for using-*.c alone. */
#ifndef TRANSFORM_USING_PARTS_H
#define TRANSFORM_USING_PARTS_H

#include <locale.h>
#include <stdint.h>

#include "transform/transforms.h"
#include "transform/using.h"

__extension__ typedef __int128 int128;

/* --- forms, as they are read (using-read.c) ------------------------------------------------ */

enum form_kind {
	FORM_LIST,
	FORM_VECTOR, /* [a b], of Clojure */
	FORM_SYMBOL,
	FORM_KEYWORD,
	FORM_TEXT,
	FORM_CHARACTER,
	FORM_INTEGER,
	FORM_QUOTED, /* 'a: its child is a */
};

struct form {
	enum form_kind kind;
	bool exact;     /* of a symbol: |a|, which means this name only, and never T or NIL */
	struct str raw; /* as it stands in the text */
	struct str
	    text; /* a symbol or keyword without its package and colon; what is between quotes */
	int128 number;
	struct form *child, *next;
};

/* The whole text as one form, in the pool; NULL with e and *at set. */
struct form *using_read(enum using_language language, struct str text, struct pool *pool,
			size_t *at, struct err *e);
/* Children, or without the first so many. */
size_t form_count(const struct form *f);
bool form_is(const struct form *f, const char *symbol);

/* --- values -------------------------------------------------------------------------------- */

enum kind {
	KIND_NIL = 1,
	KIND_TRUE = 2,
	KIND_FALSE = 4, /* of Clojure; Lisp has NIL for it */
	KIND_INTEGER = 8,
	KIND_TEXT = 16,
	KIND_CHARACTER = 32,
	KIND_LIST = 64,
	KIND_KEYWORD = 128, /* only as a constant that is true */
	KIND_UNSET = 256,   /* an argument that is not there */

	KIND_TRUTH = KIND_NIL | KIND_TRUE | KIND_FALSE,
	KIND_ANY = 255,
	/* What has a name for functions of strings: NIL is "NIL". */
	KIND_STRING = KIND_TEXT | KIND_CHARACTER | KIND_NIL | KIND_TRUE,
	KIND_SEQUENCE = KIND_TEXT | KIND_NIL,
};

/* A list is a text that has been split, and stays one: its elements are found when they are asked for. */
struct value {
	unsigned kind;
	bool compact;    /* of a list: empty elements count for nothing */
	struct str text; /* a text, a character, a keyword; a list before it was split */
	struct str mark; /* of a list: what it was split at */
	int128 number;
};

/* --- programs ------------------------------------------------------------------------------ */

struct step;
/*
 * From s->n arguments to *out. False with using_fail() called. Texts that it makes go to s->made, for no step runs twice
 * for one row.
 */
typedef bool
using_call(struct using *u, struct step *s, const struct value *args, struct value *out);

enum { FUNCTION_KEYS = 4, FUNCTION_ANY = 255 };

struct function {
	const char *name;
	unsigned languages; /* 1 << USING_LISP, … */
	unsigned min, max;  /* arguments without keys; FUNCTION_ANY: as many as there are */
	unsigned takes[3];  /* kinds of the first, second, and all others */
	unsigned gives;
	using_call *call;
	int variant; /* which one of a family call is to be */
	/* :start 2, behind the others; they become arguments in this order. */
	const char *keys[FUNCTION_KEYS];
};

const struct function *function_find(enum using_language language, struct str name);
/* Called by special forms: format, and transforms. */
extern const struct function function_concatenate, function_format, function_transform;

enum step_code {
	STEP_CONSTANT, /* what is pushed: n is which */
	STEP_FIELD,
	STEP_LOCAL,
	STEP_SET, /* the top goes to local n */
	STEP_POP,
	STEP_JUMP,
	STEP_JUMP_FALSE,      /* takes the top */
	STEP_JUMP_FALSE_KEEP, /* takes the top unless it jumps */
	STEP_JUMP_TRUE_KEEP,
	STEP_CALL, /* of n arguments */
};

struct step {
	enum step_code code;
	uint32_t n; /* an index, where to jump, or how many arguments */
	bool sure;  /* the kinds of the arguments need no look */
	const struct function *f;
	void *data; /* of function_format and function_transform */
	struct buf made;
	struct str raw; /* the form */
};

struct using
{
	enum using_language language;
	struct step *steps;
	size_t nsteps;
	struct value *constants, *locals, *stack;
	bool *needs; /* of each field */
	size_t nfields;
	unsigned gives; /* kinds */
	struct type type;
	size_t made;      /* bytes, by this run */
	locale_t letters; /* opened when case is asked for, else 0 */
	char digits[48];
	char why[320];
};

/* step.data of a call of a transform. */
struct transform_call {
	struct transform_use use;
	char digits[48]; /* of an integer that it is called with */
};

/* What using_fail() writes: `'FORM': …`. Returns false. */
bool using_fail(struct using *u, const struct step *s, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* s->made, empty, with room for n bytes; NULL with using_fail() called when that is too much for a row. */
struct buf *using_make(struct using *u, struct step *s, size_t n);
/* What kinds there are, in words: "an integer or NIL". */
const char *using_kinds(enum using_language language, unsigned kinds, struct buf *b);
/* A value for a message. */
struct shown using_show(const struct value *v);
/* The name of a KIND_STRING. */
struct str value_name(const struct value *v);
bool value_true(const struct value *v);
size_t int128_put(char *d, int128 v); /* up to 40 bytes */

static inline struct value
value_text(struct str s)
{
	return (struct value){ .kind = KIND_TEXT, .text = s };
}

static inline struct value
value_integer(int128 n)
{
	return (struct value){ .kind = KIND_INTEGER, .number = n };
}

static inline struct value
value_truth(const struct using *u, bool b)
{
	return (struct value){ .kind = b                          ? KIND_TRUE
				   : u->language == USING_CLOJURE ? KIND_FALSE
								  : KIND_NIL };
}

/* --- using-character.c, using-text.c, using-list.c, using-number.c -------------------------- */

#define USING_CALL(name) \
	bool name(struct using *u, struct step *s, const struct value *args, struct value *out)

/* Opens what upper and lower case are looked up in: the locale C.UTF-8. False when there is none. */
bool using_open_letters(struct using *u);

enum { CASE_UP, CASE_DOWN, CASE_CAPITAL };
enum { TRIM_LEFT = 1, TRIM_RIGHT = 2, TRIM_BOTH = 3 };
enum {
	COMPARE_EQUAL,
	COMPARE_UNEQUAL,
	COMPARE_LESS,
	COMPARE_GREATER,
	COMPARE_UP_TO,
	COMPARE_FROM
};
enum { ADD, SUBTRACT, MULTIPLY, DIVIDE, MINIMUM, MAXIMUM };
enum { DIVIDE_FLOOR, DIVIDE_CEILING, DIVIDE_TRUNCATE, DIVIDE_ROUND, DIVIDE_MOD, DIVIDE_REM };
enum { TEST_ZERO, TEST_PLUS, TEST_MINUS, TEST_EVEN, TEST_ODD };

USING_CALL(using_concatenate);
USING_CALL(using_clojure_str);
USING_CALL(using_case);
USING_CALL(using_trim);
USING_CALL(using_clojure_trim);
USING_CALL(using_compare_texts);
USING_CALL(using_equal_texts); /* whatever their case */
USING_CALL(using_subseq);
USING_CALL(using_length);
USING_CALL(using_search);
USING_CALL(using_position);
USING_CALL(using_character);
USING_CALL(using_remove);
USING_CALL(using_substitute);
USING_CALL(using_replace);
USING_CALL(using_contains);
USING_CALL(using_blank);
USING_CALL(using_reverse);
USING_CALL(using_split);
USING_CALL(using_nth);
USING_CALL(using_elt);
USING_CALL(using_string);
USING_CALL(using_compare_characters);
USING_CALL(using_format);
USING_CALL(using_transform);

USING_CALL(using_arithmetic);
USING_CALL(using_divide);
USING_CALL(using_step_by);
USING_CALL(using_absolute);
USING_CALL(using_compare_numbers);
USING_CALL(using_test_number);
USING_CALL(using_parse_integer);
USING_CALL(using_clojure_parse);
USING_CALL(using_equal);
USING_CALL(using_is_kind);

/* Appends v as ~A prints it. */
void using_princ(const struct using *u, struct buf *b, const struct value *v);

/* --- using-format.c ------------------------------------------------------------------------ */

/*
 * The directives of a control string, in the pool, for step.data; NULL with e set. *nargs is how many arguments they
 * take.
 */
void *format_parse(enum using_language language, struct str control, struct pool *pool,
		   size_t *nargs, struct err *e);

#endif
