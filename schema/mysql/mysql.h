/*
 * MySQL and MariaDB as a source: connecting for reading only, the session's settings, queries and errors. `source=mysql`
 * stands for both. Builds with MariaDB Connector/C and with libmysqlclient.
 */
#ifndef SCHEMA_MYSQL_MYSQL_H
#define SCHEMA_MYSQL_MYSQL_H

#include <mysql.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

struct mysql_source {
	MYSQL *db;
	const char *name;         /* the URI for messages, without its password */
	bool open;                /* the session stands: what fails now was good before */
	unsigned read_timeout;    /* seconds; 0 for none */
	struct str database;      /* the default database; n 0 when none was named */
	bool mariadb;             /* else MySQL, or what calls itself so */
	unsigned long version;    /* 50624, 101119 */
	const char *version_text; /* "10.11.19-MariaDB" */
	struct pool pool;
};

/*
 * Connects to operand, or for NULL to what PGTIDE_SOURCE says: mysql://user:password@host:port/database?parameters (or
 * mariadb://…), each part optional and percent-encoded. What is not in it comes from the option files' groups [client],
 * [client-server], [client-mariadb] and [pgtide], then from MYSQL_HOST, MYSQL_TCP_PORT, MYSQL_UNIX_PORT and MYSQL_PWD.
 * Parameters: socket, sslmode, sslrootcert, sslcert, sslkey, connect_timeout, read_timeout, option_file; mysql-rows.1
 * says what they do. database names another default database than the URI's; NULL for that one.
 *
 * The session cannot write, its zone is UTC, texts arrive as utf8mb4, and neither sql_mode, limits nor time-outs of the
 * server's configuration count. It is in a read-only transaction with one snapshot of all InnoDB tables.
 *
 * Dies: STATUS_USAGE when the call is wrong (no or bad URI, wrong password, no such database, TLS not as asked for),
 * STATUS_AGAIN when trying again can help (refused, too many connections, no answer within connect_timeout).
 */
void mysql_source_open(struct mysql_source *s, const char *operand, const char *database);
void mysql_source_close(struct mysql_source *s);
/* Ends the transaction and begins another, whose snapshot is of now. */
void mysql_source_begin(struct mysql_source *s);

/* Runs sql and forgets its result. Here and below: dies as mysql_source_die() when the server refuses. */
void mysql_source_exec(struct mysql_source *s, const char *where, struct str sql);
/* Runs sql and fetches all of its result into memory: for catalogues. The caller frees it. */
MYSQL_RES *mysql_source_query(struct mysql_source *s, const char *where, struct str sql);
/*
 * Runs sql and hands out its rows as they arrive, with mysql_fetch_row(). When that gives NULL, mysql_errno() tells whether
 * it was the end: mysql_source_end() dies if it was not, and frees the result.
 */
MYSQL_RES *mysql_source_stream(struct mysql_source *s, const char *where, struct str sql);
void mysql_source_end(struct mysql_source *s, const char *where, MYSQL_RES *result);

/* A value of the row fetched last; p NULL for NULL. */
struct str mysql_source_value(MYSQL_RES *result, MYSQL_ROW row, unsigned column);

/*
 * The status that an error number of server or library stands for: 75 for lost connections, deadlocks, lock waits and lack
 * of resources; 2 for wrong credentials, an unknown database, TLS; else 1.
 */
enum status mysql_source_status(unsigned error);
/* Dies of the connection's last error: `where: message (number)`; of s->name for where NULL. */
_Noreturn void mysql_source_die(struct mysql_source *s, const char *where);

/* A name as SQL writes it: in backquotes. */
void mysql_quote_name(struct buf *b, struct str name);
/* A query as what stands behind FROM. */
void mysql_query_from(struct buf *b, struct str sql);
/* A text as SQL writes it, whatever the session's sql_mode says of backslashes. */
void mysql_quote_text(struct buf *b, struct str text);

#endif
