/* The session and transaction of pg-copy at its target. */
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "load/pg-target.h"
#include "schema/base/num.h"
#include "schema/pg/quote.h"

/*
 * How much libpq gets at a time, when the socket takes more: so little that no send has to wait. While libpq waits to
 * send it also reads, and then an error of the server is in its buffer, where nobody can see it during COPY.
 */
enum { PUT_MAX = 32 * 1024 };

/* How long the rest of a warning may take that came in part only. */
enum { NOTICE_MS = 50 };

/* --- errors of COPY ------------------------------------------------------------------------------- */

/* Ends COPY with CopyFail if it still runs, and returns the first error that the server has to say, or NULL. */
static PGresult *
drain(struct target *t, const char *why)
{
	PGresult *res, *error = NULL;

	if (t->copying && PQputCopyEnd(t->conn, why) < 0)
		return NULL;
	t->copying = false;
	while ((res = PQgetResult(t->conn)) != NULL) {
		ExecStatusType status = PQresultStatus(res);

		if (!error && status == PGRES_FATAL_ERROR)
			error = res;
		else
			PQclear(res);
		if (status == PGRES_COPY_IN)
			break;
	}
	return error;
}

/* COPY went wrong at the server; what it says is kept. */
static bool
copy_failed(struct target *t)
{
	PQclear(t->error);
	t->error = drain(t, "pg-copy stopped because of an error");
	t->copying = false;
	return false;
}

void
target_failure(struct target *t, struct pg_failure *f)
{
	pg_failure_read(f, t->error, t->table, t->head);
	t->error = NULL;
}

/* `public.users: row 12, column email: …` */
void
target_die_of(struct target *t, struct pg_failure *f, uint64_t row)
{
	struct str column = f->column;

	if (row)
		buf_addf(&t->where, ": row %ju", (uintmax_t)row);
	if (row && column.p)
		buf_addf(&t->where, ", column %.*s", (int)(column.n < 63 ? column.n : 63),
			 column.p);
	pg_die(t->conn, f->res, buf_cstr(&t->where));
}

void
target_die(struct target *t)
{
	struct pg_failure f;

	target_failure(t, &f);
	target_die_of(t, &f, f.line ? t->base + f.line : 0);
}

/* --- the transaction ------------------------------------------------------------------------------ */

static void
count_notice(void *arg, const PGresult *res)
{
	struct target *t = arg;

	t->notices++;
	t->warn(NULL, res);
}

void
target_connect(struct target *t, const char *uri)
{
	*t = (struct target){ .conn = pg_connect(uri, "PGTIDE_TARGET") };
	t->warn = PQsetNoticeReceiver(t->conn, count_notice, t);
	if (PQsetnonblocking(t->conn, 1) != 0)
		pg_die(t->conn, NULL, "connection");
}

/* Those that would change what the bytes of the rows mean. */
static bool
is_ours(struct str name)
{
	return str_eq_nocase(name, STR("client_encoding")) ||
	    str_eq_nocase(name, STR("intervalstyle"));
}

void
target_set(struct target *t, const char *setting)
{
	const char *params[2] = { NULL, NULL };
	struct str name, value;
	struct buf copy = { 0 };
	PGresult *res;

	if (!str_cut(str_cstr(setting), '=', &name, &value) || !name.n)
		die(STATUS_USAGE, "option -c: expected name=value, got %s",
		    show(str_cstr(setting)).text);
	if (is_ours(name))
		die(STATUS_USAGE, "option -c: %s is what rows(5) says", show(name).text);
	buf_add(&copy, name);
	params[0] = buf_cstr(&copy);
	params[1] = value.p;
	res = PQexecParams(t->conn, "SELECT pg_catalog.set_config($1, $2, false)", 2, NULL,
			   params, NULL, NULL, 0);
	if (PQresultStatus(res) != PGRES_TUPLES_OK) {
		const char *why = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

		if (!why || pg_status(t->conn, res) == STATUS_AGAIN)
			pg_die(t->conn, res, setting);
		die(STATUS_USAGE, "option -c: %s", why);
	}
	PQclear(res);
	buf_release(&copy);
}

void
target_name_session(struct target *t, struct str table, struct str range)
{
	const char *name = PQparameterStatus(t->conn, "application_name");
	struct buf text = { 0 };
	const char *params[1];

	if (!name || strcmp(name, "pgtide pg-copy") != 0)
		return;
	buf_addf(&text, "%s %.*s", name, (int)table.n, table.p);
	if (range.n)
		buf_addf(&text, " %.*s", (int)range.n, range.p);
	params[0] = buf_cstr(&text);
	PQclear(pg_query(t->conn, "application_name",
			 "SELECT pg_catalog.set_config('application_name', $1, false)", 1,
			 params));
	buf_release(&text);
}

void
target_begin(struct target *t)
{
	PQclear(pg_query(t->conn, "begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", 0,
			 NULL));
}

