/* Sources and targets as URIs. */
#include <stdint.h>

#include "schema/base/num.h"
#include "schema/base/uri.h"

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_scheme(struct str s)
{
	if (s.n == 0 || !is_letter(s.p[0]))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (!is_letter(s.p[i]) && !(s.p[i] >= '0' && s.p[i] <= '9') &&
		    (s.p[i] == '\0' || !strchr("+-.", s.p[i])))
			return false;
	return true;
}

/* The byte that begins at *p (before end), an escape or not, and *p behind it; -1 when the escape is bad. */
static int
next_byte(const char **p, const char *end)
{
	int high, low;

	if (**p != '%')
		return (unsigned char)*(*p)++;
	if (end - *p < 3)
		return -1;
	high = hex_value((*p)[1]);
	low = hex_value((*p)[2]);
	*p += 3;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Decodes s into the pool; what: the part's name in a message. */
static int
decode(struct str s, const char *what, struct pool *pool, struct str *out, struct err *e)
{
	const char *p = s.p;
	char *d = pool_get(pool, s.n + 1);

	*out = str_of(d, 0);
	while ((size_t)(p - s.p) < s.n) {
		int c = next_byte(&p, s.p + s.n);

		if (c < 0)
			return err_set(
			    e, STATUS_USAGE,
			    "uri: %s has a '%%' without two hexadecimal digits behind it; "
			    "a '%%' itself is written %%25",
			    what);
		if (c == 0)
			return err_set(e, STATUS_USAGE, "uri: %s has a NUL in it", what);
		d[out->n++] = (char)c;
	}
	return 0;
}

/* Cuts s at the last c, which is in neither part; false when there is none. */
static bool
cut_last(struct str s, char c, struct str *head, struct str *rest)
{
	for (size_t i = s.n; i > 0; i--) {
		if (s.p[i - 1] != c)
			continue;
		*head = str_of(s.p, i - 1);
		*rest = str_of(s.p + i, s.n - i);
		return true;
	}
	return false;
}

static int
parse_port(struct str s, struct pool *pool, struct str *out, struct err *e)
{
	uint64_t port;

	if (decode(s, "the port", pool, out, e) < 0)
		return -1;
	if (out->n && (!num_u64(*out, &port) || port < 1 || port > 65535))
		return err_set(e, STATUS_USAGE,
			       "uri: the port is not a number from 1 to 65535; "
			       "in a password, '/' is written %%2F, '?' %%3F, '@' %%40");
	return 0;
}

/* user:password@host:port */
static int
parse_authority(struct str s, struct pool *pool, struct uri *out, struct err *e)
{
	struct str login, hostport = s, host, port, user, password;
	bool has_port;

	if (cut_last(s, '@', &login, &hostport)) {
		if (str_cut(login, ':', &user, &password) &&
		    decode(password, "the password", pool, &out->password, e) < 0)
			return -1;
		if (decode(user, "the user", pool, &out->user, e) < 0)
			return -1;
	}
	if (hostport.n && hostport.p[0] == '[') {
		struct str behind;

		if (!str_cut(str_of(hostport.p + 1, hostport.n - 1), ']', &host, &behind) ||
		    (behind.n && behind.p[0] != ':'))
			return err_set(
			    e, STATUS_USAGE,
			    "uri: the host begins with '[' but is not [address] or [address]:port");
		has_port = behind.n > 0;
		port = has_port ? str_of(behind.p + 1, behind.n - 1) : STR_NONE;
	} else {
		has_port = str_cut(hostport, ':', &host, &port);
	}
	if (has_port && parse_port(port, pool, &out->port, e) < 0)
		return -1;
	return decode(host, "the host", pool, &out->host, e);
}

/* key=value&key=value */
static int
parse_params(struct str s, struct pool *pool, struct uri *out, struct err *e)
{
	struct str one, key, value;

	out->params = pool_get(pool, (str_count(s, '&') + 1) * sizeof(*out->params));
	while (s.n) {
		struct uri_param *p = &out->params[out->nparams];

		str_cut(s, '&', &one, &s);
		if (one.n == 0)
			continue;
		str_cut(one, '=', &key, &value);
		if (decode(key, "the name of a parameter", pool, &p->key, e) < 0 ||
		    decode(value, "the value of a parameter", pool, &p->value, e) < 0)
			return -1;
		out->nparams++;
	}
	return 0;
}

int
uri_parse(struct str s, struct pool *pool, struct uri *out, struct err *e)
{
	struct str scheme, rest, query;
	bool has_path = true;
	char *d;

	*out = (struct uri){ 0 };
	if (!str_cut(s, ':', &scheme, &rest) || !is_scheme(scheme)) {
		if (s.n && memchr(s.p, '\0', s.n))
			return err_set(e, STATUS_USAGE, "uri: the path has a NUL in it");
		out->scheme = pool_str(pool, STR(""));
		out->path = pool_str(pool, s);
		return 0;
	}
	d = pool_get(pool, scheme.n + 1);
	for (size_t i = 0; i < scheme.n; i++)
		d[i] = scheme.p[i] >= 'A' && scheme.p[i] <= 'Z' ? (char)(scheme.p[i] + 32)
								: scheme.p[i];
	out->scheme = str_of(d, scheme.n);

	if (rest.n && memchr(rest.p, '#', rest.n))
		return err_set(e, STATUS_USAGE, "uri: has a '#', which is written %%23");
	if (str_cut(rest, '?', &rest, &query) && parse_params(query, pool, out, e) < 0)
		return -1;
	if (str_starts(rest, STR("//"))) {
		struct str authority, path;

		has_path = str_cut(str_of(rest.p + 2, rest.n - 2), '/', &authority, &path);
		if (parse_authority(authority, pool, out, e) < 0)
			return -1;
		rest = path;
		if (has_path && authority.n == 0)
			rest = str_of(path.p - 1, path.n + 1);
	}
	return has_path ? decode(rest, "the path", pool, &out->path, e) : 0;
}

struct str
uri_param(const struct uri *u, const char *key)
{
	for (size_t i = u->nparams; i > 0; i--)
		if (str_eq(u->params[i - 1].key, str_cstr(key)))
			return u->params[i - 1].value;
	return STR_NONE;
}

struct str
uri_database(const struct uri *u)
{
	if (u->host.p && u->path.n && u->path.p[0] == '/')
		return str_of(u->path.p + 1, u->path.n - 1);
	return u->path;
}

/* --- showing ------------------------------------------------------------------------------------- */

/* Whether key, decoded, is name in any case; name is lower case. */
static bool
key_is(struct str key, const char *name)
{
	const char *p = key.p, *end = key.p + key.n;

	while (p < end) {
		int c = next_byte(&p, end);

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (*name == '\0' || c != *name++)
			return false;
	}
	return *name == '\0';
}

static void
show_params(struct str s, struct buf *out)
{
	struct str one, key, value;
	bool more = true;

	while (more) {
		more = str_cut(s, '&', &one, &s);
		str_cut(one, '=', &key, &value);
		if (value.p && (key_is(key, "password") || key_is(key, "sslpassword"))) {
			buf_add(out, key);
			buf_add(out, STR("=***"));
		} else {
			buf_add(out, one);
		}
		if (more)
			buf_addc(out, '&');
	}
}

/* Whether s, the end of an authority from its first ':' on, can only be a port. */
static bool
is_port(struct str s)
{
	return s.n == 0 || str_is_digits(s);
}

/* Bytes of the [address] that s begins with, with nothing or a port behind it; 0 when there is none. */
static size_t
address_length(struct str s)
{
	struct str address, behind;

	if (!str_starts(s, STR("[")) || !str_cut(s, ']', &address, &behind) ||
	    (behind.n && behind.p[0] != ':'))
		return 0;
	return address.n + 1;
}

/*
 * What follows `scheme:`, up to the parameters. False when nothing behind it may be shown: a
 * password that was not escaped could go on there.
 */
static bool
show_place(struct str s, struct buf *out)
{
	struct str login, place, user, password, authority, host, port, path;
	bool slashes = str_starts(s, STR("//"));
	size_t address;

	if (slashes) {
		buf_add(out, STR("//"));
		s = str_of(s.p + 2, s.n - 2);
	}
	/* Up to the last '@' of all, not only of the authority: there may be a '/' in the password. */
	if (cut_last(s, '@', &login, &place)) {
		bool has_password = !slashes; /* user:password@host looks like scheme:path */

		if (slashes && str_cut(login, ':', &user, &password)) {
			has_password = true;
			buf_add(out, user);
			buf_addc(out, ':');
		}
		if (has_password) {
			buf_add(out, STR("***@"));
			s = place;
		}
	} else if (slashes) {
		str_cut(s, '/', &authority, &path);
		address = address_length(authority);
		if (str_cut(str_of(authority.p + address, authority.n - address), ':', &host,
			    &port) &&
		    !is_port(port)) {
			buf_add(out, str_of(authority.p, address + host.n));
			buf_add(out, STR(":***"));
			return false;
		}
	}
	buf_add(out, s);
	return true;
}

void
uri_show(struct str s, struct buf *out)
{
	struct str scheme, rest, query;
	bool has_query;

	/* Also when this is no scheme: my_user:password@host is a path by mistake. */
	if (!str_cut(s, ':', &scheme, &rest)) {
		buf_add(out, s);
		return;
	}
	buf_add(out, scheme);
	buf_addc(out, ':');
	has_query = str_cut(rest, '?', &rest, &query);
	if (!show_place(rest, out) || !has_query)
		return;
	buf_addc(out, '?');
	show_params(query, out);
}
