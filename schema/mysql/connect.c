/* Connecting to MySQL and MariaDB, and the settings of the session. */
#include <stdlib.h>

#include "schema/base/num.h"
#include "schema/base/source-set.h"
#include "schema/mysql/mysql.h"
#include "schema/mysql/settings.h"

/* Beyond it no server sends a packet (max_allowed_packet). */
enum { PACKET_MAX = 1024 * 1024 * 1024 };

/* Of the library and of the server; where they differ from errmsg.h, MySQL's names are meant. */
enum {
	TLS_FAILED = 2026,       /* CR_SSL_CONNECTION_ERROR */
	SYNTAX_ERROR = 1064,     /* ER_PARSE_ERROR */
	UNKNOWN_VARIABLE = 1193, /* ER_UNKNOWN_SYSTEM_VARIABLE */
	CACHE_IS_OFF = 1651,     /* ER_QUERY_CACHE_DISABLED */
};

/*
 * Nothing that we read depends on the server's configuration. The time-outs are for a reader that waits on what is
 * behind it: the server would close the connection. They are a week, beyond which some versions cut them.
 */
static const char settings[] =
    "SET SESSION sql_mode = '', time_zone = '+00:00', "
    "net_write_timeout = 604800, net_read_timeout = 604800, "
    "wait_timeout = 604800, sql_select_limit = 18446744073709551615, "
    "sql_big_selects = 1, sql_auto_is_null = 0, lc_messages = 'en_US', "
    "group_concat_max_len = 1073741824";

/* One of these is unknown to some servers each. */
static const char *const some[] = {
	"SET SESSION max_statement_time = 0",              /* MariaDB */
	"SET SESSION max_execution_time = 0",              /* MySQL 5.7 */
	"SET SESSION query_cache_type = 0",                /* gone from MySQL 8 */
	"SET SESSION information_schema_stats_expiry = 0", /* MySQL 8, which caches for a day */
	"SET SESSION show_gipk_in_create_table_and_information_schema = 1", /* MySQL 8.0.30 */
};

/* What says what rows and catalogue mean, and that nothing is written. */
static const char *const ours[] = { "autocommit",
				    "character_set_client",
				    "character_set_connection",
				    "character_set_results",
				    "collation_connection",
				    "group_concat_max_len",
				    "information_schema_stats_expiry",
				    "lc_messages",
				    "names",
				    "sql_auto_is_null",
				    "sql_mode",
				    "sql_quote_show_create",
				    "sql_select_limit",
				    "time_zone",
				    "timestamp",
				    "transaction_isolation",
				    "transaction_read_only",
				    "tx_isolation",
				    "tx_read_only",
				    NULL };

/* --- TLS -------------------------------------------------------------------------------------------- */

#ifdef MARIADB_PACKAGE_VERSION

