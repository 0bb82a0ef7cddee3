/* Sources and targets as URIs: scheme://user:password@host:port/database?key=value&… (RFC 3986). */
#ifndef BASE_URI_H
#define BASE_URI_H

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

struct uri_param {
	struct str key;
	struct str value;
};

/* Every part percent-decoded, with a NUL behind it, and owned by the pool. Absent parts have p NULL; empty ones n 0. */
struct uri {
	struct str scheme; /* lower case */
	struct str user;
	struct str password;
	struct str host; /* brackets of an IPv6 address removed */
	struct str port;
	struct str path; /* shop of x://host/shop, /a/b of x:///a/b, a/b of x:a/b */
	struct uri_param *params;
	size_t nparams;
};

/*
 * Parses s. A text without `scheme:` (scheme: a letter, then letters, digits, + - .) is a path,
 * scheme "", and taken as it is, without escapes and parameters. The user ends at the first
 * ':', the password at the last '@' before the path. A parameter without '=' has an empty
 * value; '+' is a plus. An empty port is allowed, as RFC 3986 has it. Returns 0, or -1 with e
 * set (STATUS_USAGE): a bad escape, a NUL, a '#' (fragments have no meaning here, so it is a
 * forgotten %23), a '[' without its ']', a port that is no number from 1 to 65535. Messages
 * never hold the password; as it can be anywhere in a URI that is wrong, they name the part and
 * show nothing of it.
 */
int uri_parse(struct str s, struct pool *pool, struct uri *out, struct err *e);

/* The value of the parameter key, the last if it is there twice, or one with p NULL. */
struct str uri_param(const struct uri *u, const char *key);

/* The path as the name of a database: shop of x:///shop too. */
struct str uri_database(const struct uri *u);

/*
 * Adds the URI as logs and reports may show it: the password, and parameters named password or
 * sslpassword (in any case and escaped too), as `***`. Takes any text; one that uri_parse()
 * refuses rather loses too much than shows a password with a '/', '#' or '?' in it that should
 * have been escaped.
 */
void uri_show(struct str s, struct buf *out);

#endif
