/*
 * pgloader's command files: the parts of a URI of a server. In user and password '@' and ':' are doubled, and all else
 * means itself; unix: and a directory stand in the place of a host.
 */
#include "transform/load-parse.h"

/* Percent-decoding that leaves alone what is no escape; a zero byte is none. */
static struct str
decoded(struct load_job *job, struct str s)
{
	struct buf b = { 0 };

	if (!s.n || !memchr(s.p, '%', s.n))
		return s;
	for (size_t i = 0; i < s.n; i++) {
		int high = s.p[i] == '%' && i + 2 < s.n ? hex_value(s.p[i + 1]) : -1;
		int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;

		if (low >= 0 && high * 16 + low > 0) {
			buf_addc(&b, (char)(high * 16 + low));
			i += 2;
		} else {
			buf_addc(&b, s.p[i]);
		}
	}
	return load_keep(job, &b);
}

/* The first c that is not doubled, from an offset on; s.n when there is none. */
static size_t
find_single(struct str s, size_t from, char c)
{
	for (; from < s.n; from++) {
		if (s.p[from] != c)
			continue;
		if (from + 1 == s.n || s.p[from + 1] != c)
			return from;
		from++;
	}
	return s.n;
}

static size_t
find_byte(struct str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;

	return p ? (size_t)(p - s.p) : s.n;
}

/* With each doubled '@' and ':' once. */
static struct str
undoubled(struct load_job *job, struct str s)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < s.n; i++) {
		buf_addc(&b, s.p[i]);
		if ((s.p[i] == '@' || s.p[i] == ':') && i + 1 < s.n && s.p[i + 1] == s.p[i])
			i++;
	}
	return load_keep(job, &b);
}

static struct str
rest_of(struct str s, size_t from)
{
	return from < s.n ? str_of(s.p + from, s.n - from) : str_of(s.p + s.n, 0);
}

/* --- the parts ---------------------------------------------------------------------------- */

/*
 * Where the '@' behind user and password is; s.n when there are none. A password may have a '/', so a host with a port
 * and a name behind it looks like one when there is an '@' among its parameters: digits up to the '/' are a port then.
 */
static size_t
end_of_user(struct str s)
{
	size_t at = find_single(s, 0, '@'), colon = find_single(s, 0, ':'),
	       slash = find_byte(s, '/');
	size_t question = find_byte(s, '?');

	if (at == s.n || (slash < at && slash < colon))
		return s.n;
	if (slash < at && question < at &&
	    str_is_digits(str_of(s.p + colon + 1, slash - colon - 1)))
		return s.n;
	if (question < at && question < colon)
		return s.n;
	return at;
}

static void
take_user(struct load_job *job, struct load_dsn *d, struct str user)
{
	size_t colon = find_single(user, 0, ':');

	d->user = undoubled(job, str_of(user.p, colon));
	if (colon < user.n)
		d->password = undoubled(job, rest_of(user, colon + 1));
	if (d->jdbc) {
		d->user = decoded(job, d->user);
		d->password = decoded(job, d->password);
	}
}

/* unix:/dir:port/database; without a port all but the last name is the socket. */
static struct str
take_socket(struct load_job *job, struct load_dsn *d, struct str s)
{
	size_t colon = find_single(s, 0, ':'), slash;
	struct str rest;

	if (colon < s.n) {
		d->socket = undoubled(job, str_of(s.p, colon));
		rest = rest_of(s, colon + 1);
		slash = find_byte(rest, '/');
		if (slash)
			d->port = str_of(rest.p, slash);
		return rest_of(rest, slash);
	}
	for (slash = s.n; slash > 1 && s.p[slash - 1] != '/'; slash--)
		;
	if (slash <= 1)
		slash = s.n + 1;
	d->socket = undoubled(job, str_of(s.p, slash - 1));
	return rest_of(s, slash - 1);
}

static struct str
take_host(struct load_job *job, struct load_dsn *d, struct str s)
{
	size_t end = 0, colon;

	if (str_starts_nocase(s, STR("unix:")))
		return take_socket(job, d, rest_of(s, 5));
	if (s.n && s.p[0] == '[')
		end = find_byte(s, ']');
	end += find_byte(rest_of(s, end), '/');
	colon = s.n && s.p[0] == '[' ? find_byte(s, ']') + 1 : find_byte(str_of(s.p, end), ':');
	if (colon < end && s.p[colon] == ':') {
		if (colon + 1 < end)
			d->port = str_of(s.p + colon + 1, end - colon - 1);
	} else {
		colon = end;
	}
	if (colon)
		d->host = str_of(s.p, colon);
	return rest_of(s, end);
}

static void
take_params(struct load_job *job, struct load_dsn *d, struct str s, char between)
{
	while (s.n) {
		struct str one, name, value;

		str_cut(s, between, &one, &s);
		if (one.n == 0)
			continue;
		if (!str_cut(one, '=', &name, &value)) {
			/* As pgloader 2 had it: ?schema.table */
			name = STR("tablename");
			value = one;
		}
		load_add(job, &d->params, decoded(job, name), decoded(job, value), 0);
	}
}

/* Behind scheme://. */
void
load_dsn_take(struct load_job *job, struct load_dsn *d, struct str s)
{
	size_t at = end_of_user(s), question;

	if (at < s.n) {
		take_user(job, d, str_of(s.p, at));
		s = rest_of(s, at + 1);
	}
	question = find_byte(s, '?');
	take_params(job, d, rest_of(s, question + 1), '&');
	s = take_host(job, d, str_of(s.p, question));
	if (s.n > 1)
		d->database = rest_of(s, 1);
}

/* jdbc:sqlserver://host:port;name=value;… */
void
load_dsn_take_sqlserver(struct load_job *job, struct load_dsn *d, struct str s)
{
	size_t end = find_byte(s, ';');

	take_params(job, d, rest_of(s, end + 1), ';');
	s = take_host(job, d, str_of(s.p, end));
	if (s.n > 1)
		d->database = rest_of(s, 1);
}