bool
target_try(struct target *t, const char *sql)
{
	PGresult *res = PQexec(t->conn, sql);

	if (PQresultStatus(res) == PGRES_COMMAND_OK) {
		PQclear(res);
		return true;
	}
	PQclear(t->error);
	t->error = res;
	return false;
}

void
target_run(struct target *t, const char *sql)
{
	if (!target_try(t, sql))
		pg_die(t->conn, t->error, t->where.p ? t->where.p : "target");
}

static void
target_close(struct target *t)
{
	pg_close(t->conn);
	PQclear(t->error);
	buf_release(&t->where);
	buf_release(&t->copy);
	*t = (struct target){ 0 };
}

/*
 * Whether it was committed is known unless the connection was lost. A signal that comes too late to stop COMMIT is
 * forgotten: the rows are there, and the status has to say so.
 */
void
target_commit(struct target *t)
{
	PGresult *res;

	pg_hold_signals();
	res = PQexec(t->conn, "COMMIT");
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		pg_take_signals();
	if (PQstatus(t->conn) == CONNECTION_BAD)
		die(STATUS_AGAIN,
		    "connection lost during COMMIT: it is not known whether the rows were committed");
	if (PQresultStatus(res) != PGRES_COMMAND_OK)
		pg_die(t->conn, res, "commit");
	/* What COMMIT of a failed transaction says. */
	if (strcmp(PQcmdStatus(res), "COMMIT") != 0)
		die(STATUS_BAD, "commit: the server said %s", PQcmdStatus(res));
	PQclear(res);
	target_close(t);
}

void
target_abort(struct target *t, const char *why)
{
	if (!t->conn)
		return;
	PQclear(drain(t, why));
	if (PQtransactionStatus(t->conn) != PQTRANS_IDLE)
		PQclear(PQexec(t->conn, "ROLLBACK"));
	target_close(t);
}

/* --- one table ------------------------------------------------------------------------------------ */

static void
check_encoding(struct target *t)
{
	const char *encoding = PQparameterStatus(t->conn, "server_encoding");

	if (t->encoding_told || !encoding || strcmp(encoding, "UTF8") == 0)
		return;
	t->encoding_told = true;
	warn("the target's encoding is %s, not UTF8: it may lack characters", encoding);
}

/* The server would say most of this too, but of the first fault only, and in words about COPY. */
static void
check_columns(const struct target *t, const struct pg_relation *rel)
{
	const char *where = t->where.p;

	for (size_t i = 0; i < t->head->ncols; i++) {
		const struct pg_column *c = pg_relation_column(rel, t->head->names[i]);

		if (!c)
			die(STATUS_BAD, "%s: no column %s in the target", where,
			    show(t->head->names[i]).text);
		if (c->generated)
			die(STATUS_BAD, "%s: column %s is generated: it cannot be loaded",
			    where, show(c->name).text);
	}
	/* Only COPY without a list of columns takes empty rows, and then it means all columns. */
	if (t->head->ncols == 0 && rel->ncols)
		die(STATUS_BAD, "%s: the rows have no columns, the target has %zu", where,
		    rel->ncols);
}

void
target_copy_into(struct target *t, struct str schema, struct str table)
{
	t->table = table;
	t->copy.n = 0;
	buf_add(&t->copy, STR("COPY "));
	pg_quote_name(&t->copy, schema, table);
	for (size_t i = 0; i < t->head->ncols; i++) {
		buf_add(&t->copy, i ? STR(", ") : STR(" ("));
		pg_quote_ident(&t->copy, t->head->names[i]);
	}
	buf_addf(&t->copy, "%s FROM STDIN (FORMAT ", t->head->ncols ? ")" : "");
}

void
target_table(struct target *t, const struct rows_head *head, struct pg_relation *rel)
{
	t->head = head;
	t->where.n = 0;
	pg_relation_where(&t->where, head->schema, head->table);
	buf_cstr(&t->where);
	if (!pg_relation_read(rel, t->conn, head->schema, head->table))
		die(STATUS_BAD, "%s: no such table in the target", t->where.p);
	check_encoding(t);
	check_columns(t, rel);
	target_copy_into(t, head->schema, head->table);
	t->base = 0;
}

static bool flush(struct target *t);

bool
target_copy(struct target *t, const char *format, const char *before, const char *behind)
{
	struct buf sql = { 0 };
	PGresult *res;

	buf_addf(&sql, "%s%.*s%s)%s", before, (int)t->copy.n, t->copy.p, format, behind);
	if (!PQsendQuery(t->conn, buf_cstr(&sql)))
		pg_die(t->conn, NULL, t->where.p);
	buf_release(&sql);
	flush(t);
	t->put = 0;
	while ((res = PQgetResult(t->conn)) != NULL) {
		ExecStatusType status = PQresultStatus(res);

		if (status == PGRES_FATAL_ERROR) {
			PQclear(t->error);
			t->error = res;
			PQclear(drain(t, NULL));
			return false;
		}
		PQclear(res);
		if (status == PGRES_COPY_IN) {
			t->copying = true;
			return true;
		}
	}
	return false;
}

