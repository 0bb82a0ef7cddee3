/* How the sessions of a snapshot come to begin at the same instant. */
#include <stdlib.h>
#include <time.h>

#include "extract/mysql-instant.h"
#include "schema/base/num.h"

enum {
	TRIES = 10,
	BEGIN_MS = 1000,   /* for the sessions to begin while others wait for our lock */
	COMPARE_MS = 5000, /* for sessions without a lock to meet */
	ALONE_MS = 60 * 1000,
};

/* Of the server; MySQL 8.0 Error Reference, MariaDB Error Codes. */
enum {
	ACCESS_DENIED_TO_DATABASE = 1044,
	ACCESS_DENIED = 1045, /* what some hosted servers say to FLUSH TABLES WITH READ LOCK */
	LOCK_WAIT_TIMEOUT = 1205,
	DEADLOCK = 1213,
	PRIVILEGE_NEEDED = 1227,
	STATEMENT_TIMEOUT = 1969, /* MariaDB */
};

enum outcome { TAKEN, BUSY, DENIED };

/*
 * BACKUP STAGE stops commits and changes of tables, and waits only for those that are under way. FLUSH TABLES WITH READ LOCK
 * waits for every statement, and until it has what it wants nobody can begin to write: on MySQL there is nothing better, for LOCK INSTANCE
 * FOR BACKUP lets commits pass.
 */
static const struct kind {
	const char *name, *statements[2], *end;
	bool waits_for_all;
} backup_stage = { "backup-stage",
		   { "BACKUP STAGE START", "BACKUP STAGE BLOCK_COMMIT" },
		   "BACKUP STAGE END",
		   false },
  read_lock = { "read-lock", { "FLUSH TABLES WITH READ LOCK", NULL }, "UNLOCK TABLES", true };

static void
pause_seconds(double seconds)
{
	struct timespec t = { .tv_sec = (time_t)seconds };

	t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
	nanosleep(&t, NULL);
}

/* --- small questions -------------------------------------------------------------------------------- */

/* The first row's columns into values, which are emptied first; nothing without a row, or when the server refuses. */
static bool
ask(struct mysql_source *s, const char *sql, struct buf *values, unsigned n)
{
	MYSQL_RES *result;
	MYSQL_ROW row;

	for (unsigned i = 0; i < n; i++)
		values[i].n = 0;
	if (mysql_query(s->db, sql) != 0)
		return false;
	result = mysql_store_result(s->db);
	row = result ? mysql_fetch_row(result) : NULL;
	for (unsigned i = 0; row && i < n && i < mysql_num_fields(result); i++)
		buf_add(&values[i], mysql_source_value(result, row, i));
	mysql_free_result(result);
	return row != NULL;
}

static bool
is_on(struct mysql_source *s, const char *sql)
{
	struct buf value = { 0 };
	bool on = ask(s, sql, &value, 1) && value.n && !str_eq(buf_str(&value), STR("0"));

	buf_release(&value);
	return on;
}

/* What the server tells of its binary log while nothing moves: MySQL. Who may not see it does without. */
static void
read_log(struct instant *i, struct mysql_source *s)
{
	struct buf values[5] = { 0 };

	if (s->mariadb)
		return;
	if (ask(s, s->version >= 80200 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS",
		values, 5)) {
		buf_add(&i->file, buf_str(&values[0]));
		buf_add(&i->offset, buf_str(&values[1]));
		/* It wraps long sets. */
		for (size_t k = 0; k < values[4].n; k++)
			if (values[4].p[k] != '\n')
				buf_addc(&i->gtid, values[4].p[k]);
	}
	for (size_t k = 0; k < 5; k++)
		buf_release(&values[k]);
}

/* What MariaDB told the first session, and the GTID of it. */
static void
take_position(struct instant *i, struct mysql_source *s, const struct readers *readers)
{
	struct buf sql = { 0 };
	struct str file, offset;

	for (size_t k = 0; k < readers->n && !i->file.n; k++) {
		const struct reader *reader = &readers->reader[k];

		if (reader->pid &&
		    str_cut(str_cstr(reader->last.position), '\t', &file, &offset)) {
			buf_add(&i->file, file);
			buf_add(&i->offset, offset);
		}
	}
	if (!s->mariadb || !i->file.n)
		return;
	buf_add(&sql, STR("SELECT BINLOG_GTID_POS("));
	mysql_quote_text(&sql, buf_str(&i->file));
	buf_add(&sql, STR(", "));
	buf_add(&sql, buf_str(&i->offset));
	buf_add(&sql, STR(")"));
	ask(s, buf_cstr(&sql), &i->gtid, 1);
	buf_release(&sql);
}

/* --- with a lock ------------------------------------------------------------------------------------ */

static void
exec(struct mysql_source *s, const char *sql)
{
	mysql_source_exec(s, NULL, str_cstr(sql));
}

/*
 * Others must not wait for us longer than a second, whatever happens: a lock that is not there soon is given up, and of a holder that is
 * gone, or whose network is, the server takes it away.
 */
static void
be_brief(struct mysql_source *s)
{
	exec(s, "COMMIT");
	exec(s, "SET SESSION lock_wait_timeout = 1, wait_timeout = 3");
	if (s->mariadb && s->version >= 100100)
		exec(s, "SET SESSION max_statement_time = 0.5");
}

static void
be_patient_again(struct mysql_source *s)
{
	exec(s, "SET SESSION wait_timeout = 604800");
	if (s->mariadb && s->version >= 100100)
		exec(s, "SET SESSION max_statement_time = 0");
}

