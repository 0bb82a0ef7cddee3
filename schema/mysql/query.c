/* MySQL and MariaDB: queries, errors, and what SQL is made of. schema/mysql/connect.c connects. */
#include <errno.h>

#include "schema/mysql/mysql.h"

/*
 * The numbers of errors are the same for both servers, but for those that only one has. They are written down here, for
 * the headers of one library lack the other's. MySQL 8.0 Error Reference; MariaDB Error Codes.
 */
static const struct {
	unsigned number;
	enum status status;
} statuses[] = {
	{ 1021, STATUS_AGAIN }, /* disk full */
	{ 1037, STATUS_AGAIN }, /* out of memory */
	{ 1038, STATUS_AGAIN }, /* out of sort memory */
	{ 1040, STATUS_AGAIN }, /* too many connections */
	{ 1041, STATUS_AGAIN }, /* out of resources */
	{ 1043, STATUS_AGAIN }, /* bad handshake */
	{ 1044, STATUS_USAGE }, /* access denied to the database */
	{ 1045, STATUS_USAGE }, /* access denied: wrong password */
	{ 1046, STATUS_USAGE }, /* no database selected */
	{ 1049, STATUS_USAGE }, /* unknown database */
	{ 1053, STATUS_AGAIN }, /* server shutdown in progress */
	{ 1077, STATUS_AGAIN }, /* normal shutdown */
	{ 1079, STATUS_AGAIN }, /* shutdown complete */
	{ 1080, STATUS_AGAIN }, /* forcing close */
	{ 1129, STATUS_AGAIN }, /* host blocked after connection errors */
	{ 1130, STATUS_USAGE }, /* host not allowed */
	{ 1135, STATUS_AGAIN }, /* cannot create a thread */
	{ 1152, STATUS_AGAIN }, /* aborted connection */
	{ 1158, STATUS_AGAIN }, /* network: read error */
	{ 1159, STATUS_AGAIN }, /* network: read timeout */
	{ 1160, STATUS_AGAIN }, /* network: write error */
	{ 1161, STATUS_AGAIN }, /* network: write timeout */
	{ 1184, STATUS_AGAIN }, /* aborted new connection */
	{ 1203, STATUS_AGAIN }, /* too many connections of the user */
	{ 1205, STATUS_AGAIN }, /* lock wait timeout */
	{ 1213, STATUS_AGAIN }, /* deadlock */
	{ 1226, STATUS_AGAIN }, /* a resource limit of the user */
	{ 1251, STATUS_USAGE }, /* authentication that the client does not know */
	{ 1698, STATUS_USAGE }, /* access denied, without a password */
	{ 1820, STATUS_USAGE }, /* the password must be changed */
	{ 1862, STATUS_USAGE }, /* the password has expired */
	{ 1873, STATUS_USAGE }, /* access denied: trying to change the user */
	{ 1927, STATUS_AGAIN }, /* MariaDB: connection was killed */
	{ 2002, STATUS_AGAIN }, /* cannot connect to the socket */
	{ 2003, STATUS_AGAIN }, /* cannot connect to the host */
	{ 2005, STATUS_AGAIN }, /* unknown host */
	{ 2006, STATUS_AGAIN }, /* server has gone away */
	{ 2012, STATUS_AGAIN }, /* error in the handshake */
	{ 2013, STATUS_AGAIN }, /* lost connection */
	{ 2026, STATUS_USAGE }, /* TLS: certificate, version */
	{ 2049, STATUS_USAGE }, /* passwords of before MySQL 4.1 */
	{ 2055, STATUS_AGAIN }, /* lost connection, with its errno */
	{ 2058, STATUS_USAGE }, /* an authentication plugin is not supported */
	{ 2059, STATUS_USAGE }, /* an authentication plugin cannot be loaded */
	{ 2061, STATUS_USAGE }, /* an authentication plugin refused */
	{ 3118, STATUS_USAGE }, /* account locked */
	{ 3159, STATUS_USAGE }, /* the server wants TLS */
	{ 3168, STATUS_AGAIN }, /* the server is not accepting connections yet */
	{ 4031, STATUS_AGAIN }, /* MySQL: disconnected for inactivity */
	{ 4151, STATUS_USAGE }, /* MariaDB: account locked */
};

