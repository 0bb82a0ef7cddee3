/*
 * pgloader's command files: URIs. pgloader doubles '@' and ':' where we percent-encode, has unix: sockets and tablename,
 * and since its version 4 JDBC's URLs; here they become ours. What a URI leaves out stays out: the client libraries take
 * it from PG* and MYSQL_* variables, ~/.pgpass and ~/.my.cnf, as pgloader does.
 */
#include <stdlib.h>

#include "schema/base/uri.h"
#include "transform/load-parse.h"

enum dialect {
	DIALECT_NONE,
	DIALECT_MYSQL,
	DIALECT_MSSQL,
	DIALECT_SQLITE,
	DIALECT_PGSQL,
	DIALECT_HTTP,
	DIALECT_FILE
};

static const struct {
	const char *scheme;
	enum dialect dialect;
} schemes[] = {
	{ "mysql", DIALECT_MYSQL },    { "mariadb", DIALECT_MYSQL },
	{ "mssql", DIALECT_MSSQL },    { "sqlserver", DIALECT_MSSQL },
	{ "sqlite", DIALECT_SQLITE },  { "pgsql", DIALECT_PGSQL },
	{ "postgres", DIALECT_PGSQL }, { "postgresql", DIALECT_PGSQL },
	{ "http", DIALECT_HTTP },      { "https", DIALECT_HTTP },
	{ "csv", DIALECT_FILE },       { "copy", DIALECT_FILE },
	{ "fixed", DIALECT_FILE },     { "dbf", DIALECT_FILE },
	{ "db3", DIALECT_FILE },
};

/* --- bytes -------------------------------------------------------------------------------- */

static size_t
find_byte(struct str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;

	return p ? (size_t)(p - s.p) : s.n;
}

static struct str
rest_of(struct str s, size_t from)
{
	return from < s.n ? str_of(s.p + from, s.n - from) : str_of(s.p + s.n, 0);
}

static void
add_encoded(struct buf *b, struct str s, const char *also)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	for (size_t i = 0; i < s.n; i++) {
		if (strchr(plain, s.p[i]) || strchr(also, s.p[i]))
			buf_addc(b, s.p[i]);
		else
			buf_addf(b, "%%%02X", (unsigned char)s.p[i]);
	}
}

/* --- parameters --------------------------------------------------------------------------- */

enum meaning {
	MEANS_USER,
	MEANS_PASSWORD,
	MEANS_HOST,
	MEANS_PORT,
	MEANS_DATABASE,
	MEANS_TABLE,
	MEANS_PASSED,
	MEANS_TLS
};

static const struct {
	enum dialect dialect; /* DIALECT_NONE: any server */
	const char *name;
	enum meaning meaning;
} params[] = {
	{ DIALECT_NONE, "user", MEANS_USER },
	{ DIALECT_NONE, "username", MEANS_USER },
	{ DIALECT_NONE, "password", MEANS_PASSWORD },
	{ DIALECT_NONE, "host", MEANS_HOST },
	{ DIALECT_NONE, "port", MEANS_PORT },
	{ DIALECT_NONE, "dbname", MEANS_DATABASE },
	{ DIALECT_NONE, "database", MEANS_DATABASE },
	{ DIALECT_NONE, "databaseName", MEANS_DATABASE },
	{ DIALECT_NONE, "tablename", MEANS_TABLE },
	{ DIALECT_NONE, "sslmode", MEANS_PASSED },
	{ DIALECT_MYSQL, "useSSL", MEANS_TLS },
	{ DIALECT_MYSQL, "socket", MEANS_PASSED },
	{ DIALECT_MYSQL, "connect_timeout", MEANS_PASSED },
	{ DIALECT_MYSQL, "read_timeout", MEANS_PASSED },
	{ DIALECT_MYSQL, "option_file", MEANS_PASSED },
	{ DIALECT_MYSQL, "sslrootcert", MEANS_PASSED },
	{ DIALECT_MYSQL, "sslcert", MEANS_PASSED },
	{ DIALECT_MYSQL, "sslkey", MEANS_PASSED },
	{ DIALECT_PGSQL, "sslrootcert", MEANS_PASSED },
	{ DIALECT_PGSQL, "sslcert", MEANS_PASSED },
	{ DIALECT_PGSQL, "sslkey", MEANS_PASSED },
	{ DIALECT_PGSQL, "connect_timeout", MEANS_PASSED },
	{ DIALECT_PGSQL, "application_name", MEANS_PASSED },
	{ DIALECT_PGSQL, "options", MEANS_PASSED },
	{ DIALECT_PGSQL, "service", MEANS_PASSED },
	{ DIALECT_PGSQL, "target_session_attrs", MEANS_PASSED },
	{ DIALECT_MSSQL, "encrypt", MEANS_PASSED },
};

