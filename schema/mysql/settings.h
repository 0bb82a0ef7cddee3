/* Where to connect and how, gathered from a URI, option files and the environment. For schema/mysql/ only. */
#ifndef SCHEMA_MYSQL_SETTINGS_H
#define SCHEMA_MYSQL_SETTINGS_H

#include "schema/base/bytes.h"
#include "schema/base/prog.h"

enum sslmode { SSL_DISABLE, SSL_PREFER, SSL_REQUIRE, SSL_VERIFY_CA, SSL_VERIFY_FULL };

/* Texts end in a NUL and live in the pool; NULL for what nobody said. */
struct mysql_settings {
	const char *host, *user, *password, *database, *socket;
	unsigned port;
	bool
	    tcp; /* also to localhost, which stands for the socket otherwise, whatever the port */
	enum sslmode sslmode;
	const char *ca, *cert, *key;
	unsigned connect_timeout, read_timeout; /* seconds; 0 for none */
};

/*
 * Reads the option files that MySQL's and MariaDB's own clients read: /etc/my.cnf, /etc/mysql/my.cnf, $MYSQL_HOME/my.cnf,
 * ~/.my.cnf and what they include; or only the one given. Of two values the later counts. A file that anybody may write is
 * left out with a warning, as those clients do. Dies, STATUS_USAGE, of a file that cannot be understood, or when the one
 * given cannot be read.
 */
void option_files_read(struct mysql_settings *o, struct pool *pool, const char *only);

/*
 * All of it: the environment, below option files, below the URI that operand or PGTIDE_SOURCE is. shown gets the URI as
 * messages may show it. Dies, STATUS_USAGE.
 */
void mysql_settings_read(struct mysql_settings *o, struct pool *pool, const char *operand,
			 struct buf *shown);

#endif