static void
set_tls(MYSQL *db, const struct mysql_settings *o, enum sslmode mode)
{
	my_bool use = mode != SSL_DISABLE, verify = mode == SSL_VERIFY_FULL;

	if (use)
		mysql_ssl_set(db, o->key, o->cert, o->ca, NULL, NULL);
	mysql_optionsv(db, MYSQL_OPT_SSL_ENFORCE, &use);
	mysql_optionsv(db, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

#else

static void
set_tls(MYSQL *db, const struct mysql_settings *o, enum sslmode mode)
{
	static const unsigned modes[] = {
		[SSL_DISABLE] = SSL_MODE_DISABLED,
		[SSL_PREFER] = SSL_MODE_PREFERRED,
		[SSL_REQUIRE] = SSL_MODE_REQUIRED,
		[SSL_VERIFY_CA] = SSL_MODE_VERIFY_CA,
		[SSL_VERIFY_FULL] = SSL_MODE_VERIFY_IDENTITY,
	};

	if (mode != SSL_DISABLE) {
		mysql_options(db, MYSQL_OPT_SSL_KEY, o->key);
		mysql_options(db, MYSQL_OPT_SSL_CERT, o->cert);
		mysql_options(db, MYSQL_OPT_SSL_CA, o->ca);
	}
	mysql_options(db, MYSQL_OPT_SSL_MODE, &modes[mode]);
}

#endif

/* --- connecting ------------------------------------------------------------------------------------- */

/* Whether it goes through a socket of this machine, where TLS that nobody asked for is wasted. */
static bool
is_local(const struct mysql_settings *o)
{
	return !o->tcp && (!o->host || strcmp(o->host, "localhost") == 0);
}

static MYSQL *
attempt(const struct mysql_settings *o, enum sslmode mode)
{
	MYSQL *db = mysql_init(NULL);
	unsigned off = 0, tcp = MYSQL_PROTOCOL_TCP;
	unsigned long packet_max = PACKET_MAX;
	struct buf program = { 0 };

	if (!db)
		die(STATUS_BAD, "out of memory");
	buf_addf(&program, "pgtide %s", prog_name());
	mysql_options(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(db, MYSQL_OPT_CONNECT_TIMEOUT, &o->connect_timeout);
	mysql_options(db, MYSQL_OPT_READ_TIMEOUT, &o->read_timeout);
	mysql_options(db, MYSQL_OPT_WRITE_TIMEOUT, &o->read_timeout);
	mysql_options(db, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet_max);
	/* A server could ask for any file of ours. */
	mysql_options(db, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options4(db, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", buf_cstr(&program));
	/* The libraries take `localhost` for the socket, whatever the port. */
	if (!is_local(o))
		mysql_options(db, MYSQL_OPT_PROTOCOL, &tcp);
	set_tls(db, o, mode);
	buf_release(&program);
	/* The empty password, not NULL, for MYSQL_PWD counts less than a URI that says so. */
	(void)mysql_real_connect(db, o->host, o->user, o->password, NULL, o->port,
				 is_local(o) ? o->socket : NULL, 0);
	return db;
}

static void
check_tls(struct mysql_source *s, enum sslmode mode)
{
	const char *cipher = mysql_get_ssl_cipher(s->db);

	if (mode >= SSL_REQUIRE && (!cipher || !*cipher))
		die(STATUS_USAGE, "%s: the server has no TLS, which sslmode asks for", s->name);
}

/* MySQL 5.5 cannot be told that nothing will be written. */
static void
begin(struct mysql_source *s, const char *sql, const char *read_only)
{
	struct buf full = { 0 };

	buf_addf(&full, "%s%s", sql, read_only);
	if (mysql_real_query(s->db, full.p, (unsigned long)full.n) != 0) {
		if (mysql_errno(s->db) != SYNTAX_ERROR)
			mysql_source_die(s, NULL);
		mysql_source_exec(s, s->name, str_cstr(sql));
	}
	buf_release(&full);
}

void
mysql_source_begin(struct mysql_source *s)
{
	begin(s, "START TRANSACTION WITH CONSISTENT SNAPSHOT", ", READ ONLY");
}

/* A number as it is, for texts are none to the server; any other value as a text. */
static void
set_users(struct mysql_source *s)
{
	struct uri set;
	struct buf sql = { 0 };

	source_set_read(&set, &s->pool);
	for (size_t i = 0; i < set.nparams; i++) {
		struct str name = set.params[i].key, value = set.params[i].value;
		struct decimal number;

		if (source_set_is(name, ours))
			die(STATUS_USAGE,
			    "PGTIDE_SOURCE_SET: %s is pgtide's own: it says what the rows mean",
			    show(name).text);
		sql.n = 0;
		buf_add(&sql, STR("SET SESSION "));
		mysql_quote_name(&sql, name);
		buf_add(&sql, STR(" = "));
		if (num_decimal(value, &number))
			buf_add(&sql, value);
		else
			mysql_quote_text(&sql, value);
		if (mysql_real_query(s->db, sql.p, (unsigned long)sql.n) == 0)
			continue;
		if (mysql_source_status(mysql_errno(s->db)) != STATUS_BAD)
			mysql_source_die(s, NULL);
		die(STATUS_USAGE, "PGTIDE_SOURCE_SET: %s: %s (%u)", show(name).text,
		    mysql_error(s->db), mysql_errno(s->db));
	}
	buf_release(&sql);
}

static void
set_session(struct mysql_source *s)
{
	mysql_source_exec(s, s->name, STR("SET NAMES utf8mb4"));
	mysql_source_exec(s, s->name, str_cstr(settings));
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		if (mysql_query(s->db, some[i]) != 0 &&
		    mysql_errno(s->db) != UNKNOWN_VARIABLE &&
		    mysql_errno(s->db) != CACHE_IS_OFF)
			mysql_source_die(s, NULL);
	set_users(s);
	/* For the session too: a statement that commits, such as CREATE TABLE, ends a transaction that could forbid it. */
	begin(s, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", ", READ ONLY");
	mysql_source_begin(s);
}

void
mysql_source_open(struct mysql_source *s, const char *operand, const char *database)
{
	struct mysql_settings o;
	struct buf shown = { 0 };
	enum sslmode mode;

	*s = (struct mysql_source){ 0 };
	mysql_settings_read(&o, &s->pool, operand, &shown);
	s->name = pool_str(&s->pool, buf_str(&shown)).p;
	buf_release(&shown);
	if (database)
		o.database = database;
	mode = o.sslmode == SSL_PREFER && is_local(&o) ? SSL_DISABLE : o.sslmode;
	s->db = attempt(&o, mode);
	if (mode == SSL_PREFER && mysql_errno(s->db) == TLS_FAILED) {
		mysql_close(s->db);
		s->db = attempt(&o, mode = SSL_DISABLE);
	}
	if (mysql_errno(s->db))
		mysql_source_die(s, NULL);
	check_tls(s, mode);
	s->version = mysql_get_server_version(s->db);
	s->version_text = mysql_get_server_info(s->db);
	s->mariadb = strstr(s->version_text, "MariaDB") != NULL;
	/* Not while connecting: the message is clearer, and the same for both libraries. */
	if (o.database && mysql_select_db(s->db, o.database) != 0)
		mysql_source_die(s, NULL);
	s->database = pool_str(&s->pool, str_cstr(o.database ? o.database : ""));
	set_session(s);
	s->read_timeout = o.read_timeout;
	s->open = true;
}

void
mysql_source_close(struct mysql_source *s)
{
	mysql_close(s->db);
	pool_release(&s->pool);
	mysql_library_end();
}
