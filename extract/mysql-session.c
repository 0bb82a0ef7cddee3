/* One session of a snapshot, in a process of its own. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "extract/holder.h"
#include "extract/mysql-read.h"
#include "extract/mysql-session.h"
#include "schema/base/uri.h"
#include "schema/stats.h"

/* Between two looks at a session that nobody uses: less than what firewalls forget connections after. */
enum { PING_MS = 30 * 1000 };

/* SERVER_STATUS_IN_TRANS, which the libraries declare in different headers. */
enum { IN_TRANSACTION = 1 };

/* Where output goes while nobody is served. */
struct home {
	int directory, out, err;
};

struct serving {
	const struct session *session;
	struct mysql_source *source;
	struct holder_request request;
	struct mysql_read job;
	struct home home;
};

static void
report(const struct session *s, enum session_event event, int status, const char *position)
{
	struct session_report r = { .event = event, .status = status };

	memcpy(r.position, position, strlen(position) + 1);
	/* Without a holder there is nothing to be held. */
	if (write(s->reports, &r, sizeof(r)) != (ssize_t)sizeof(r))
		exit(STATUS_AGAIN);
}

/* --- the transaction -------------------------------------------------------------------------------- */

/* MariaDB says to each session where the binary log was when its snapshot was made. */
static void
read_position(struct mysql_source *s, char *position)
{
	struct buf file = { 0 }, offset = { 0 };
	MYSQL_RES *result =
	    mysql_source_query(s, NULL, STR("SHOW STATUS LIKE 'binlog_snapshot_%'"));
	MYSQL_ROW row;

	while ((row = mysql_fetch_row(result)) != NULL) {
		struct str name = mysql_source_value(result, row, 0);
		struct str value = mysql_source_value(result, row, 1);

		if (str_eq_nocase(name, STR("binlog_snapshot_file")))
			buf_add(&file, value);
		if (str_eq_nocase(name, STR("binlog_snapshot_position")))
			buf_add(&offset, value);
	}
	mysql_free_result(result);
	position[0] = '\0';
	if (file.n && file.n + offset.n + 2 <= POSITION_BYTES)
		snprintf(position, POSITION_BYTES, "%s\t%s", buf_cstr(&file),
			 buf_cstr(&offset));
	buf_release(&file);
	buf_release(&offset);
}

static void
begin(const struct session *s, struct mysql_source *source)
{
	char position[POSITION_BYTES] = "";

	mysql_source_begin(source);
	if (source->mariadb)
		read_position(source, position);
	report(s, EVENT_BEGUN, 0, position);
}

/* Whether the transaction is the one it was: as far as the server's last answer tells. */
static bool
stands(struct mysql_source *s)
{
	return mysql_ping(s->db) == 0 && (s->db->server_status & IN_TRANSACTION);
}

/* --- one asker -------------------------------------------------------------------------------------- */

static void
put_back(const struct home *home)
{
	if (dup2(home->out, STDOUT_FILENO) < 0 || dup2(home->err, STDERR_FILENO) < 0 ||
	    fchdir(home->directory) < 0)
		exit(STATUS_BAD);
	umask(077);
}

static bool
take_place(struct holder_request *r)
{
	bool good = dup2(r->out, STDOUT_FILENO) >= 0 && dup2(r->err, STDERR_FILENO) >= 0 &&
	    fchdir(r->directory) == 0;

	close(r->out);
	close(r->err);
	close(r->directory);
	r->out = r->err = r->directory = -1;
	umask(r->mask);
	return good;
}

static bool
same(struct str a, struct str b)
{
	return str_eq(a, b) || (!a.n && !b.n);
}

/* Rows of another database than the one that was asked for would be the worst answer of all. */
static void
check_source(const struct serving *v)
{
	const char *asked = v->request.source, *held = v->session->source;
	struct pool pool = { 0 };
	struct uri a, b;
	struct err e = { 0 };

	if (!*asked || strcmp(asked, held) == 0)
		return;
	if (uri_parse(str_cstr(asked), &pool, &a, &e) < 0 ||
	    uri_parse(str_cstr(held), &pool, &b, &e) < 0)
		err_die(&e);
	if (!same(a.user, b.user) || !same(a.host, b.host) || !same(a.port, b.port) ||
	    !same(uri_database(&a), uri_database(&b)) ||
	    !same(uri_param(&a, "socket"), uri_param(&b, "socket")))
		die(STATUS_USAGE,
		    "PGTIDE_SNAPSHOT: the snapshot is of %s, not of what is to be read",
		    v->source->name);
	pool_release(&pool);
}

/* What reading a table before has left: its charset, its database. */
static void
reset_session(struct mysql_source *s, struct str schema)
{
	struct str database = schema.p ? schema : s->database;

	mysql_source_exec(s, NULL, STR("SET NAMES utf8mb4"));
	if (database.n && mysql_select_db(s->db, database.p) != 0)
		mysql_source_die(s, NULL);
}

