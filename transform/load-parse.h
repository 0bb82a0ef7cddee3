/* What the parts of the parser of command files share; for load-*.c alone. */
#ifndef TRANSFORM_LOAD_PARSE_H
#define TRANSFORM_LOAD_PARSE_H

#include "transform/load-file.h"

enum load_token_kind {
	LOAD_END,
	LOAD_WORD, /* letters, digits, _ and $, with single '-' between them, and all that is not ASCII */
	LOAD_STRING, /* 'x' */
	LOAD_QUOTED, /* "x" */
	LOAD_REGEX,  /* ~/x/ and its like */
	LOAD_DOLLAR, /* $$x$$, $tag$x$tag$ */
	LOAD_PUNCT,  /* one byte */
	LOAD_BROKEN, /* one that does not end */
};

struct load_token {
	enum load_token_kind kind;
	struct str raw;    /* as it stands there */
	struct str value;  /* without its quotes */
	size_t at;         /* its offset */
	const char *fault; /* LOAD_BROKEN: what is missing */
};

struct load_parser {
	struct load_job *job;
	const struct load_text *t;
	struct str text; /* t->text, to the end of what may be read */
	struct load_token token;
	size_t next;   /* behind the token */
	size_t before; /* where the token before it ends */
	bool failed;
	struct err *e;
};

/* --- load-lex.c --------------------------------------------------------------------------- */

void load_begin(struct load_parser *p, struct load_job *job, const struct load_text *t,
		struct err *e);
void load_advance(struct load_parser *p);
/* Goes on (or back) to what stands at this offset. */
void load_go(struct load_parser *p, size_t at);
bool load_is(const struct load_parser *p, const char *word);
bool load_is_punct(const struct load_parser *p, char c);
/* Goes on behind the words, with blanks between them, if they stand there; else stays. */
bool load_take(struct load_parser *p, const char *words);
bool load_take_punct(struct load_parser *p, char c);
bool load_at(struct load_parser *p, const char *words);

/* All return -1 with the error set: file:line:column: what, or expected WHAT, got …. */
int load_fail(struct load_parser *p, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
int load_expected(struct load_parser *p, const char *what);
int load_expect(struct load_parser *p, const char *words);
int load_expect_punct(struct load_parser *p, char c, const char *what);

/*
 * What stands from the token to the next blank: a URI or a path. A ';' at its end ends the command; within it only a
 * URI that has parameters behind ';' (jdbc:sqlserver:) or an '@' later on goes on.
 */
struct str load_take_operand(struct load_parser *p);
/* A word or a quoted name; what is for the message. */
int load_take_name(struct load_parser *p, const char *what, struct str *out);
/* 'text', or "text". */
int load_take_text(struct load_parser *p, const char *what, struct str *out);
/* name, or schema.name; each a word or in double quotes. */
int load_take_qualified(struct load_parser *p, const char *what, struct str *schema,
			struct str *name);
/* schema.name in one text. */
void load_split_name(struct str text, struct str *schema, struct str *name);
/* A number of digits. */
int load_take_number(struct load_parser *p, const char *what, struct str *out);
/* A Lisp or Clojure form, as it stands there: an atom, or all to the parenthesis that closes it. */
int load_take_form(struct load_parser *p, struct str *out);

/* A list's new last item. */
void load_add(struct load_job *job, struct load_list *list, struct str text, struct str value,
	      size_t at);
/* A copy in the job's pool; the buffer is released. */
struct str load_keep(struct load_job *job, struct buf *b);
void load_without_effect(struct load_job *job, struct load_command *c, size_t at,
			 struct str what, const char *why);

/* --- load-dsn.c --------------------------------------------------------------------------- */

/* The URI of a server in its parts, none of them encoded. Absent ones have p NULL. */
struct load_dsn {
	struct str user, password, host, port, database, socket;
	struct load_list params; /* text: value */
	bool jdbc;
};

/* What stands behind scheme://; or behind jdbc:sqlserver://, which has its parameters behind ';'. */
void load_dsn_take(struct load_job *job, struct load_dsn *d, struct str s);
void load_dsn_take_sqlserver(struct load_job *job, struct load_dsn *d, struct str s);

/* --- load-uri.c --------------------------------------------------------------------------- */

/* source: of any kind, else a target. given and at are set. */
int load_parse_source_uri(struct load_parser *p, struct load_command *c);
int load_parse_target_uri(struct load_parser *p, struct load_command *c);
/* A name relative to the command file, as one relative to the working directory. */
struct str load_path(struct load_job *job, const struct load_text *t, struct str name);

/* --- load-with.c, load-fields.c, load-tables.c, load-hooks.c, load-cast.c ------------------ */

int load_parse_with(struct load_parser *p, struct load_command *c);
int load_parse_with_encoding(struct load_parser *p, struct str *encoding);
/* 'c', '\t' or 0x09 as the bytes they mean. */
int load_take_char(struct load_parser *p, const char *what, struct str *out);
int load_parse_files(struct load_parser *p, struct load_command *c);
int load_parse_field_list(struct load_parser *p, struct load_command *c);
int load_parse_column_list(struct load_parser *p, struct load_command *c);
int load_parse_set(struct load_parser *p, struct load_command *c);
int load_parse_casts(struct load_parser *p, struct load_command *c);
/* Each 1 when the clause is there and was read, 0 when it is another, or -1. */
int load_parse_table_clause(struct load_parser *p, struct load_command *c);
int load_parse_hook_clause(struct load_parser *p, struct load_command *c);
/* SQL behind do or execute, into the hook. */
int load_parse_hook(struct load_parser *p, struct load_command *c, enum load_hook hook);
int load_hook_file(struct load_job *job, const char *path, struct buf *out, struct err *e);

/* --- load-rules.c ------------------------------------------------------------------------- */

/* Appends the lines of the job's rules. */
void load_rules(const struct load_command *c, struct buf *b);
/* The first schema in the search_path that the command sets; public when there is none. */
struct str load_search_path(const struct load_command *c);

/* Whether the token begins a clause, and which. NULL: none. */
const char *load_clause(struct load_parser *p);

#endif
