/* Expressions behind USING: the functions that there are, as data. */
#include "transform/using-parts.h"

enum {
	LISP = 1 << USING_LISP,
	CLOJURE = 1 << USING_CLOJURE,
	ANY = FUNCTION_ANY,

	TRUTH = KIND_TRUTH,
	INTEGER = KIND_INTEGER,
	TEXT = KIND_TEXT,
	STRING = KIND_STRING,
	SEQUENCE = KIND_SEQUENCE,
	INDEX = KIND_INTEGER | KIND_NIL, /* or nothing was found */
	ALL = KIND_ANY & ~KIND_KEYWORD,
	PRINTED = ALL & ~KIND_LIST,
};

/* clang-format off */
#define RANGES { "start1", "end1", "start2", "end2" }
static const struct function functions[] = {
	/* texts */
	{ "char", LISP, 2, 2, { TEXT, INTEGER }, KIND_CHARACTER, using_character, 0, { 0 } },
	{ "char/=", LISP, 2, 2, { KIND_CHARACTER, KIND_CHARACTER }, TRUTH, using_compare_characters, COMPARE_UNEQUAL, { 0 } },
	{ "char=", LISP, 2, 2, { KIND_CHARACTER, KIND_CHARACTER }, TRUTH, using_compare_characters, COMPARE_EQUAL, { 0 } },
	{ "elt", LISP, 2, 2, { TEXT | KIND_LIST, INTEGER }, TEXT | KIND_CHARACTER, using_elt, 0, { 0 } },
	{ "length", LISP, 1, 1, { SEQUENCE | KIND_LIST }, INTEGER, using_length, 0, { 0 } },
	{ "position", LISP, 2, 2, { KIND_CHARACTER, SEQUENCE }, INDEX, using_position, 0, { "start", "end", "from-end" } },
	{ "princ-to-string", LISP, 1, 1, { PRINTED }, TEXT, using_string, 0, { 0 } },
	{ "remove", LISP, 2, 2, { KIND_CHARACTER, SEQUENCE }, SEQUENCE, using_remove, 0, { 0 } },
	{ "reverse", LISP, 1, 1, { SEQUENCE }, SEQUENCE, using_reverse, 0, { 0 } },
	{ "search", LISP, 2, 2, { SEQUENCE, SEQUENCE }, INDEX, using_search, 0, { "start2", "end2", "from-end" } },
	{ "string", LISP, 1, 1, { STRING }, TEXT, using_string, 0, { 0 } },
	{ "string-capitalize", LISP, 1, 1, { STRING }, TEXT, using_case, CASE_CAPITAL, { 0 } },
	{ "string-downcase", LISP, 1, 1, { STRING }, TEXT, using_case, CASE_DOWN, { 0 } },
	{ "string-upcase", LISP, 1, 1, { STRING }, TEXT, using_case, CASE_UP, { 0 } },
	{ "string-equal", LISP, 2, 2, { STRING, STRING }, TRUTH, using_equal_texts, COMPARE_EQUAL, RANGES },
	{ "string-not-equal", LISP, 2, 2, { STRING, STRING }, TRUTH, using_equal_texts, COMPARE_UNEQUAL, RANGES },
	{ "string-trim", LISP, 2, 2, { SEQUENCE, STRING }, TEXT, using_trim, TRIM_BOTH, { 0 } },
	{ "string-left-trim", LISP, 2, 2, { SEQUENCE, STRING }, TEXT, using_trim, TRIM_LEFT, { 0 } },
	{ "string-right-trim", LISP, 2, 2, { SEQUENCE, STRING }, TEXT, using_trim, TRIM_RIGHT, { 0 } },
	{ "string/=", LISP, 2, 2, { STRING, STRING }, INDEX, using_compare_texts, COMPARE_UNEQUAL, RANGES },
	{ "string<", LISP, 2, 2, { STRING, STRING }, INDEX, using_compare_texts, COMPARE_LESS, RANGES },
	{ "string<=", LISP, 2, 2, { STRING, STRING }, INDEX, using_compare_texts, COMPARE_UP_TO, RANGES },
	{ "string=", LISP, 2, 2, { STRING, STRING }, TRUTH, using_compare_texts, COMPARE_EQUAL, RANGES },
	{ "string>", LISP, 2, 2, { STRING, STRING }, INDEX, using_compare_texts, COMPARE_GREATER, RANGES },
	{ "string>=", LISP, 2, 2, { STRING, STRING }, INDEX, using_compare_texts, COMPARE_FROM, RANGES },
	{ "subseq", LISP, 2, 3, { SEQUENCE, INTEGER, INDEX }, SEQUENCE, using_subseq, 0, { 0 } },
	{ "substitute", LISP, 3, 3, { KIND_CHARACTER, KIND_CHARACTER, SEQUENCE }, SEQUENCE, using_substitute, 0, { 0 } },
	{ "parse-integer", LISP, 1, 1, { TEXT }, INDEX, using_parse_integer, 0, { "start", "end", "junk-allowed" } },

	{ "str", CLOJURE, 0, ANY, { PRINTED, PRINTED, PRINTED }, TEXT, using_clojure_str, 0, { 0 } },
	{ "subs", CLOJURE, 2, 3, { TEXT, INTEGER, INTEGER }, TEXT, using_subseq, 0, { 0 } },
	{ "count", CLOJURE, 1, 1, { SEQUENCE }, INTEGER, using_length, 0, { 0 } },
	{ "clojure.string/trim", CLOJURE, 1, 1, { TEXT }, TEXT, using_clojure_trim, TRIM_BOTH, { 0 } },
	{ "clojure.string/triml", CLOJURE, 1, 1, { TEXT }, TEXT, using_clojure_trim, TRIM_LEFT, { 0 } },
	{ "clojure.string/trimr", CLOJURE, 1, 1, { TEXT }, TEXT, using_clojure_trim, TRIM_RIGHT, { 0 } },
	{ "clojure.string/upper-case", CLOJURE, 1, 1, { TEXT }, TEXT, using_case, CASE_UP, { 0 } },
	{ "clojure.string/lower-case", CLOJURE, 1, 1, { TEXT }, TEXT, using_case, CASE_DOWN, { 0 } },
	{ "clojure.string/blank?", CLOJURE, 1, 1, { SEQUENCE }, TRUTH, using_blank, 0, { 0 } },
	{ "clojure.string/includes?", CLOJURE, 2, 2, { TEXT, TEXT }, TRUTH, using_contains, TRIM_BOTH, { 0 } },
	{ "clojure.string/starts-with?", CLOJURE, 2, 2, { TEXT, TEXT }, TRUTH, using_contains, TRIM_LEFT, { 0 } },
	{ "clojure.string/ends-with?", CLOJURE, 2, 2, { TEXT, TEXT }, TRUTH, using_contains, TRIM_RIGHT, { 0 } },
	{ "clojure.string/replace", CLOJURE, 3, 3, { TEXT, TEXT, TEXT }, TEXT, using_replace, 0, { 0 } },
	{ "clojure.string/reverse", CLOJURE, 1, 1, { TEXT }, TEXT, using_reverse, 0, { 0 } },
	{ "Integer/parseInt", CLOJURE, 1, 1, { TEXT }, INTEGER, using_clojure_parse, 32, { 0 } },
	{ "Long/parseLong", CLOJURE, 1, 1, { TEXT }, INTEGER, using_clojure_parse, 64, { 0 } },
	{ "parse-long", CLOJURE, 1, 1, { TEXT }, INDEX, using_clojure_parse, 0, { 0 } },

	/* lists, of which there are only those that split-sequence makes */
	{ "car", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 0, { 0 } },
	{ "first", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 0, { 0 } },
	{ "second", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 1, { 0 } },
	{ "third", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 2, { 0 } },
	{ "fourth", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 3, { 0 } },
	{ "fifth", LISP, 1, 1, { KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, 4, { 0 } },
	{ "nth", LISP, 2, 2, { INTEGER, KIND_LIST | KIND_NIL }, SEQUENCE, using_nth, -1, { 0 } },
	{ "split-sequence", LISP, 2, 2, { KIND_CHARACTER, SEQUENCE }, KIND_LIST | KIND_NIL, using_split, 0, { "remove-empty-subseqs" } },

	/* numbers */
	{ "+", LISP, 0, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, ADD, { 0 } },
	{ "-", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, SUBTRACT, { 0 } },
	{ "*", LISP, 0, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, MULTIPLY, { 0 } },
	{ "/", LISP, 2, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, DIVIDE, { 0 } },
	{ "+", CLOJURE, 0, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, ADD, { 0 } },
	{ "*", CLOJURE, 0, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, MULTIPLY, { 0 } },
	{ "min", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, MINIMUM, { 0 } },
	{ "max", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, INTEGER, using_arithmetic, MAXIMUM, { 0 } },
	{ "floor", LISP, 1, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_FLOOR, { 0 } },
	{ "ceiling", LISP, 1, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_CEILING, { 0 } },
	{ "truncate", LISP, 1, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_TRUNCATE, { 0 } },
	{ "round", LISP, 1, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_ROUND, { 0 } },
	{ "mod", LISP | CLOJURE, 2, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_MOD, { 0 } },
	{ "rem", LISP | CLOJURE, 2, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_REM, { 0 } },
	{ "quot", CLOJURE, 2, 2, { INTEGER, INTEGER }, INTEGER, using_divide, DIVIDE_TRUNCATE, { 0 } },
	{ "1+", LISP, 1, 1, { INTEGER }, INTEGER, using_step_by, 1, { 0 } },
	{ "1-", LISP, 1, 1, { INTEGER }, INTEGER, using_step_by, -1, { 0 } },
	{ "inc", CLOJURE, 1, 1, { INTEGER }, INTEGER, using_step_by, 1, { 0 } },
	{ "dec", CLOJURE, 1, 1, { INTEGER }, INTEGER, using_step_by, -1, { 0 } },
	{ "abs", LISP | CLOJURE, 1, 1, { INTEGER }, INTEGER, using_absolute, 0, { 0 } },
	{ "=", LISP, 1, ANY, { INTEGER, INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_EQUAL, { 0 } },
	{ "/=", LISP, 2, 2, { INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_UNEQUAL, { 0 } },
	{ "<", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_LESS, { 0 } },
	{ ">", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_GREATER, { 0 } },
	{ "<=", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_UP_TO, { 0 } },
	{ ">=", LISP | CLOJURE, 1, ANY, { INTEGER, INTEGER, INTEGER }, TRUTH, using_compare_numbers, COMPARE_FROM, { 0 } },
	{ "zerop", LISP, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_ZERO, { 0 } },
	{ "plusp", LISP, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_PLUS, { 0 } },
	{ "minusp", LISP, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_MINUS, { 0 } },
	{ "evenp", LISP, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_EVEN, { 0 } },
	{ "oddp", LISP, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_ODD, { 0 } },
	{ "zero?", CLOJURE, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_ZERO, { 0 } },
	{ "pos?", CLOJURE, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_PLUS, { 0 } },
	{ "neg?", CLOJURE, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_MINUS, { 0 } },
	{ "even?", CLOJURE, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_EVEN, { 0 } },
	{ "odd?", CLOJURE, 1, 1, { INTEGER }, TRUTH, using_test_number, TEST_ODD, { 0 } },

	/* all */
	{ "equal", LISP, 2, 2, { PRINTED, PRINTED }, TRUTH, using_equal, COMPARE_EQUAL, { 0 } },
	{ "eql", LISP, 2, 2, { PRINTED & ~TEXT, PRINTED & ~TEXT }, TRUTH, using_equal, COMPARE_EQUAL, { 0 } },
	{ "eq", LISP, 2, 2, { TRUTH, TRUTH }, TRUTH, using_equal, COMPARE_EQUAL, { 0 } },
	{ "=", CLOJURE, 2, 2, { PRINTED, PRINTED }, TRUTH, using_equal, COMPARE_EQUAL, { 0 } },
	{ "not=", CLOJURE, 2, 2, { PRINTED, PRINTED }, TRUTH, using_equal, COMPARE_UNEQUAL, { 0 } },
	{ "null", LISP, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_NIL, { 0 } },
	{ "not", LISP | CLOJURE, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_NIL | KIND_FALSE, { 0 } },
	{ "nil?", CLOJURE, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_NIL, { 0 } },
	{ "some?", CLOJURE, 1, 1, { ALL }, TRUTH, using_is_kind, ALL & ~KIND_NIL, { 0 } },
	{ "stringp", LISP, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_TEXT, { 0 } },
	{ "string?", CLOJURE, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_TEXT, { 0 } },
	{ "integerp", LISP, 1, 1, { ALL }, TRUTH, using_is_kind, KIND_INTEGER, { 0 } },
};
/* clang-format on */

const struct function function_concatenate = {
	"concatenate",     LISP, 0,     ANY, { SEQUENCE, SEQUENCE, SEQUENCE }, TEXT,
	using_concatenate, 0,    { 0 },
};
const struct function function_format = {
	"format", LISP | CLOJURE, 0, ANY,   { PRINTED, PRINTED, PRINTED },
	TEXT,     using_format,   0, { 0 },
};
const struct function function_transform = {
	"transform", LISP | CLOJURE,  1, 1,     { TEXT | INTEGER | TRUTH },
	SEQUENCE,    using_transform, 0, { 0 },
};

/* The namespace clojure.string under the names that it usually gets. */
static bool
clojure_string(struct str name, const char *function)
{
	static const char *const aliases[] = { "str/", "string/", "s/" };
	struct str rest = str_cstr(function);

	if (!str_starts(rest, STR("clojure.string/")))
		return false;
	rest = str_of(rest.p + 15, rest.n - 15);
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		struct str alias = str_cstr(aliases[i]);

		if (str_starts(name, alias) &&
		    str_eq(str_of(name.p + alias.n, name.n - alias.n), rest))
			return true;
	}
	return false;
}

const struct function *
function_find(enum using_language language, struct str name)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		const struct function *f = &functions[i];
		struct str is = str_cstr(f->name);

		if (!(f->languages & (1u << language)))
			continue;
		if (language == USING_LISP ? str_eq_nocase(name, is)
					   : str_eq(name, is) || clojure_string(name, f->name))
			return f;
	}
	return NULL;
}
