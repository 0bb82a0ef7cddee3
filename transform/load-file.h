/*
 * pgloader's command files: what a file asks for, and the job that pgtide makes of it. Nothing in a file goes without a
 * word: it is honoured, listed as without effect here, or refused with its place and name.
 */
#ifndef TRANSFORM_LOAD_FILE_H
#define TRANSFORM_LOAD_FILE_H

#include "schema/base/bytes.h"
#include "schema/base/io.h"
#include "schema/base/prog.h"
#include "transform/rules.h"

enum load_kind {
	LOAD_MYSQL,
	LOAD_MSSQL,
	LOAD_SQLITE,
	LOAD_PGSQL,
	LOAD_CSV,
	LOAD_FIXED,
	LOAD_COPY,
	LOAD_DBF,
	LOAD_ARCHIVE,
	LOAD_KINDS,
};

/* Sets of kinds, for tables. */
enum {
	LOAD_IS_DATABASE =
	    1 << LOAD_MYSQL | 1 << LOAD_MSSQL | 1 << LOAD_SQLITE | 1 << LOAD_PGSQL,
	LOAD_IS_FILE = 1 << LOAD_CSV | 1 << LOAD_FIXED | 1 << LOAD_COPY | 1 << LOAD_DBF,
};

/* What pgtide calls a kind: mysql, csv. */
const char *load_kind_name(enum load_kind kind);

/* --- texts and places --------------------------------------------------------------------- */

/* From this offset of the text on, it is what stood at offset `from` of the file; or, if fixed, all of it stood there. */
struct load_segment {
	size_t at, from;
	bool fixed;
};

struct load_text {
	const char *file; /* as messages name it */
	struct str
	    dir; /* what relative names in it are relative to: "" or with a '/' at its end */
	struct str text; /* templates filled in; valid UTF-8 without zero bytes */
	size_t *lines;   /* where the lines of the file begin */
	size_t nlines;
	struct load_segment *segments;
	size_t nsegments;
	const char **names; /* of the lines, instead of file and number; NULL: none */
};

/* Variables for {{NAME}}, before the environment's. */
struct load_context {
	struct str name, value;
	struct load_context *next;
};

/* A file in ini syntax: its section [pgloader], or what stands before any. 0, or -1 with e set. */
int load_context_read(struct load_context **context, const char *path, struct pool *pool,
		      struct err *e);
/* 0, or -1 with e set. The text is copied, and lives with the pool. */
int load_text_of(struct load_text *t, const char *file, struct str text,
		 const struct load_context *context, struct pool *pool, struct err *e);
int load_text_read(struct load_text *t, const char *path, const struct load_context *context,
		   struct pool *pool, struct err *e);
void load_text_release(struct load_text *t);
/* Appends where in the file an offset of the text is, as messages say it: file:line:column. */
void load_place(const struct load_text *t, size_t offset, struct buf *b);

/* --- commands ----------------------------------------------------------------------------- */

struct load_item {
	struct str text, value; /* value.p NULL: none */
	size_t at;
	struct load_item *next;
};

struct load_list {
	struct load_item *first, **end;
	size_t count;
};

/* A name, a pattern of LIKE or a regular expression that stands for tables. */
struct load_match {
	enum { MATCH_NAME, MATCH_LIKE, MATCH_REGEX } kind;
	struct str text;
	struct load_match *next;
};

enum load_filter_kind { FILTER_INCLUDE, FILTER_EXCLUDE, FILTER_DECODE, FILTER_ALTER };

/* INCLUDING, EXCLUDING, DECODING and ALTER TABLE: what becomes of tables that match. */
struct load_filter {
	enum load_filter_kind kind;
	struct load_match *matches;
	struct str schema;  /* IN SCHEMA; p NULL: any */
	struct str charset; /* FILTER_DECODE */
	/* FILTER_ALTER: one of these */
	struct str set_schema, rename, tablespace, storage;
	size_t at;
	struct load_filter *next;
};

/* DISTRIBUTE t USING c, or AS REFERENCE TABLE. */
struct load_distribute {
	struct str schema, table,
	    column; /* schema.p NULL: the target's; column.p NULL: reference */
	struct load_distribute *next;
};

/* Where rows of a file come from. */
enum load_place_kind {
	PLACE_NAME,
	PLACE_URL,
	PLACE_INLINE,
	PLACE_STDIN,
	PLACE_FIRST,
	PLACE_ALL
};

struct load_files {
	enum load_place_kind kind;
	struct str name; /* a path or URL; a regular expression for PLACE_FIRST and PLACE_ALL */
	struct str directory; /* p NULL: none */
	struct str encoding;  /* p NULL: none */
	struct str data;      /* PLACE_INLINE */
};

