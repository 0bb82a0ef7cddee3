/*
 * An SQLite database as a source: opening it for reading only, its catalogue as schema(5), its declared
 * types, and the spellings of values that its text columns may hold. Everything here dies at the first
 * fault of the database, with a message that names it.
 */
#ifndef SCHEMA_SQLITE_SQLITE_H
#define SCHEMA_SQLITE_SQLITE_H

#include <sqlite3.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"
#include "schema/schema.h"
#include "schema/views.h"

/* SQLite's only schema that is kept in the file (https://sqlite.org/lang_attach.html). */
#define SQLITE_MAIN STR("main")

struct source {
	sqlite3 *db;
	const char *name;    /* the path as the user wrote it, for messages */
	struct str database; /* the file's name without its folder and its suffix */
	bool empty;          /* the file has no bytes */
	bool wal;            /* it is in WAL mode, else there is a rollback journal */
	bool immutable;      /* it is read without locks */
	bool utf16;          /* how the file keeps its texts */
	struct pool pool;
};

/*
 * Opens operand, or for NULL what PGTIDE_SOURCE says: a path, sqlite:///abs/path or sqlite:rel/path, with ?immutable=1
 * behind one that nobody can change while it is read, or whose lock another process holds for us. The
 * connection can neither write nor load extensions, takes the schema's own functions for untrusted, waits
 * five seconds for a lock, and is in a read transaction: all that is read is of one instant.
 *
 * A database in WAL mode that has no -wal beside it, in a folder that is not writable, is opened as immutable too,
 * since SQLite could not make the -shm file it wants. One with a rollback journal never is without being asked for: it
 * can be locked, and a journal that an interrupted change left must be seen.
 *
 * Dies: STATUS_USAGE when there is no such file, it is none, or is no database; STATUS_AGAIN when it is
 * locked; STATUS_BAD when it is corrupt. An empty file is an empty database.
 */
void source_open(struct source *s, const char *operand);
void source_close(struct source *s);

/* The transaction that source_open() begins, again: after a ROLLBACK. */
void source_begin(struct source *s);
/* Whether there is a write-ahead log beside path. */
bool source_has_wal(const char *path);

/* Compiles sql, or dies; the caller finalizes. */
sqlite3_stmt *source_prepare(struct source *s, const char *sql);
/* The next row: true, or false at the end. Dies when there is neither; where is for the message. */
bool source_step(struct source *s, sqlite3_stmt *stmt, const char *where);
/* Dies of the connection's last error: `NAME: where: what`, without where for NULL. */
_Noreturn void source_die(struct source *s, const char *where);

/* name as SQL writes it: in double quotes. */
void sql_name(struct buf *b, struct str name);
/* A query as what stands behind FROM. */
void sql_query(struct buf *b, struct str sql);

/*
 * The tables of the source as schema(5), sorted and checked; only those named, when tables are given
 * (dies with STATUS_BAD when there is no such table); and the views and queries that are to be tables.
 */
void catalogue_read(struct source *s, struct schema *out, const struct str *tables,
		    size_t ntables, const struct views *views);

/* One table of the source as far as reading its rows needs it; all of it lives in the schema it is read into. */
struct table_columns {
	struct node *
	    node; /* name, neutral type, notnull, src=; NULL when there is no such ordinary table */
	const char *instead; /* then what else has the name ("a view"), or NULL */
	bool view;           /* a view or a query: without rowid and key */
	bool without_rowid;
	struct str *primary; /* the columns of the primary key, in its order */
	size_t nprimary;
};

/* as: what its line in a schema(5) text says that it is, or NULL: a view or a query is read only when it says so. */
void catalogue_columns(struct source *s, struct schema *out, struct str table,
		       const struct node *as, struct table_columns *columns);

/* A name for the rowid that no column hides; NULL when there is none, or no rowid. */
const char *table_rowid(const struct table_columns *t);

/* The neutral type for a declared one; schema/sqlite/type.c has the rules. */
const char *type_of_declared(struct str declared, bool strict);

/* Sets default= or, for what is no literal of the column's type, defexpr= to the text of a DEFAULT clause. */
void default_set(struct schema *schema, struct node *column, struct str text);

/* --- values that stand in texts ------------------------------------------------------------------ */

/* Each returns NULL, or what is wrong with s in a few words. */
const char *text_date(struct str s); /* YYYY-MM-DD, on the calendar, year 1 to 9999 */
const char *text_time(struct str s, int digits); /* HH:MM[:SS[.f]], at most so many digits f */
const char *text_timestamp(struct str s, int digits); /* the two with a blank or a T between */
const char *text_uuid(struct str s);                  /* 8-4-4-4-12 hexadecimal digits */
const char *text_decimal(struct str s);               /* [-]digits[.digits] */

/* Writes a value that the function above passed in its one spelling at d (s.n + 3 bytes); returns the length. */
size_t text_put_time(char *d, struct str s);
size_t text_put_timestamp(char *d, struct str s);
size_t text_put_uuid(char *d, struct str s);

/* t or f for a boolean word (t, f, true, false in any case), else 0. */
char text_bool(struct str s);

#endif
