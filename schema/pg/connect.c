/* Connecting to PostgreSQL, the session's settings, and what a signal does to a session. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "schema/base/num.h"
#include "schema/base/uri.h"
#include "schema/pg/pg.h"

/*
 * A trigger or a default of the target runs under these as well. client_min_messages: a trigger may raise a notice
 * for each of a million rows. lock_timeout stays what the caller's PGOPTIONS say.
 */
static const char settings[] = "SET client_encoding = 'UTF8';"
			       "SET timezone = 'UTC';"
			       "SET datestyle = 'ISO, YMD';"
			       "SET intervalstyle = 'postgres';"
			       "SET extra_float_digits = 3;"
			       "SET bytea_output = 'hex';"
			       "SET statement_timeout = 0;"
			       "SET idle_in_transaction_session_timeout = 0;"
			       "SET standard_conforming_strings = on;"
			       "SET client_min_messages = warning;"
			       "SET search_path = pg_catalog";

/* --- signals -------------------------------------------------------------------------------------- */

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };

/* What the handler needs; libpq says that PQcancel() may be called from one. */
static PGcancel *volatile running[PG_SESSIONS_MAX];
static volatile sig_atomic_t sessions, held, pending;

static void
cancel_and_end(int sig)
{
	int saved = errno, n = (int)sessions;
	char why[256];

	sessions = 0;
	for (int i = 0; i < n; i++)
		if (running[i])
			(void)PQcancel(running[i], why, sizeof(why));
	errno = saved;
	if (held)
		pending = sig;
	else
		raise(sig); /* SA_RESETHAND: the default action, which closes the connection */
}

void
pg_hold_signals(void)
{
	held = 1;
}

void
pg_take_signals(void)
{
	held = 0;
	if (pending)
		raise(pending);
}