/* A field of a file, or a column of the target. */
struct load_field {
	struct str name;
	struct str from, length; /* LOAD_FIXED */
	struct str date_format, null_if, terminated;
	bool null_if_blanks;
	enum { TRIM_NONE, TRIM_LEFT, TRIM_RIGHT, TRIM_BOTH } trim;
	struct str type, using; /* a column of the target; p NULL: none */
	struct load_field *next;
};

enum load_hook { HOOK_BEFORE, HOOK_SCHEMA, HOOK_AFTER, LOAD_HOOKS };

enum load_identifiers {
	IDENTIFIERS_DEFAULT,
	IDENTIFIERS_DOWNCASE,
	IDENTIFIERS_QUOTE,
	IDENTIFIERS_SNAKE
};

/* What WITH may say, each yes, no, or nothing. */
enum load_flag {
	FLAG_ON_ERROR_STOP,
	FLAG_DROP,
	FLAG_DROP_SCHEMA,
	FLAG_TRUNCATE,
	FLAG_TABLES,
	FLAG_SCHEMAS,
	FLAG_INDEXES,
	FLAG_DROP_INDEXES,
	FLAG_UNIQUIFY,
	FLAG_FOREIGN,
	FLAG_SEQUENCES,
	FLAG_TRIGGERS,
	FLAG_SCHEMA_ONLY,
	FLAG_DATA_ONLY,
	LOAD_FLAGS,
};

enum load_said { SAID_NOTHING, SAID_YES, SAID_NO };

struct load_uri {
	struct str given;     /* as it stands in the file */
	struct str text;      /* as our programs take it: percent-encoded, or a path */
	struct str shown;     /* that without its passwords */
	struct str database;  /* as far as it says; p NULL: not */
	struct str tablename; /* p NULL: none */
	size_t at;
};

struct load_command {
	enum load_kind kind;
	const struct load_text *text;
	size_t at; /* of LOAD */
	struct load_uri source, target;

	enum load_said flags[LOAD_FLAGS];
	size_t flags_at[LOAD_FLAGS];
	enum load_identifiers identifiers;
	struct str workers;                 /* p NULL: not said */
	struct load_list parameters;        /* SET: for the target, */
	struct load_list source_parameters; /* and for the source */
	struct buf casts;                   /* lines of rules */
	struct load_filter *filters, **filters_end;
	struct load_list schemas; /* ALTER SCHEMA: text RENAME TO value */
	struct load_list views;   /* MATERIALIZE VIEWS: with a query as value, or none */
	bool all_views;
	struct load_distribute *distribute, **distribute_end;
	struct buf hooks[LOAD_HOOKS]; /* SQL */

	/* Sources that are files */
	struct load_files files;
	struct load_field *fields, **fields_end, *columns, **columns_end;
	struct str schema,
	    table; /* TARGET TABLE, or of the target's URI, or table name =; p NULL: none */
	struct load_list format; /* option and value, as pgtide's file `format` has them */

	struct load_list without_effect;    /* what, and why */
	struct load_command *next, *parent; /* parent: the archive it is in */
};

struct load_job {
	struct pool pool;
	struct load_command *first, **end;
	size_t count;
	int version;        /* 3 or 4: whose defaults */
	struct rules rules; /* where CAST clauses are tried */
};

void load_job_init(struct load_job *job);
void load_job_release(struct load_job *job);

/* All commands of a text, behind those that are there. 0, or -1 with e set: file:line:column: expected …. */
int load_parse(struct load_job *job, const struct load_text *text, struct err *e);

/* What pgloader's command line has instead of a file: options in their order, and a command made of them. */
struct load_option {
	enum {
		OPTION_WITH,
		OPTION_SET,
		OPTION_CAST,
		OPTION_FIELD,
		OPTION_BEFORE,
		OPTION_AFTER
	} kind;
	const char *text;
};

struct load_options {
	const char *source, *target, *type, *encoding; /* the last two may be NULL */
	struct load_option *options;
	size_t count;
};

/* That command as text, for load_parse(); messages call its parts as the options. */
int load_options_text(struct load_text *t, const struct load_options *o, struct pool *pool,
		      struct err *e);

/* --- the job ------------------------------------------------------------------------------ */

/* A file of a job: its name, and what is in it. */
struct load_output {
	const char *name;
	struct str contents;
	struct load_output *next;
};

/*
 * The files of the job of a command, whose directory will be dir (as it is to stand in them). No password is in any.
 * NULL with e set when the command asks for what cannot be done.
 */
const struct load_output *load_job_files(struct load_job *job, const struct load_command *c,
					 struct str dir, struct err *e);

#endif