/* --- sending -------------------------------------------------------------------------------------- */

/* Whether an error waits at the beginning of what the server sent. Of an encrypted connection nobody can tell. */
static bool
error_waits(struct target *t)
{
	char type = 0;

	return !PQsslInUse(t->conn) && !PQgssEncInUse(t->conn) &&
	    recv(PQsocket(t->conn), &type, 1, MSG_PEEK) == 1 && type == 'E';
}

/*
 * Something came from the server. During COPY libpq takes warnings out of it and leaves an error where it is, without
 * a way to ask for it: the server reads on and throws away, as the client would send all of its rows. So what is
 * not a warning within NOTICE_MS is taken for the error; if it was none, CopyFail makes it one, and nothing is lost
 * but the attempt.
 */
static bool
look_at_server(struct target *t)
{
	struct pollfd p = { .fd = PQsocket(t->conn), .events = POLLIN };
	uint64_t before = t->notices;

	if (t->copying && error_waits(t))
		return copy_failed(t);
	do {
		if (!PQconsumeInput(t->conn) && t->copying)
			return copy_failed(t);
		(void)PQisBusy(t->conn); /* takes the warnings */
		if (PQstatus(t->conn) == CONNECTION_BAD)
			pg_die(t->conn, NULL, t->where.p);
		if (t->notices != before || !t->copying)
			return true;
	} while (poll(&p, 1, NOTICE_MS) > 0);
	return copy_failed(t);
}

/*
 * Until the server takes more; it may have something to say instead. What little is sent at first is not worth a
 * look: an error comes to light at the end as well.
 */
static bool
wait_writable(struct target *t)
{
	struct pollfd p = { .fd = PQsocket(t->conn), .events = POLLIN | POLLOUT };

	do {
		p.revents = 0;
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			die(STATUS_BAD, "poll: %s", strerror(errno));
		if ((p.revents & ~POLLOUT) && !(t->put < PUT_MAX && (p.revents & POLLOUT)) &&
		    !look_at_server(t))
			return false;
	} while (!(p.revents & POLLOUT));
	return true;
}

/* libpq keeps the last bytes until there are 8 KiB of them. */
static bool
flush(struct target *t)
{
	int left;

	while ((left = PQflush(t->conn)) > 0)
		if (!wait_writable(t))
			return false;
	if (left < 0 && t->copying)
		return copy_failed(t);
	return true;
}

bool
target_put(struct target *t, struct str bytes)
{
	while (bytes.n) {
		size_t n = bytes.n < PUT_MAX ? bytes.n : PUT_MAX;
		int taken;

		if (!wait_writable(t))
			return false;
		taken = PQputCopyData(t->conn, bytes.p, (int)n);
		if (taken < 0)
			return copy_failed(t);
		if (taken > 0) {
			bytes = str_of(bytes.p + n, bytes.n - n);
			t->put += n;
		}
	}
	return true;
}

int
target_wait(struct target *t, int fd, int timeout)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = PQsocket(t->conn), .events = POLLIN },
	};
	int n = poll(p, 2, 0);

	/* While nothing comes, the server shall have what there is. */
	if (n == 0) {
		if (!flush(t))
			return -1;
		n = poll(p, 2, timeout);
	}
	if (n < 0 && errno != EINTR)
		die(STATUS_BAD, "poll: %s", strerror(errno));
	if (n <= 0)
		return 0;
	if (p[1].revents && !look_at_server(t))
		return -1;
	return p[0].revents != 0;
}

/* A trigger or a rule can swallow rows without an error. */
static void
compare_count(const struct target *t, PGresult *res, uint64_t rows)
{
	uint64_t stored;

	if (!num_u64(str_cstr(PQcmdTuples(res)), &stored))
		die(STATUS_BAD, "%s: the server did not say how many rows it stored",
		    t->where.p);
	if (stored != rows)
		die(STATUS_BAD,
		    "%s: read %ju rows, the server stored %ju: a trigger or a rule of the table dropped some",
		    t->where.p, (uintmax_t)rows, (uintmax_t)stored);
}

bool
target_copy_end(struct target *t, uint64_t rows)
{
	PGresult *res;

	if (PQputCopyEnd(t->conn, NULL) != 1)
		return copy_failed(t);
	t->copying = false;
	res = PQgetResult(t->conn);
	if (PQresultStatus(res) != PGRES_COMMAND_OK) {
		PQclear(t->error);
		t->error = res;
		PQclear(drain(t, NULL));
		return false;
	}
	compare_count(t, res, rows);
	PQclear(res);
	res = drain(t, NULL);
	if (!res)
		return true;
	PQclear(t->error);
	t->error = res;
	return false;
}