/* Whether a statement runs that the lock would wait for, as far as we may see. Those who want to write would have to wait with us. */
static bool
somebody_is_slow(struct mysql_source *s)
{
	return is_on(s,
		     "SELECT count(*) FROM information_schema.processlist WHERE id <> "
		     "connection_id() AND command IN ('Query', 'Execute') AND time > 0");
}

static enum outcome
lock(struct mysql_source *s, const struct kind *kind)
{
	for (size_t i = 0; i < 2 && kind->statements[i]; i++) {
		if (mysql_query(s->db, kind->statements[i]) == 0)
			continue;
		switch (mysql_errno(s->db)) {
		case LOCK_WAIT_TIMEOUT:
		case DEADLOCK:
		case STATEMENT_TIMEOUT:
			/* What came before may be held. */
			mysql_query(s->db, kind->end);
			return BUSY;
		case ACCESS_DENIED_TO_DATABASE:
		case ACCESS_DENIED:
		case PRIVILEGE_NEEDED: return DENIED;
		default: mysql_source_die(s, NULL);
		}
	}
	return TAKEN;
}

static void
need_readers(const struct readers *r)
{
	if (!r->alive)
		die(r->status ? (enum status)r->status : STATUS_AGAIN,
		    "no session of the snapshot is left");
}

/* Dies only when the lock is gone: it ends with the session. */
static enum outcome
begin_locked(struct instant *i, struct mysql_source *s, struct readers *readers,
	     const struct kind *kind)
{
	double asked = seconds_now(), taken, given;
	enum outcome outcome = lock(s, kind);
	bool begun;

	if (outcome != TAKEN)
		return outcome;
	taken = seconds_now();
	readers_order(readers, ORDER_BEGIN);
	begun = readers_wait(readers, EVENT_BEGUN, BEGIN_MS);
	read_log(i, s);
	exec(s, kind->end);
	given = seconds_now();
	if (!begun)
		die(STATUS_AGAIN,
		    "%s: its sessions took longer than a second to begin, so the lock was given "
		    "back",
		    s->name);
	need_readers(readers);
	i->how = kind->name;
	i->waited = taken - asked;
	i->held = given - taken;
	return TAKEN;
}

static enum outcome
take_locked(struct instant *i, struct mysql_source *s, struct readers *readers)
{
	const struct kind *kind =
	    s->mariadb && s->version >= 100401 ? &backup_stage : &read_lock;
	enum outcome outcome = BUSY;

	be_brief(s);
	for (int try = 0; try < TRIES && outcome == BUSY; try++) {
		if (try > 0)
			pause_seconds(try < 4 ? 0.25 * try : 1);
		if (!readers_are_wanted(readers))
			die(STATUS_AGAIN, "%s: nobody waits for the snapshot any more",
			    s->name);
		if (kind->waits_for_all && somebody_is_slow(s))
			continue;
		outcome = begin_locked(i, s, readers, kind);
	}
	be_patient_again(s);
	return outcome;
}

/* --- without ---------------------------------------------------------------------------------------- */

/* Transactions of another server that it takes over do not go through its log everywhere. */
static bool
log_knows_all(struct mysql_source *s)
{
	return s->mariadb && is_on(s, "SELECT @@log_bin") &&
	    (is_on(s, "SELECT @@log_slave_updates") ||
	     !is_on(s,
		    "SELECT count(*) FROM information_schema.global_status WHERE variable_name "
		    "LIKE 'slave%running' AND variable_value NOT IN ('OFF', '0')"));
}

static bool
positions_are_equal(const struct readers *r)
{
	const char *first = NULL;

	for (size_t i = 0; i < r->n; i++) {
		const char *position = r->reader[i].last.position;

		if (!r->reader[i].pid)
			continue;
		if (!*position || (first && strcmp(first, position) != 0))
			return false;
		first = position;
	}
	return first != NULL;
}

/* Again and again, until between the first session's beginning and the last one's nobody committed. */
static bool
take_compared(struct instant *i, struct mysql_source *s, struct readers *readers)
{
	double end = seconds_now() + COMPARE_MS / 1e3;

	if (!log_knows_all(s))
		return false;
	do {
		readers_order(readers, ORDER_BEGIN);
		if (!readers_wait(readers, EVENT_BEGUN, ALONE_MS))
			die(STATUS_AGAIN, "%s: its sessions do not begin", s->name);
		need_readers(readers);
		if (positions_are_equal(readers)) {
			i->how = "binlog";
			return true;
		}
	} while (seconds_now() < end);
	return false;
}

static void
take_alone(struct instant *i, struct mysql_source *s, struct readers *readers)
{
	readers_keep(readers, 1);
	readers_order(readers, ORDER_BEGIN);
	if (!readers_wait(readers, EVENT_BEGUN, ALONE_MS))
		die(STATUS_AGAIN, "%s: its session does not begin", s->name);
	need_readers(readers);
	i->how = "transaction";
}

void
instant_take(struct instant *i, struct mysql_source *control, struct readers *readers)
{
	enum outcome outcome = DENIED;

	*i = (struct instant){ 0 };
	if (readers->alive > 1)
		outcome = take_locked(i, control, readers);
	if (outcome != TAKEN && (readers->alive < 2 || !take_compared(i, control, readers))) {
		if (outcome == BUSY)
			die(STATUS_AGAIN,
			    "%s: in %d short tries no lock was to be had, for a statement or a "
			    "transaction runs long: try again later, or with one session (-j 1), "
			    "which needs no lock",
			    control->name, TRIES);
		take_alone(i, control, readers);
	}
	take_position(i, control, readers);
	i->sessions = readers->alive;
}
