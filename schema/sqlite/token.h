/*
 * SQL as SQLite writes it, cut into tokens (https://sqlite.org/src/doc/trunk/src/tokenize.c). The text comes
 * out of a file that anybody may have made: whatever cannot be a token is TOKEN_BAD, and nothing recurses.
 */
#ifndef SCHEMA_SQLITE_TOKEN_H
#define SCHEMA_SQLITE_TOKEN_H

#include "schema/base/bytes.h"

enum token_kind {
	TOKEN_END,
	TOKEN_BAD,     /* an open quote or bracket, a byte that begins nothing */
	TOKEN_WORD,    /* a keyword or a name without quotes */
	TOKEN_NAME,    /* "…", `…` or […] */
	TOKEN_STRING,  /* '…' */
	TOKEN_BLOB,    /* x'…', an even number of hexadecimal digits */
	TOKEN_BITS,    /* b'101': of MySQL alone */
	TOKEN_INTEGER, /* 12, 0x1F; a sign is a token of its own */
	TOKEN_REAL,    /* 1.5, .5, 5., 1e3 */
	TOKEN_MARK,    /* any other single byte or pair: ( ) , . + || -> */
};

struct token {
	enum token_kind kind;
	struct str text; /* as written, quotes included; a part of the text that is read */
};

/* Takes the next token off *rest; blanks and comments before it are dropped. At TOKEN_BAD all of the rest is. */
struct token token_next(struct str *rest);

/* Whether the token is this keyword. */
bool token_is(const struct token *t, const char *word);
/* Whether the token is this one byte. */
bool token_mark(const struct token *t, char c);

/* What a word, a name or a string says: without quotes, and doubled ones once. */
void token_value(const struct token *t, struct buf *out);
struct str token_value_pool(const struct token *t, struct pool *pool);

/*
 * The text of an expression as it can be used elsewhere: without comments, so that a `--` cannot swallow
 * what is put behind it. Everything else stays as it was written.
 */
struct str token_text(struct str sql, struct pool *pool);

#endif
