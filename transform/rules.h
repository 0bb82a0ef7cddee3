/*
 * Cast rules: text in the grammar of pgloader's CAST clause, which says what becomes of a
 * column. cast-schema.1 describes the language. Rules are tried in the order in which they were
 * read: the user's, then the defaults of the source.
 */
#ifndef TRANSFORM_RULES_H
#define TRANSFORM_RULES_H

#include <stdint.h>

#include "schema/schema.h"
#include "schema/types.h"
#include "transform/rules-pattern.h"
#include "transform/transforms.h"
#include "transform/using.h"

enum rule_kind {
	RULE_TYPE,    /* by the words of src= */
	RULE_NEUTRAL, /* by the neutral type */
	RULE_COLUMN,  /* by name */
	RULE_TABLE,   /* table … rename to …, and what else is said of a table */
	RULE_SCHEMA,  /* alter schema … rename to … */
	RULE_INCLUDE, /* include table …: one for each name */
	RULE_EXCLUDE,
	RULE_ADD, /* add column … to … using lisp … */
};

enum rule_option { RULE_UNSAID, RULE_KEEP, RULE_DROP, RULE_SET };

/* A name in a rule; quoted ones are matched as they are written only. */
struct rule_name {
	struct str text; /* p NULL: any */
	bool quoted;
	struct pattern *pattern; /* NULL: text is the name */
};

/* What a rule may say of a table. */
enum rule_table {
	TABLE_NAME,
	TABLE_SCHEMA,
	TABLE_TABLESPACE,
	TABLE_STORAGE,
	TABLE_DECODE, /* the character set that its texts really have */
	TABLE_ASPECTS
};

/* What of a column may be named behind keep, drop and set. */
enum rule_aspect { RULE_DEFAULT, RULE_TYPEMOD, RULE_NOTNULL, RULE_EXTRA, RULE_ASPECTS };

struct rule {
	enum rule_kind kind;
	const char *file;
	uint64_t line;
	size_t number;   /* of all, in order */
	struct str head; /* what it names, with its guards, as they stand in the file */
	bool users;      /* the user wrote it: it should match something */
	bool if_any;     /* of RULE_INCLUDE, RULE_EXCLUDE: it may also match nothing */
	bool matched;    /* a column, table or schema */
	bool used;       /* something of it decided */

	/* RULE_COLUMN; rules for tables have the first two of them, RULE_SCHEMA the first. */
	struct rule_name schema, table, column;
	bool nocase; /* no name is exactly so, but one is but for case; or there is a pattern */
	struct str type; /* RULE_TYPE, normalised, without the words that follow */
	bool parens;     /* it has parentheses, and matches only with these */
	bool is_unsigned, is_zerofill; /* it says so, and matches only such types */
	struct pattern *pattern;       /* NULL, or instead of type, for all of src= */
	enum type_kind neutral;        /* RULE_NEUTRAL */

	bool when_unsigned, when_signed, when_notnull, when_null_default;
	bool with_identity, with_onupdate, without_identity, without_onupdate;
	struct str when_default;           /* p NULL: any */
	struct pattern *when_default_like; /* NULL: none */
	struct str when_condition;         /* code; p NULL: none */

	struct str to; /* a PostgreSQL type, or a schema; p NULL: as a later rule says */
	enum rule_option option[RULE_ASPECTS];
	struct str literal; /* set default; p NULL: NULL */
	bool drop_column;
	struct str rename;                   /* of the column; p NULL: none */
	struct str table_set[TABLE_ASPECTS]; /* p NULL: unsaid */
	struct str using;                    /* see transforms.h; checked. p NULL: none */
	struct str expr; /* instead of it: LANGUAGE FORM, see using.h; checked. p NULL: none */

	struct rule *next, *chain; /* of all; of those with one key */
	/* For rules_resolve(): whether its name is there exactly so, or but for case. */
	bool exact;
	const struct node *found, *rival;
};

struct rules {
	struct pool pool;
	struct rule *first, **end;
	size_t count;
	bool includes; /* one says which tables are taken */
	bool decodes;  /* one says in which character set texts are */
	struct rule_bucket *buckets;
	struct matcher *matcher;
};

