/* Opening an SQLite database for reading only, and telling what is wrong with it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/base/num.h"
#include "schema/base/source-set.h"
#include "schema/sqlite/sqlite.h"

enum { BUSY_MILLISECONDS = 5000 };

/* The path that operand means. */
static const char *
find_path(struct source *s, const char *operand)
{
	struct uri uri;
	struct err e = { 0 };
	struct buf shown = { 0 };

	if (!operand)
		operand = getenv("PGTIDE_SOURCE");
	if (!operand || !*operand)
		die(STATUS_USAGE,
		    "no source: give a path or sqlite:///path, or set PGTIDE_SOURCE");
	uri_show(str_cstr(operand), &shown);
	if (uri_parse(str_cstr(operand), &s->pool, &uri, &e) < 0)
		err_die(&e);
	if (uri.scheme.n && !str_eq(uri.scheme, STR("sqlite")))
		die(STATUS_USAGE,
		    "%s: not an SQLite source; a path with a ':' can be written ./PATH",
		    buf_cstr(&shown));
	if (uri.host.n || uri.user.p || uri.port.n)
		die(STATUS_USAGE,
		    "%s: an SQLite database has no host: write sqlite:///absolute/path or sqlite:path",
		    buf_cstr(&shown));
	for (size_t i = 0; i < uri.nparams; i++)
		if (!str_eq(uri.params[i].key, STR("immutable")) ||
		    !str_eq(uri.params[i].value, STR("1")))
			die(STATUS_USAGE,
			    "%s: the only parameter of an SQLite source is immutable=1",
			    buf_cstr(&shown));
	s->immutable = uri.nparams > 0;
	if (!uri.path.n)
		die(STATUS_USAGE, "%s: no path", buf_cstr(&shown));
	buf_release(&shown);
	return uri.path.p;
}

/*
 * SQLite itself says little more than "unable to open". Sets s->empty and s->wal, which is byte
 * 19 of the header (https://sqlite.org/fileformat.html, section 1.3). Before SQLite opens the
 * file: closing a descriptor of it drops the locks of the process.
 */
static void
check_file(struct source *s, const char *path)
{
	enum { READ_VERSION = 19, WAL = 2 };
	char header[20];
	struct stat st;
	int fd;

	if (stat(path, &st) < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		die(STATUS_USAGE, "%s: is a directory, not a database", path);
	if (!S_ISREG(st.st_mode))
		die(STATUS_USAGE, "%s: not a regular file, so no database", path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(STATUS_USAGE, "%s: %s", path, strerror(errno));
	s->wal =
	    read(fd, header, sizeof(header)) == sizeof(header) && header[READ_VERSION] == WAL;
	close(fd);
	s->empty = st.st_size == 0;
}

static bool
folder_writable(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf folder = { 0 };
	bool writable;

	buf_add(&folder, slash ? str_of(path, (size_t)(slash - path) + 1) : STR("."));
	writable = access(buf_cstr(&folder), W_OK) == 0;
	buf_release(&folder);
	return writable;
}

bool
source_has_wal(const char *path)
{
	struct buf wal = { 0 };
	bool there;

	buf_add(&wal, str_cstr(path));
	buf_add(&wal, STR("-wal"));
	there = access(buf_cstr(&wal), F_OK) == 0;
	buf_release(&wal);
	return there;
}

/* path as a URI of SQLite's: what means something there is escaped. */
static void
immutable_uri(struct buf *b, const char *path)
{
	buf_add(b, STR("file:"));
	for (; *path; path++) {
		if (*path == '%' || *path == '?' || *path == '#')
			buf_addf(b, "%%%02x", (unsigned)(unsigned char)*path);
		else
			buf_addc(b, *path);
	}
	buf_add(b, STR("?immutable=1"));
}

static void
connect(struct source *s, const char *path)
{
	int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
	struct buf name = { 0 };

	/*
	 * One thread: no mutexes, and the values of a row may be asked directly
	 * (sqlite3_column_value).
	 */
	if (sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) != SQLITE_OK)
		die(STATUS_BAD, "%s: SQLite refuses to run single-threaded", s->name);
	if (s->wal && !folder_writable(path) && !source_has_wal(path))
		s->immutable = true;
	if (s->immutable) {
		immutable_uri(&name, path);
		flags |= SQLITE_OPEN_URI;
	} else {
		/* Neither ":memory:" nor "file:…" may mean anything but a file. */
		if (path[0] != '/')
			buf_add(&name, STR("./"));
		buf_add(&name, str_cstr(path));
	}
	if (sqlite3_open_v2(buf_cstr(&name), &s->db, flags, NULL) != SQLITE_OK)
		source_die(s, NULL);
	buf_release(&name);
}

static void
run(struct source *s, const char *sql)
{
	if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		source_die(s, NULL);
}

/* Pragmas that say how the file is read, and not what it says; SQLite has nothing against names that it does not know. */
static void
set_users(struct source *s)
{
	static const char *const pragmas[] = {
		"busy_timeout",    "cache_size", "cache_spill",
		"hard_heap_limit", "mmap_size",  "soft_heap_limit",
		"temp_store",      "threads",    NULL
	};
	struct uri set;
	struct buf sql = { 0 };

	source_set_read(&set, &s->pool);
	for (size_t i = 0; i < set.nparams; i++) {
		struct str name = set.params[i].key, value = set.params[i].value;
		int64_t n;

		if (!source_set_is(name, pragmas))
			die(STATUS_USAGE,
			    "PGTIDE_SOURCE_SET: %s is none of the pragmas that only say how a file is read",
			    show(name).text);
		if (!num_i64(value, &n))
			die(STATUS_USAGE, "PGTIDE_SOURCE_SET: %s=%s: no whole number", name.p,
			    show(value).text);
		sql.n = 0;
		buf_addf(&sql, "PRAGMA %s = %jd", name.p, (intmax_t)n);
		run(s, buf_cstr(&sql));
	}
	buf_release(&sql);
}

/* A database is somebody else's text: nothing in it may do more than be read. */
static void
set_up(struct source *s)
{
	if (sqlite3_busy_timeout(s->db, BUSY_MILLISECONDS) != SQLITE_OK ||
	    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL) !=
		SQLITE_OK ||
	    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
	    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) != SQLITE_OK)
		source_die(s, NULL);
	run(s, "PRAGMA query_only = 1");
	run(s, "PRAGMA cell_size_check = 1");
	set_users(s);
}