/* Which parameter this is, or the number of them. */
static size_t
find_param(enum dialect dialect, struct str name)
{
	size_t i = 0;

	for (; i < sizeof(params) / sizeof(params[0]); i++)
		if ((params[i].dialect == DIALECT_NONE || params[i].dialect == dialect) &&
		    str_eq_nocase(name, str_cstr(params[i].name)))
			break;
	return i;
}

static void
add_param(struct buf *b, struct str name, struct str value)
{
	buf_addc(b, b->n ? '&' : '?');
	add_encoded(b, name, "");
	buf_addc(b, '=');
	add_encoded(b, value, "/");
}

/* Takes what parameters say of the URI's own parts, and adds those for our programs to query. */
static void
sort_params(struct load_job *job, struct load_command *c, enum dialect dialect,
	    struct load_dsn *d, struct load_uri *u, struct buf *query)
{
	for (struct load_item *i = d->params.first; i; i = i->next) {
		size_t which = find_param(dialect, i->text);

		if (which == sizeof(params) / sizeof(params[0])) {
			load_without_effect(job, c, u->at, i->text,
					    "no parameter of a connection that is known here");
			continue;
		}
		switch (params[which].meaning) {
		case MEANS_USER: d->user = i->value; break;
		case MEANS_PASSWORD: d->password = i->value; break;
		case MEANS_HOST:
			if (i->value.n && i->value.p[0] == '/')
				d->socket = i->value;
			else
				d->host = i->value;
			break;
		case MEANS_PORT: d->port = i->value; break;
		case MEANS_DATABASE: d->database = i->value; break;
		case MEANS_TABLE: u->tablename = i->value; break;
		case MEANS_PASSED:
			add_param(query, str_cstr(params[which].name), i->value);
			break;
		case MEANS_TLS:
			add_param(query, STR("sslmode"),
				  str_eq_nocase(i->value, STR("false")) ? STR("disable")
									: STR("require"));
			break;
		}
	}
}

/* --- ours --------------------------------------------------------------------------------- */

static void
add_authority(struct buf *b, const struct load_dsn *d, bool password)
{
	if (d->user.p || d->password.p) {
		add_encoded(b, d->user, "");
		if (password && d->password.p) {
			buf_addc(b, ':');
			add_encoded(b, d->password, "");
		}
		buf_addc(b, '@');
	}
	if (d->host.p)
		add_encoded(b, d->host, "[]:,");
	if (d->port.p && d->host.p)
		buf_addf(b, ":%.*s", (int)d->port.n, d->port.p);
}

static struct str
written(struct load_job *job, const char *scheme, const struct load_dsn *d, struct str query,
	bool password)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s://", scheme);
	add_authority(&b, d, password);
	buf_addc(&b, '/');
	add_encoded(&b, d->database, "");
	buf_add(&b, query);
	return load_keep(job, &b);
}