void rules_init(struct rules *r);
void rules_release(struct rules *r);

/*
 * The rules of a file, behind those that are there. Returns 0, or -1 with e set (STATUS_USAGE):
 * file:line:column.
 */
int rules_read(struct rules *r, const char *path, struct err *e);
int rules_parse(struct rules *r, const char *file, struct str text, bool users, struct err *e);
/* Whose defaults: ours, which change no value, or the types of one of pgloader's versions. */
enum rule_set { RULES_FAITHFUL, RULES_PGLOADER3, RULES_PGLOADER4 };

/* The default rules for a source; those for all sources when it has none of its own. */
int rules_defaults(struct rules *r, enum rule_set set, struct str source, struct err *e);
/* Rules that come along but are no defaults, by their name: 1, 0 when there are none of this name, or -1 with e set. */
int rules_named(struct rules *r, struct str name, struct err *e);
/*
 * Writes the texts of the default rules, or of those with this name; false when there are none for a source of this
 * name.
 */
bool rules_print_defaults(enum rule_set set, struct str source, struct output *out);

/*
 * To be called when all rules and the schema are there. Finds out which columns and tables the
 * names in rules mean. An unquoted name means the name that is exactly so; only if there is none,
 * the one name that differs in case alone. More than one of those: -1 with e set.
 */
int rules_resolve(struct rules *r, const struct schema *s, struct err *e);

/* Numbers that a condition may ask for. */
struct condition_facts {
	bool has_precision, has_scale;
	int64_t precision, scale;
};

enum { RULE_WALK_CHAINS = 5 };

/* The rules for one column, one after the other, in their order. */
struct rule_walk {
	const struct node *column;
	struct rule *next[RULE_WALK_CHAINS];
	struct buf src; /* its type as rules compare it */
	struct buf scratch;
	bool is_number, is_unsigned;     /* by the type as a whole */
	bool says_unsigned, is_zerofill; /* by the words at its end */
	struct condition_facts facts;
};

/* The column is as the source gave it, and stays so until the end. */
void rules_begin(struct rule_walk *w, struct rules *r, const struct node *column);
/*
 * The next rule that matches, marked as such; NULL when there is none, or e is set. The caller marks
 * those from which it takes something as used.
 */
struct rule *rules_next(struct rule_walk *w, struct err *e);
void rules_end(struct rule_walk *w);

/* What the first rule that says it says of a table, by its names at the source; p NULL: none does, or e is set. */
struct str
rules_table(struct rules *r, const struct node *table, enum rule_table what, struct err *e);
/*
 * Whether the table is taken: excluded by no rule and, where there are rules that include, included by one. 1; 0 with
 * *by the rule that excludes it, or NULL; -1 with e set.
 */
int
rules_select(struct rules *r, const struct node *table, const struct rule **by, struct err *e);
/* When all tables were asked for: a rule that includes or excludes nothing is a mistake, but with if any. -1 with e set. */
int rules_check_select(const struct rules *r, struct err *e);
/* A character set that decode as may name: 0, or -1 with e set (STATUS_USAGE, without place). */
int rules_check_charset(struct str name, struct err *e);
/* What a schema is renamed to; p NULL: nothing. */
struct str rules_schema_name(struct rules *r, struct str name);
/* The rule behind `after` (NULL: the first) that adds a column to the table; NULL when there is none, or e is set. */
struct rule *rules_adding(struct rules *r, const struct node *table, const struct rule *after,
			  struct err *e);
/* Appends what a rule names, with its guards, in one line: `type int when unsigned`. */
void rules_show(const struct rule *rule, struct buf *b);
/* Warns of the user's rules that decided nothing: of a hundred by name. */
void rules_warn_unused(const struct rules *r);

/* Whether the code of a condition comes to true; a number that is not there makes a comparison false. */
bool condition_holds(struct str code, const struct condition_facts *f, struct buf *stack);

/*
 * Appends a type as rules compare it: lower case, single blanks; without its parentheses unless
 * parens.
 */
void rules_normalise_type(struct buf *b, struct str type, bool parens);
/* Cuts the words unsigned and zerofill off the end of a normalised type. */
void rules_cut_words(struct str *type, bool *is_unsigned, bool *is_zerofill);

#endif
