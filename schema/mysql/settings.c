/* Where to connect and how: a URI, over option files, over the environment. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/uri.h"
#include "schema/mysql/settings.h"

/*
 * A server that is up answers within seconds. While it reads a table it sends all the time; it is silent for long only where it
 * sorts or joins for a view or a query first.
 */
enum { CONNECT_SECONDS = 10, READ_SECONDS = 600, SECONDS_MAX = 365 * 86400 };

static const char *const sslmodes[] = {
	[SSL_DISABLE] = "disable",         [SSL_PREFER] = "prefer",
	[SSL_REQUIRE] = "require",         [SSL_VERIFY_CA] = "verify-ca",
	[SSL_VERIFY_FULL] = "verify-full",
};

static bool
sslmode_parse(struct str name, enum sslmode *out)
{
	for (size_t i = 0; i < sizeof(sslmodes) / sizeof(sslmodes[0]); i++) {
		if (!str_eq(name, str_cstr(sslmodes[i])))
			continue;
		*out = (enum sslmode)i;
		return true;
	}
	return false;
}

/* For messages about a part of the URI, which is never shown raw. */
static _Noreturn void
bad_parameter(const struct uri_param *p, const char *shown, const char *expected)
{
	die(STATUS_USAGE, "%s: parameter %s: %s", shown, show(p->key).text, expected);
}

static unsigned
seconds(const struct uri_param *p, const char *shown)
{
	size_t n;

	if (!num_size(p->value, SECONDS_MAX, &n))
		bad_parameter(p, shown, "expected seconds, or 0 for no limit");
	return (unsigned)n;
}

static void
take_parameter(struct mysql_settings *o, const struct uri_param *p, const char *shown)
{
	const struct {
		const char *name;
		const char **to;
	} texts[] = {
		{ "socket", &o->socket },
		{ "sslrootcert", &o->ca },
		{ "sslcert", &o->cert },
		{ "sslkey", &o->key },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!str_eq(p->key, str_cstr(texts[i].name)))
			continue;
		if (!p->value.n)
			bad_parameter(p, shown, "expected a path");
		*texts[i].to = p->value.p;
		if (texts[i].to == &o->socket) {
			o->host = "localhost";
			o->tcp = false;
		}
		return;
	}
	if (str_eq(p->key, STR("sslmode"))) {
		if (!sslmode_parse(p->value, &o->sslmode))
			bad_parameter(
			    p, shown,
			    "one of disable, prefer, require, verify-ca, verify-full");
	} else if (str_eq(p->key, STR("connect_timeout"))) {
		o->connect_timeout = seconds(p, shown);
	} else if (str_eq(p->key, STR("read_timeout"))) {
		o->read_timeout = seconds(p, shown);
	} else if (!str_eq(p->key, STR("option_file"))) {
		bad_parameter(
		    p, shown,
		    "unknown; there are socket, sslmode, sslrootcert, sslcert, sslkey, "
		    "connect_timeout, read_timeout, option_file");
	}
}

/* What the URI says; what it leaves out stays as it is. */
static void
take_uri(struct mysql_settings *o, const struct uri *uri, const char *shown)
{
	struct str database = uri_database(uri);
	uint64_t port;

	if (uri->user.n)
		o->user = uri->user.p;
	if (uri->password.p)
		o->password = uri->password.p;
	if (uri->host.n) {
		/* A port of the option files belongs to the host there. */
		o->host = uri->host.p;
		o->port = 0;
	}
	if (num_u64(uri->port, &port)) {
		o->port = (unsigned)port;
		o->tcp = true;
	}
	/* mysql:///shop has no host, and its path is absolute. */
	if (database.n && database.p[0] == '/')
		database = str_of(database.p + 1, database.n - 1);
	if (database.n)
		o->database = database.p;
	for (size_t i = 0; i < uri->nparams; i++)
		take_parameter(o, &uri->params[i], shown);
	/* MariaDB's library takes such a host for a list of settings. */
	if (o->host && strchr(o->host, '='))
		die(STATUS_USAGE, "%s: the host has a '='", shown);
	if (o->sslmode >= SSL_VERIFY_CA && !o->ca)
		die(STATUS_USAGE,
		    "%s: sslmode=%s needs sslrootcert=FILE, the certificates to trust", shown,
		    sslmodes[o->sslmode]);
	if (!o->cert != !o->key)
		die(STATUS_USAGE, "%s: sslcert and sslkey need each other", shown);
}

void
mysql_settings_read(struct mysql_settings *o, struct pool *pool, const char *operand,
		    struct buf *shown)
{
	struct uri uri;
	struct err e = { 0 };

	*o = (struct mysql_settings){
		.sslmode = SSL_PREFER,
		.connect_timeout = CONNECT_SECONDS,
		.read_timeout = READ_SECONDS,
		.host = getenv("MYSQL_HOST"),
	};
	if (!operand)
		operand = getenv("PGTIDE_SOURCE");
	if (!operand || !*operand)
		die(STATUS_USAGE,
		    "no source: give mysql://user@host/database, or set PGTIDE_SOURCE");
	uri_show(str_cstr(operand), shown);
	buf_cstr(shown);
	if (uri_parse(str_cstr(operand), pool, &uri, &e) < 0)
		err_die(&e);
	if (!str_eq(uri.scheme, STR("mysql")) && !str_eq(uri.scheme, STR("mariadb")))
		die(STATUS_USAGE, "%s: not a MySQL source: expected mysql://user@host/database",
		    shown->p);
	option_files_read(o, pool, uri_param(&uri, "option_file").p);
	take_uri(o, &uri, shown->p);
}