/* Sets text and shown of a server's URI. */
static int
write_uri(struct load_parser *p, struct load_command *c, enum dialect dialect,
	  struct load_dsn *d, struct load_uri *u)
{
	static const char *const names[] = { [DIALECT_MYSQL] = "mysql",
					     [DIALECT_MSSQL] = "mssql",
					     [DIALECT_PGSQL] = "postgresql" };
	struct buf query = { 0 };
	struct err e = { 0 };
	struct uri uri;

	sort_params(p->job, c, dialect, d, u, &query);
	if ((d->port.p && !str_is_digits(d->port)) ||
	    (d->host.p && memchr(d->host.p, '@', d->host.n))) {
		buf_release(&query);
		return load_fail(
		    p, u->at,
		    "no host and port in this URI: a ':' or '@' in a user's name or password is "
		    "written twice");
	}
	if (d->socket.p && dialect == DIALECT_PGSQL) {
		/* libpq finds the socket in a directory. */
		add_param(&query, STR("host"), d->socket);
		if (d->port.p)
			add_param(&query, STR("port"), d->port);
		d->host = STR_NONE;
	} else if (d->socket.p) {
		add_param(&query, STR("socket"), d->socket);
		d->host = STR_NONE;
	} else if (d->port.p && !d->host.p) {
		d->host = STR("localhost");
	}
	u->database = d->database;
	u->text = written(p->job, names[dialect], d, buf_str(&query), true);
	u->shown = written(p->job, names[dialect], d, buf_str(&query), false);
	buf_release(&query);
	/* What our programs would refuse is refused here, with its place. */
	if (uri_parse(u->text, &p->job->pool, &uri, &e) < 0)
		return load_fail(p, u->at, "%s", e.text);
	return 0;
}

struct str
load_path(struct load_job *job, const struct load_text *t, struct str name)
{
	struct buf b = { 0 };

	if (name.n && name.p[0] == '/')
		return name;
	buf_add(&b, t->dir);
	while (str_starts(name, STR("./")))
		name = rest_of(name, 2);
	buf_add(&b, name);
	return load_keep(job, &b);
}

/* --- operands ----------------------------------------------------------------------------- */

/* $NAME: what the environment says. */
static int
from_environment(struct load_parser *p, struct load_uri *u)
{
	struct str name = rest_of(u->given, 1);
	const char *value;

	if (u->given.n < 2 || u->given.p[0] != '$')
		return 0;
	if (name.n > 2 && name.p[0] == '{' && name.p[name.n - 1] == '}')
		name = str_of(name.p + 1, name.n - 2);
	for (size_t i = 0; i < name.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
			    name.p[i]))
			return 0;
	value = getenv(pool_str(&p->job->pool, name).p);
	if (!value)
		return load_fail(p, u->at, "the environment has no variable %s",
				 show(name).text);
	u->given = pool_str(&p->job->pool, str_cstr(value));
	return 0;
}

static int
take_given(struct load_parser *p, const char *what, struct load_uri *u)
{
	u->at = p->token.at;
	if (p->token.kind == LOAD_END || p->token.kind == LOAD_BROKEN || load_is_punct(p, ';'))
		return load_expected(p, what);
	if (p->token.kind == LOAD_STRING || p->token.kind == LOAD_QUOTED) {
		u->given = p->token.value;
		load_advance(p);
	} else {
		u->given = load_take_operand(p);
	}
	if (u->given.n == 0)
		return load_fail(p, u->at, "expected %s, got nothing", what);
	return from_environment(p, u);
}

/* The dialect of scheme: or jdbc:scheme:, and what stands behind it. */
static enum dialect
cut_scheme(struct str s, struct str *rest, bool *jdbc)
{
	struct str scheme;

	*jdbc = str_starts_nocase(s, STR("jdbc:"));
	if (*jdbc)
		s = rest_of(s, 5);
	if (!str_cut(s, ':', &scheme, rest)) {
		*rest = s;
		return DIALECT_NONE;
	}
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (str_eq_nocase(scheme, str_cstr(schemes[i].scheme)))
			return schemes[i].dialect;
	*rest = s;
	return DIALECT_NONE;
}