static int
read_rows(void *arg)
{
	struct serving *v = arg;
	struct mysql_read *job = &v->job;

	check_source(v);
	mysql_read_call(job, v->request.argc, v->request.argv);
	job->asker = v->request.asker;
	mysql_read_files(job);
	job->source = *v->source;
	job->source.pool = (struct pool){ 0 };
	reset_session(&job->source, job->opt.tables.p[0].schema);
	mysql_read_rows(job);
	return STATUS_OK;
}

static int
finish_stats(void *arg)
{
	(void)arg;
	stats_finish();
	return STATUS_OK;
}

static int
kill_query(void *arg)
{
	struct serving *v = arg;
	struct mysql_source other;
	struct buf sql = { 0 };

	buf_addf(&sql, "KILL QUERY %lu", mysql_thread_id(v->source->db));
	mysql_source_open(&other, v->session->source, NULL);
	mysql_source_exec(&other, NULL, buf_str(&sql));
	mysql_close(other.db);
	pool_release(&other.pool);
	buf_release(&sql);
	return STATUS_OK;
}

/*
 * The session as it was before the statement, whether that was read to its end or not. Of a big table the rest would take long, so the
 * server is told to stop; what is on its way then is read and forgotten. Where the server cannot be told, that is all of it.
 */
static bool
clean_up(struct serving *v)
{
	struct mysql_read *job = &v->job;
	/* COMMIT and its like have no columns. */
	bool gone = job->queried && !job->result && !job->rows && !mysql_errno(v->source->db);

	if (job->result && !mysql_errno(v->source->db) &&
	    v->source->db->status != MYSQL_STATUS_READY)
		prog_guard(kill_query, v);
	mysql_read_release(job);
	pool_release(&job->source.pool);
	/* An answer to the one that was to be stopped may come late. */
	if (mysql_query(v->source->db, "DO 0") != 0)
		mysql_query(v->source->db, "DO 0");
	return !gone && stands(v->source);
}

/* Returns whether the session still stands. */
static bool
serve_rows(struct serving *v)
{
	int status = STATUS_BAD;
	bool stand;

	v->job = (struct mysql_read){ 0 };
	if (take_place(&v->request))
		status = prog_guard(read_rows, v);
	if (holder_asker_is_gone(v->request.asker))
		stats_forget();
	else if (prog_guard(finish_stats, NULL) != STATUS_OK && status == STATUS_OK)
		status = STATUS_BAD;
	stand = clean_up(v);
	put_back(&v->home);
	holder_answer(&v->request, status);
	report(v->session, EVENT_ANSWERED, status, "");
	return stand;
}

/* Returns whether the session goes on. */
static bool
serve(struct serving *v)
{
	const struct session *s = v->session;

	if (!holder_receive(s->listener, &v->request))
		return true;
	if (v->request.wish == HOLDER_READ) {
		report(s, EVENT_ASKED, 0, "");
		return serve_rows(v);
	}
	if (v->request.wish == HOLDER_END)
		report(s, EVENT_END, 0, "");
	holder_answer(&v->request, STATUS_OK);
	return true;
}

static bool
read_order(const struct session *s, char *order)
{
	ssize_t n;

	do {
		n = read(s->orders, order, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1;
}

static void
serve_all(struct serving *v)
{
	const struct session *s = v->session;
	/* Unasked the server says nothing but that it ends the session. */
	struct pollfd fds[] = { { .fd = s->orders, .events = POLLIN },
				{ .fd = v->source->db->net.fd, .events = POLLIN },
				{ .fd = s->listener, .events = POLLIN } };

	for (;;) {
		int ready = poll(fds, 3, PING_MS);
		bool stand = true;

		if (ready > 0 && fds[0].revents)
			return;
		if (ready == 0 || (ready > 0 && fds[1].revents))
			stand = stands(v->source);
		else if (ready > 0)
			stand = serve(v);
		if (stand)
			continue;
		prog_init("mysql-snapshot");
		warn("%s: a session is lost: %s", v->source->name,
		     mysql_errno(v->source->db) ? mysql_error(v->source->db)
						: "its transaction has ended");
		report(s, EVENT_LOST, 0, "");
		exit(STATUS_AGAIN);
	}
}

static void
find_home(struct home *home)
{
	home->directory = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	home->out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	home->err = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (home->directory < 0 || home->out < 0 || home->err < 0)
		die(STATUS_BAD, "descriptors: %s", strerror(errno));
	put_back(home);
}

int
session_run(void *session)
{
	const struct session *s = session;
	struct mysql_source source;
	struct serving serving = { .session = s, .source = &source };
	char order;

	find_home(&serving.home);
	mysql_source_open(&source, s->source, NULL);
	report(s, EVENT_CONNECTED, 0, "");
	while (read_order(s, &order)) {
		if (order == ORDER_BEGIN) {
			begin(s, &source);
			continue;
		}
		/* Those who asked expect messages of the program that they called. */
		prog_init("mysql-rows");
		serve_all(&serving);
		break;
	}
	mysql_source_close(&source);
	return STATUS_OK;
}
