/* PostgreSQL as target and as source: connecting, session settings, queries, errors, and quoting. */
#ifndef SCHEMA_PG_PG_H
#define SCHEMA_PG_PG_H

#include <libpq-fe.h>

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

/* The oldest server whose catalogue our queries read. */
enum { PG_VERSION_MIN = 120000 };

/* So many connections of a program have their query cancelled by a signal. */
enum { PG_SESSIONS_MAX = 16 };

/*
 * Connects to uri (postgresql://…, or a libpq conninfo string such as `dbname=shop`), or for NULL to what the
 * environment variable named variable (PGTIDE_TARGET or PGTIDE_SOURCE) says. Passwords come from the URI, PGPASSWORD,
 * ~/.pgpass or the service file, as libpq does it. The session is set to UTF8, UTC, ISO dates, postgres intervals,
 * shortest floats, hex bytea and no timeouts but lock_timeout, and search_path to pg_catalog alone, so that nothing
 * depends on the server's configuration. application_name is "pgtide NAME" unless the URI or PGAPPNAME has one.
 * connect_timeout bounds the attempts at all hosts together.
 *
 * Warnings of the server become messages of ours; notices are not even sent. SIGINT, SIGTERM and SIGHUP cancel the
 * query that runs and then end the program as they would have: what was not committed is rolled back.
 *
 * Dies: STATUS_USAGE when the call is wrong (no URI, bad URI, wrong password, no such database or role),
 * STATUS_AGAIN when trying again can help (refused, starting up, too many clients), without ever showing a password.
 */
PGconn *pg_connect(const char *uri, const char *variable);

/* Closes the connection; signals end the program as usual again, whatever others there are. conn may be NULL. */
void pg_close(PGconn *conn);

/*
 * Between these two a signal still cancels the query that runs, but the program lives on to hear what became of it,
 * which matters for COMMIT; pg_take_signals() then ends it. A second signal of the kind ends it at once.
 */
void pg_hold_signals(void);
void pg_take_signals(void);

/*
 * Runs sql with text parameters (NULL is NULL) and returns its result, which the caller clears; dies as
 * pg_die() when the server refuses. where is for the message: "public.users" or "catalogue".
 */
PGresult *pg_query(PGconn *conn, const char *where, const char *sql, int nparams,
		   const char *const *params);

/*
 * The status that an error stands for: 75 for a lost connection, deadlock, lock timeout, lack of resources, shutdown
 * (SQLSTATE classes 08, 40, 53, and 55P03, 57P*), else 1. res may be NULL: then the connection itself failed.
 */
enum status pg_status(const PGconn *conn, const PGresult *res);

/* Dies with the server's message, SQLSTATE, detail and hint: `where: message (SQLSTATE): detail; hint`. */
_Noreturn void pg_die(const PGconn *conn, const PGresult *res, const char *where);

/* A value of a result; p NULL for NULL. */
struct str pg_value(const PGresult *res, int row, int col);

#endif