/* What stands behind scheme: is //… for a server. */
static int
parse_server(struct load_parser *p, struct load_command *c, enum dialect dialect,
	     struct str rest, bool jdbc, struct load_uri *u)
{
	struct load_dsn d = { .jdbc = jdbc };

	if (!str_starts(rest, STR("//")))
		return load_fail(p, u->at, "expected // behind the ':' of this URI");
	if (jdbc && dialect == DIALECT_MSSQL)
		load_dsn_take_sqlserver(p->job, &d, rest_of(rest, 2));
	else
		load_dsn_take(p->job, &d, rest_of(rest, 2));
	return write_uri(p, c, dialect, &d, u);
}

/* sqlite:///path, sqlite://./path, sqlite://path, or a path. A URI's tablename may stand behind a '?'. */
static void
parse_sqlite(struct load_parser *p, struct str rest, bool scheme, struct load_uri *u)
{
	struct str path = rest, query = STR_NONE;

	if (scheme && str_starts(rest, STR("//"))) {
		path = rest_of(rest, 2);
		str_cut(path, '?', &path, &query);
		if (str_starts(query, STR("tablename=")))
			u->tablename = rest_of(query, 10);
		else if (query.n)
			u->tablename = query;
	}
	path = load_path(p->job, p->t, path);
	/* A name with a ':' in it would be a URI to our programs. */
	if (path.n && path.p[0] != '/' && memchr(path.p, ':', path.n)) {
		struct buf b = { 0 };

		buf_add(&b, STR("./"));
		buf_add(&b, path);
		path = load_keep(p->job, &b);
	}
	u->text = u->shown = path;
}

static struct str
without_password(struct load_job *job, struct str uri)
{
	struct buf b = { 0 };

	uri_show(uri, &b);
	return load_keep(job, &b);
}

int
load_parse_source_uri(struct load_parser *p, struct load_command *c)
{
	struct load_uri *u = &c->source;
	enum dialect dialect;
	struct str rest;
	bool jdbc;

	if (take_given(p, "the URI of a database, or the name of an SQLite file", u) < 0)
		return -1;
	dialect = cut_scheme(u->given, &rest, &jdbc);
	switch (dialect) {
	case DIALECT_MYSQL: c->kind = LOAD_MYSQL; break;
	case DIALECT_MSSQL: c->kind = LOAD_MSSQL; break;
	case DIALECT_PGSQL: c->kind = LOAD_PGSQL; break;
	case DIALECT_HTTP:
		c->kind = LOAD_SQLITE;
		u->text = u->given;
		u->shown = without_password(p->job, u->given);
		return 0;
	case DIALECT_SQLITE:
	case DIALECT_NONE:
		if (dialect == DIALECT_NONE &&
		    (jdbc || str_starts(rest_of(rest, find_byte(rest, ':')), STR("://"))))
			return load_fail(
			    p, u->at,
			    "no kind of database that is known here: mysql, mariadb, mssql, sqlite, pgsql, "
			    "postgres, postgresql, or one of those behind jdbc:");
		c->kind = LOAD_SQLITE;
		parse_sqlite(p, rest, dialect == DIALECT_SQLITE, u);
		return 0;
	case DIALECT_FILE:
		return load_fail(p, u->at,
				 "this is no database: load csv, fixed, copy or dbf reads it");
	}
	return parse_server(p, c, dialect, rest, jdbc, u);
}

int
load_parse_target_uri(struct load_parser *p, struct load_command *c)
{
	struct load_uri *u = &c->target;
	struct str rest;
	bool jdbc;

	if (take_given(p, "the URI of a PostgreSQL database", u) < 0)
		return -1;
	if (cut_scheme(u->given, &rest, &jdbc) != DIALECT_PGSQL)
		return load_fail(
		    p, u->at,
		    "expected the URI of a PostgreSQL database: postgresql://, postgres:// or pgsql://");
	return parse_server(p, c, DIALECT_PGSQL, rest, jdbc, u);
}
