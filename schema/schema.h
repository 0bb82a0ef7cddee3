/*
 * schema(5): the neutral schema text as a tree of nodes. A node is one line: its keyword, its operands, its attributes.
 * Lines that belong to another are its children: the columns and keys of a table, the columns of a key.
 *
 * All texts are unescaped, but for default=, which holds a field of rows(5) as it stands in a file. They live in
 * the schema's pool; a text given to node_add() or node_set() is copied there.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include <stdint.h>

#include "schema/base/bytes.h"
#include "schema/base/io.h"

enum { SCHEMA_VERSION = 1 };

/* In canonical order: of siblings of two kinds, the lower one comes first. */
enum node_kind {
	NODE_SKIPPED, /* KIND NAME; of the database or of a table, in which it is written last but for next */
	NODE_ENUM,     /* SCHEMA NAME */
	NODE_SEQUENCE, /* SCHEMA NAME */
	NODE_TABLE,    /* SCHEMA NAME */
	NODE_VIEW,     /* SCHEMA NAME */
	NODE_COLUMN,   /* NAME TYPE */
	NODE_FIELD,    /* NAME TYPE: read, but no column; of a target */
	NODE_PRIMARY,  /* NAME, which may be empty as may those of the next */
	NODE_UNIQUE,   /* NAME */
	NODE_INDEX,    /* NAME */
	NODE_CHECK,    /* NAME EXPRESSION */
	NODE_FOREIGN,  /* NAME SCHEMA TABLE */
	NODE_NEXT,     /* COLUMN VALUE */
	NODE_LABEL,    /* TEXT */
	NODE_KEY,      /* COLUMN */
	NODE_KEYEXPR,  /* EXPRESSION */
	NODE_INCLUDE,  /* COLUMN */
	NODE_PAIR,     /* COLUMN REFERENCED-COLUMN */
	NODE_KINDS,
	NODE_ROOT = NODE_KINDS, /* the parent of top-level nodes; never written */
};

/* In the order in which a line shows them. schema.5 says what each means and where it may stand. */
enum attr_name {
	ATTR_NOTNULL,
	ATTR_IDENTITY,
	ATTR_DEFAULT,
	ATTR_DEFEXPR,
	ATTR_GENERATED,
	ATTR_STORED,
	ATTR_ONUPDATE,
	ATTR_DESC,
	ATTR_NULLS,
	ATTR_PREFIX,
	ATTR_OPCLASS,
	ATTR_METHOD,
	ATTR_WHERE,
	ATTR_NULLSNOTDISTINCT,
	ATTR_MATCH,
	ATTR_ONDELETE,
	ATTR_DEFERRABLE,
	ATTR_DEFERRED,
	ATTR_NOTVALID,
	ATTR_TYPE,
	ATTR_START,
	ATTR_INCREMENT,
	ATTR_MIN,
	ATTR_MAX,
	ATTR_CYCLE,
	ATTR_COLLATE,
	ATTR_ENUM,
	ATTR_ENUMSCHEMA,
	ATTR_STRICT,
	ATTR_VIEW,
	ATTR_QUERY,
	ATTR_TABLESPACE,
	ATTR_STORAGE,
	ATTR_OIDNAME,
	ATTR_SRC,
	ATTR_COMMENT,
	ATTR_REASON,
	ATTR_TEXT,
	ATTR_FROMSCHEMA,
	ATTR_FROM,
	ATTR_WAS,
	ATTR_USING,
	ATTR_EXPR,
	ATTR_RULE,
	ATTR_UNKNOWN, /* its name stands in attr.word */
};

struct attr {
	enum attr_name name;
	struct str word;  /* ATTR_UNKNOWN only */
	struct str value; /* p NULL for a bare word such as notnull */
	struct attr *next;
};

enum { NODE_ARGS = 3 };

struct node {
	enum node_kind kind;
	struct str arg[NODE_ARGS];
	struct attr *attrs; /* in canonical order */
	struct node *parent, *child, *last, *next;
	uint64_t line; /* in the file it came from, else 0 */
};

struct schema {
	struct pool pool;
	struct str source;   /* mysql, sqlite, …: the dialect of expressions */
	struct str target;   /* postgresql behind cast-schema, else p NULL */
	struct str database; /* p NULL when there is none */
	struct node root;
	const char *file; /* where it was read from, for messages */
};

void schema_init(struct schema *s);
void schema_release(struct schema *s);

enum schema_flags { SCHEMA_KEEP_UNKNOWN = 1 };

/*
 * Reads path ("-" or NULL: standard input) and checks it: syntax, known keywords, operands, types, names that repeat or
 * are missing, #end. Unknown attributes are refused unless SCHEMA_KEEP_UNKNOWN. Returns 0, or -1 with e set:
 * STATUS_CUT when it ends early, STATUS_BAD when it is malformed, STATUS_USAGE when it cannot be opened.
 */
int schema_read(struct schema *s, const char *path, unsigned flags, struct err *e);
int schema_read_bytes(struct schema *s, struct str bytes, unsigned flags, struct err *e);
/* What schema_read() checks once all lines are in; for schemas that a program builds. */
int schema_check(const struct schema *s, struct err *e);
/* Canonical order, as schema.5 has it. */
void schema_sort(struct schema *s);
/* Writes in the order in which nodes stand; #end included. comment: without "# ", or NULL for none. */
void schema_write(const struct schema *s, struct output *out, const char *comment);
/* Every line with the first two operands of the object it belongs to before it: for grep, join and awk. */
void schema_list(const struct schema *s, struct output *out);

/* A new last child of parent (&s->root for top-level ones), with as many operands as its kind has. */
struct node *node_add(struct schema *s, struct node *parent, enum node_kind kind, struct str a,
		      struct str b, struct str c);
/* Sets an attribute, or replaces it; a value with p NULL makes a bare word. */
void node_set(struct schema *s, struct node *n, enum attr_name name, struct str value);
void node_unset(struct node *n, enum attr_name name);
bool node_has(const struct node *n, enum attr_name name);
/* The value, p NULL when the attribute is absent or a bare word. */
struct str node_attr(const struct node *n, enum attr_name name);
/* Takes n out of its parent. */
void node_remove(struct node *n);

/* The first child of the kind, and the next sibling of the same kind; NULL when there is none. */
struct node *node_first(const struct node *parent, enum node_kind kind);
struct node *node_next(const struct node *n);
/* Finds by the first operands: one for columns, keys and labels, schema and name for tables. NULL when there is none. */
struct node *node_find(const struct node *parent, enum node_kind kind, struct str a);
struct node *schema_table(const struct schema *s, struct str schema, struct str name);
/* The table whose from= and fromschema= are these; behind cast-schema. */
struct node *schema_table_from(const struct schema *s, struct str schema, struct str name);
/*
 * Whether the node is a column or field that is read at the source, and its name and neutral type there. A column of a
 * target whose values an expression makes, without one of the source that it replaces, is not. p NULL where from= or
 * was= are missing.
 */
bool
node_is_read(const struct schema *s, const struct node *n, struct str *name, struct str *type);

const char *node_keyword(enum node_kind kind);
unsigned node_operands(enum node_kind kind);

#endif
