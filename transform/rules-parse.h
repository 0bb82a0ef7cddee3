/* What the parts of the parser of cast rules share; for rules-*.c alone. */
#ifndef TRANSFORM_RULES_PARSE_H
#define TRANSFORM_RULES_PARSE_H

#include "transform/rules.h"

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,   /* letters, digits, _ $ * ? and all that is not ASCII */
	TOKEN_STRING, /* 'x' */
	TOKEN_QUOTED, /* "x" or `x` */
	TOKEN_REGEX,  /* ~/x/ and its like */
	TOKEN_PUNCT,  /* one byte */
};

struct token {
	enum token_kind kind;
	struct str raw;   /* as it stands in the file */
	struct str value; /* of all but punctuation, without its quotes */
	uint64_t line;
	size_t column; /* in bytes, from 1 */
	bool spaced;   /* white space or a comment before it */
};

struct parsing {
	struct rules *rules;
	const char *file;
	struct str text; /* lives as long as the rules */
	size_t at;
	uint64_t line;
	size_t line_at; /* where the line begins */
	struct token token, ahead;
	bool failed;
	struct err *e;
};

/* Ready at the first token. The text is taken as it is: valid UTF-8 without zero bytes. */
void lex_begin(struct parsing *p);
void lex_advance(struct parsing *p);

bool lex_is(const struct token *t, const char *word);
bool lex_is_one_of(const struct token *t, const char *const *words); /* ends with NULL */
bool lex_is_punct(const struct token *t, char c);
/* Goes on when the token is this; false when it is another. */
bool lex_take(struct parsing *p, const char *word);
bool lex_take_punct(struct parsing *p, char c);
/* Whether it begins a number or is the '-' before one. */
bool lex_at_number(const struct parsing *p);
/* [-]digits[.digits], as it stands there. Only lex_at_number(). */
int lex_take_number(struct parsing *p, struct str *out);

/*
 * The form at the token, which need not be made of the words of rules: LANGUAGE and the form, checked. -1 with the error
 * set.
 */
int lex_take_form(struct parsing *p, enum using_language language, struct str *out);

/* Both return -1, with the error set: file:line:column, and "expected WHAT, got …" here. */
int lex_fail(struct parsing *p, const struct token *at, const char *what);
int lex_expected(struct parsing *p, const char *what);

/* --- rules-parse.c ------------------------------------------------------------------------- */

/* A name or a pattern of names. */
int rule_parse_name(struct parsing *p, const char *what, struct rule_name *out);
/* A new rule that begins at the token. */
struct rule *rule_add(struct parsing *p);
/* What stands from there to the token, without what is blank at its end. */
struct str rule_text_since(const struct parsing *p, const char *from);
/* Whether a rule begins with the token. */
bool rule_begins(const struct token *t);

/* --- rules-table.c ------------------------------------------------------------------------ */

/* Behind `include` and `exclude`, `table` and `alter`: all of the rule. */
int rule_parse_select(struct parsing *p, struct rule *rule);
int rule_parse_table(struct parsing *p, struct rule *rule);
int rule_parse_alter(struct parsing *p, struct rule *rule);

/* --- rules-type.c ------------------------------------------------------------------------- */

/* Copies the contents into the pool and releases b. */
struct str rule_keep(struct parsing *p, struct buf *b);
/* Behind `to`. */
int rule_parse_target_type(struct parsing *p, struct str *out);
/* Behind `type` and `neutral`. */
int rule_parse_source_type(struct parsing *p, struct rule *rule);
int rule_parse_neutral_type(struct parsing *p, struct rule *rule);
/* Whether there is a * or ? in it. */
bool rule_is_glob(struct str s);
/* The regular expression at the token, or NULL with the error set. */
struct pattern *rule_parse_regex(struct parsing *p, bool nocase);

/* --- rules-when.c, rules-act.c ------------------------------------------------------------ */

/*
 * A condition on precision and scale, from the token until it is complete: a comparison, `not`
 * before a condition, or one in parentheses. Adds it to the code for condition_holds(): what was
 * there must hold too.
 */
int rule_parse_condition(struct parsing *p, struct buf *code);
/* What a rule does: to the end of the rule. */
int rule_parse_actions(struct parsing *p, struct rule *rule);
/* A new name of something, behind rename to. */
int rule_parse_new_name(struct parsing *p, const char *what, struct str *out);
/* 'text', a number or null, behind default; out->p is NULL for null. */
int rule_parse_value(struct parsing *p, const char *what, struct str *out);

#endif