/* Without SA_NODEFER raise() would wait for the end of the handler, and a second ^C as well. */
static void
cancel_on_signals(PGconn *conn)
{
	struct sigaction action = { .sa_handler = cancel_and_end };

	if (sessions < PG_SESSIONS_MAX) {
		running[sessions] = PQgetCancel(conn);
		sessions++;
	}
	action.sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_RESTART;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		struct sigaction old;

		if (sigaction(ending[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			(void)sigaction(ending[i], &action, NULL);
	}
}

void
pg_close(PGconn *conn)
{
	int n = (int)sessions;

	sessions = 0;
	for (int i = 0; i < n; i++)
		PQfreeCancel(running[i]);
	PQfinish(conn);
}

/* --- the text that says where to -------------------------------------------------------------------- */

static bool
is_uri(struct str target)
{
	return str_starts(target, STR("postgresql://")) ||
	    str_starts(target, STR("postgres://"));
}

/*
 * A user or password with an unescaped @, / or ? is taken apart in other places by libpq, whose messages would then
 * show parts of it: more than one @, or one behind the first / or ?. An @ in the parameters alone is harmless.
 */
static bool
hides_password(struct str uri)
{
	struct str before, rest;
	size_t ats = 0, scheme = uri.p[8] == ':' ? 11 : 13;
	bool slash = false;
	bool query = str_cut(str_of(uri.p + scheme, uri.n - scheme), '?', &before, &rest);

	for (size_t i = 0; i < before.n; i++) {
		slash = slash || before.p[i] == '/';
		ats += before.p[i] == '@';
		if (before.p[i] == '@' && (slash || ats > 1))
			return true;
	}
	return query && ats == 0 && memchr(before.p, ':', before.n) &&
	    memchr(rest.p, '@', rest.n);
}

/* Adds `host=db dbname=shop`: all that was said but passwords. */
static void
show_options(const PQconninfoOption *options, struct buf *out)
{
	for (; options->keyword; options++) {
		if (!options->val || *options->dispchar == '*')
			continue;
		if (out->n)
			buf_addc(out, ' ');
		buf_addf(out, "%s=%s", options->keyword, options->val);
	}
}

/* libpq's message may quote any part of the text, so only one that names a parameter is shown. */
static _Noreturn void
not_understood(const char *uri, char *why)
{
	struct str text = str_trim(str_cstr(why ? why : ""));

	if (str_starts(text, STR("invalid URI query parameter")) ||
	    str_starts(text, STR("invalid connection option")))
		die(STATUS_USAGE, "%.*s", (int)text.n, text.p);
	if (is_uri(str_cstr(uri)))
		die(STATUS_USAGE,
		    "the URI is not well-formed: expected "
		    "postgresql://user@host:port/database, special bytes as %%XX");
	die(STATUS_USAGE, "the connection string is not well-formed: expected key=value…");
}

/* Where the port stands there may be a password by mistake, and libpq would quote it. */
static bool
has_bad_port(const PQconninfoOption *options)
{
	for (; options->keyword; options++)
		if (options->val && strcmp(options->keyword, "port") == 0)
			return options->val[strspn(options->val, "0123456789,")] != '\0';
	return false;
}

/* Tests the text as far as that can be done without a server, and adds to out how messages show it. */
static void
check_target(const char *target, struct buf *out)
{
	PQconninfoOption *options;
	struct pool pool = { 0 };
	struct err err = { 0 };
	struct uri uri;
	char *why = NULL;

	if (!is_uri(str_cstr(target)) &&
	    (uri_parse(str_cstr(target), &pool, &uri, &err) < 0 || uri.scheme.n ||
	     !strchr(target, '='))) {
		uri_show(str_cstr(target), out);
		die(STATUS_USAGE,
		    "%s: no PostgreSQL: expected postgresql://… or a connection string such as "
		    "dbname=shop",
		    buf_cstr(out));
	}
	pool_release(&pool);
	if (is_uri(str_cstr(target)) && hides_password(str_cstr(target)))
		die(STATUS_USAGE,
		    "the URI is not well-formed: in user and password write @ as %%40, / as %%2F, "
		    "? as %%3F");
	options = PQconninfoParse(target, &why);
	if (!options)
		not_understood(target, why);
	if (is_uri(str_cstr(target)))
		uri_show(str_cstr(target), out);
	else
		show_options(options, out);
	buf_cstr(out);
	if (has_bad_port(options))
		die(STATUS_USAGE, "%s: the port is not a number", out->p);
	PQconninfoFree(options);
}

/* --- connecting ------------------------------------------------------------------------------------- */

/* The SQLSTATE in `… FATAL:  28P01: …`, whatever the server's language; p NULL without one. */
static struct str
sqlstate_in(struct str line)
{
	for (size_t i = 0; i + 10 <= line.n; i++) {
		size_t k = i + 3;

		if (line.p[i] != ':' || line.p[i + 1] != ' ' || line.p[i + 2] != ' ')
			continue;
		while (k < i + 8 &&
		       ((line.p[k] >= '0' && line.p[k] <= '9') ||
			(line.p[k] >= 'A' && line.p[k] <= 'Z')))
			k++;
		if (k == i + 8 && line.p[k] == ':' && line.p[k + 1] == ' ')
			return str_of(line.p + i + 3, 5);
	}
	return STR_NONE;
}

/* Whether a line of libpq's is about the call: trying again gives the same. */
static bool
is_about_call(struct str line)
{
	static const char *const classes[] = { "0A", "08P01", "22", "28", "3D", "42" };
	static const char *const beginnings[] = {
		"invalid ",         "definition of service ", "syntax error in service file",
		"could not match ", "root certificate file ", "could not read ",
	};
	struct str code = sqlstate_in(line);

	for (size_t i = 0; code.p && i < sizeof(classes) / sizeof(classes[0]); i++)
		if (str_starts(code, str_cstr(classes[i])))
			return true;
	for (size_t i = 0; !code.p && i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (str_starts(line, str_cstr(beginnings[i])))
			return true;
	return false;
}

/*
 * Of several hosts each has lines in the message; the first that is about the call decides, else the first of all.
 * PQerrorMessage() is verbose here, for SQLSTATE is nowhere else when connecting fails.
 */
static _Noreturn void
refused(PGconn *conn, const char *shown)
{
	struct str rest = str_cstr(PQerrorMessage(conn)), line, first, code;
	bool usage = PQconnectionNeedsPassword(conn), more = true;

	first = STR_NONE;
	while (more) {
		more = str_cut(rest, '\n', &line, &rest);
		if (!first.p)
			first = line;
		if (!is_about_call(line))
			continue;
		usage = true;
		first = line;
		break;
	}
	code = sqlstate_in(first);
	if (code.p) {
		rest = str_of(code.p + 7, first.n - (size_t)(code.p + 7 - first.p));
		die(usage ? STATUS_USAGE : STATUS_AGAIN, "%s: %.*s (%.5s)", shown, (int)rest.n,
		    rest.p, code.p);
	}
	die(usage ? STATUS_USAGE : STATUS_AGAIN, "%s: %.*s", shown, (int)first.n, first.p);
}

/* When connect_timeout ends; 0 for never. libpq itself looks at it only in the calls that block. */
static time_t
deadline(PGconn *conn)
{
	PQconninfoOption *options = PQconninfo(conn);
	uint64_t seconds = 0;
	struct timespec now;

	for (const PQconninfoOption *o = options; o && o->keyword; o++)
		if (o->val && strcmp(o->keyword, "connect_timeout") == 0 &&
		    !num_u64(str_cstr(o->val), &seconds))
			seconds = 0;
	PQconninfoFree(options);
	clock_gettime(CLOCK_MONOTONIC, &now);
	return seconds && seconds < 1000000 ? now.tv_sec + (time_t)seconds + 1 : 0;
}

/* Waits until fd is ready; false when the time is over before. */
static bool
wait_for(int fd, short events, time_t until)
{
	struct pollfd p = { .fd = fd, .events = events };
	struct timespec now;
	int ready = 0;

	while (ready <= 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (until && now.tv_sec >= until)
			return false;
		ready = poll(&p, 1, until ? 1000 : -1);
		if (ready < 0 && errno != EINTR)
			die(STATUS_BAD, "poll: %s", strerror(errno));
	}
	return true;
}

static PGconn *
start(const char *target)
{
	char application[128];
	const char *const keys[] = { "dbname", "fallback_application_name", "client_encoding",
				     NULL };
	const char *const values[] = { target, application, "UTF8", NULL };
	PGconn *conn;
	size_t n = sizeof("pgtide ") - 1;

	memcpy(application, "pgtide ", n);
	for (const char *p = prog_name(); *p && n < sizeof(application) - 1; p++)
		application[n++] = *p;
	application[n] = '\0';
	conn = PQconnectStartParams(keys, values, 1);
	if (!conn)
		die(STATUS_BAD, "out of memory");
	return conn;
}

static void
finish(PGconn *conn, const char *shown)
{
	time_t until = deadline(conn);
	PostgresPollingStatusType what = PGRES_POLLING_WRITING;

	if (PQstatus(conn) == CONNECTION_BAD)
		refused(conn, shown);
	while (what != PGRES_POLLING_OK) {
		if (!wait_for(PQsocket(conn), what == PGRES_POLLING_READING ? POLLIN : POLLOUT,
			      until))
			die(STATUS_AGAIN, "%s: no answer within connect_timeout", shown);
		what = PQconnectPoll(conn);
		if (what == PGRES_POLLING_FAILED)
			refused(conn, shown);
	}
}

/* Warnings of the server, and what libpq itself has to say. */
static void
receive_notice(void *nothing, const PGresult *res)
{
	const char *message = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	struct str line, rest;

	(void)nothing;
	str_cut(str_cstr(message ? message : PQresultErrorMessage(res)), '\n', &line, &rest);
	warn("warning of the server: %.*s", (int)(line.n < 800 ? line.n : 800), line.p);
}

PGconn *
pg_connect(const char *uri, const char *variable)
{
	const char *target = uri ? uri : getenv(variable);
	struct buf shown = { 0 };
	PGresult *res;
	PGconn *conn;

	if (!target || !*target)
		die(STATUS_USAGE, "no database: name it as operand or in %s", variable);
	check_target(target, &shown);
	conn = start(target);
	PQsetErrorVerbosity(conn, PQERRORS_VERBOSE);
	PQsetNoticeReceiver(conn, receive_notice, NULL);
	finish(conn, shown.p);
	PQsetErrorVerbosity(conn, PQERRORS_DEFAULT);
	if (PQserverVersion(conn) < PG_VERSION_MIN)
		die(STATUS_USAGE, "%s: PostgreSQL %s: 12 or later is needed", shown.p,
		    PQparameterStatus(conn, "server_version"));
	cancel_on_signals(conn);
	res = PQexec(conn, settings);
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		pg_die(conn, res, shown.p);
	PQclear(res);
	buf_release(&shown);
	return conn;
}