enum status
mysql_source_status(unsigned error)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].number == error)
			return statuses[i].status;
	return STATUS_BAD;
}

/* A certificate that was refused is one thing, a connection that was lost within TLS another. */
static bool
lost_in_tls(const struct mysql_source *s, const char *text)
{
	return s->open || strstr(text, strerror(ETIMEDOUT)) ||
	    strstr(text, strerror(ECONNRESET));
}

void
mysql_source_die(struct mysql_source *s, const char *where)
{
	enum { MESSAGE_BYTES = 600, LOST = 2013, TLS_FAILED = 2026 };
	struct str text = str_trim(str_cstr(mysql_error(s->db)));
	unsigned number = mysql_errno(s->db);
	enum status status = mysql_source_status(number);
	struct buf hint = { 0 };

	if (text.n && text.p[text.n - 1] == '.')
		text.n--;
	if (text.n > MESSAGE_BYTES)
		text.n = MESSAGE_BYTES;
	if (!number)
		die(STATUS_BAD, "%s: the result ended early", where ? where : s->name);
	if (number == TLS_FAILED && lost_in_tls(s, mysql_error(s->db)))
		status = STATUS_AGAIN;
	/* The libraries do not tell a server that is gone from one that is silent. */
	if (s->open && s->read_timeout && (number == LOST || number == TLS_FAILED))
		buf_addf(&hint, ": it is gone, or sent nothing for read_timeout=%u seconds",
			 s->read_timeout);
	die(status, "%s: %.*s (%u)%s", where ? where : s->name, (int)text.n, text.p, number,
	    buf_cstr(&hint));
}

static void
run(struct mysql_source *s, const char *where, struct str sql)
{
	if (mysql_real_query(s->db, sql.p, (unsigned long)sql.n) != 0)
		mysql_source_die(s, where);
}

void
mysql_source_exec(struct mysql_source *s, const char *where, struct str sql)
{
	MYSQL_RES *result;

	run(s, where, sql);
	result = mysql_store_result(s->db);
	if (!result && mysql_errno(s->db))
		mysql_source_die(s, where);
	mysql_free_result(result);
}

MYSQL_RES *
mysql_source_query(struct mysql_source *s, const char *where, struct str sql)
{
	MYSQL_RES *result;

	run(s, where, sql);
	result = mysql_store_result(s->db);
	if (!result && mysql_errno(s->db))
		mysql_source_die(s, where);
	if (!result)
		die(STATUS_BAD, "%s: the statement gives no rows", where);
	return result;
}

MYSQL_RES *
mysql_source_stream(struct mysql_source *s, const char *where, struct str sql)
{
	MYSQL_RES *result;

	run(s, where, sql);
	result = mysql_use_result(s->db);
	if (!result && mysql_errno(s->db))
		mysql_source_die(s, where);
	if (!result)
		die(STATUS_BAD, "%s: the statement gives no rows", where);
	return result;
}

void
mysql_source_end(struct mysql_source *s, const char *where, MYSQL_RES *result)
{
	if (mysql_errno(s->db))
		mysql_source_die(s, where);
	mysql_free_result(result);
}

struct str
mysql_source_value(MYSQL_RES *result, MYSQL_ROW row, unsigned column)
{
	if (!row[column])
		return STR_NONE;
	return str_of(row[column], (size_t)mysql_fetch_lengths(result)[column]);
}

void
mysql_query_from(struct buf *b, struct str sql)
{
	buf_addc(b, '(');
	buf_add(b, sql);
	/* It may end in a comment. */
	buf_add(b, STR("\n) AS `query`"));
}

void
mysql_quote_name(struct buf *b, struct str name)
{
	buf_add_quoted(b, name, '`');
}

/* In hexadecimal with what is in it: no charset of a session and no sql_mode can read that in another way. */
void
mysql_quote_text(struct buf *b, struct str text)
{
	buf_add(b, STR("_utf8mb4 x'"));
	hex_put(buf_reserve(b, 2 * text.n), (const unsigned char *)text.p, text.n);
	b->n += 2 * text.n;
	buf_addc(b, '\'');
}