/* The first read also shows whether this is a database at all. */
void
source_begin(struct source *s)
{
	sqlite3_stmt *stmt;

	run(s, "BEGIN");
	stmt = source_prepare(s, "SELECT count(*) FROM sqlite_schema");
	source_step(s, stmt, NULL);
	sqlite3_finalize(stmt);
	stmt = source_prepare(s, "PRAGMA encoding");
	if (source_step(s, stmt, NULL)) {
		const char *encoding = (const char *)sqlite3_column_text(stmt, 0);

		s->utf16 = encoding && strncmp(encoding, "UTF-16", 6) == 0;
	}
	sqlite3_finalize(stmt);
}

static struct str
database_name(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot && dot != name ? str_of(name, (size_t)(dot - name)) : str_cstr(name);
}

void
source_open(struct source *s, const char *operand)
{
	const char *path;

	*s = (struct source){ 0 };
	path = find_path(s, operand);
	s->name = path;
	s->database = database_name(path);
	check_file(s, path);
	connect(s, path);
	set_up(s);
	source_begin(s);
}

void
source_close(struct source *s)
{
	if (sqlite3_close(s->db) != SQLITE_OK)
		source_die(s, NULL);
	pool_release(&s->pool);
	*s = (struct source){ 0 };
}

sqlite3_stmt *
source_prepare(struct source *s, const char *sql)
{
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL) != SQLITE_OK)
		source_die(s, NULL);
	return stmt;
}

bool
source_step(struct source *s, sqlite3_stmt *stmt, const char *where)
{
	int code = sqlite3_step(stmt);

	if (code != SQLITE_ROW && code != SQLITE_DONE)
		source_die(s, where);
	return code == SQLITE_ROW;
}

/* What the commonest errors of a file mean to whoever has to do something about them. */
static const struct fault {
	int code; /* extended ones before their primary */
	enum status status;
	const char *text; /* NULL: as SQLite says it */
} faults[] = {
	{ SQLITE_NOTADB, STATUS_USAGE, "not an SQLite database, or an encrypted one" },
	{ SQLITE_BUSY, STATUS_AGAIN, "locked by another program" },
	{ SQLITE_LOCKED, STATUS_AGAIN, "locked by another program" },
	{ SQLITE_CORRUPT, STATUS_BAD, NULL },
	{ SQLITE_READONLY_ROLLBACK, STATUS_BAD,
	  "an interrupted change has to be rolled back first: open it once with a program that may write" },
	{ SQLITE_READONLY_RECOVERY, STATUS_BAD,
	  "its write-ahead log has to be recovered first: open it once with a program that may write" },
	{ SQLITE_READONLY_CANTINIT, STATUS_BAD,
	  "its write-ahead log cannot be read here, as its folder is not writable: read a copy of both" },
	{ SQLITE_CANTOPEN, STATUS_USAGE, NULL },
};

void
source_die(struct source *s, const char *where)
{
	int code = s->db ? sqlite3_extended_errcode(s->db) : SQLITE_NOMEM;
	const char *text = s->db ? sqlite3_errmsg(s->db) : "out of memory";
	enum status status = STATUS_BAD;

	/* The file itself was opened before. */
	if ((code & 0xff) == SQLITE_CANTOPEN && s->wal)
		code = SQLITE_READONLY_CANTINIT;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		if (faults[i].code != code && faults[i].code != (code & 0xff))
			continue;
		status = faults[i].status;
		if (faults[i].text)
			text = faults[i].text;
		break;
	}
	die(status, "%s: %s%s%s%s", s->name, where ? where : "", where ? ": " : "",
	    (code & 0xff) == SQLITE_CORRUPT ? "corrupt: " : "", text);
}

void
sql_name(struct buf *b, struct str name)
{
	buf_add_quoted(b, name, '\"');
}
