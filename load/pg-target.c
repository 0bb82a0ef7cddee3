/* The transaction of pg-copy at its target. */
#include <errno.h>
#include <poll.h>

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

/* The line of a context that COPY itself wrote; others are of triggers. What follows `COPY users, `. */
static struct str
copy_context(const struct target *t, const PGresult *res)
{
	const char *text = res ? PQresultErrorField(res, PG_DIAG_CONTEXT) : NULL;
	struct str rest = str_cstr(text ? text : ""), line;
	bool more = true;

	while (more) {
		more = str_cut(rest, '\n', &line, &rest);
		if (!str_starts(line, STR("COPY ")))
			continue;
		line = str_of(line.p + 5, line.n - 5);
		if (str_starts(line, t->table) &&
		    str_starts(str_of(line.p + t->table.n, line.n - t->table.n), STR(", ")))
			return str_of(line.p + t->table.n + 2, line.n - t->table.n - 2);
	}
	return STR_NONE;
}

/* Which of our columns s begins with the name of, and a ':' or nothing behind it; p NULL for none. */
static struct str
column_at(const struct target *t, struct str s)
{
	for (size_t i = 0; i < t->head->ncols; i++) {
		struct str name = t->head->names[i];

		if (str_starts(s, name) && (s.n == name.n || s.p[name.n] == ':'))
			return name;
	}
	return STR_NONE;
}

/* `public.users: row 12, column email`, from `line 12, column email: "x"`: a row of rows(5) is one line of COPY. */
static void
say_where(struct target *t, const PGresult *res)
{
	struct str context = copy_context(t, res), number, rest, column;
	const char *code = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	uint64_t row;

	/* A server that goes away does so at some row, but not because of it. */
	if (!str_starts(context, STR("line ")) || (code && strncmp(code, "57", 2) == 0))
		return;
	context = str_of(context.p + 5, context.n - 5);
	for (number = str_of(context.p, 0); number.n < context.n; number.n++)
		if (context.p[number.n] < '0' || context.p[number.n] > '9')
			break;
	if (!num_u64(number, &row))
		return;
	buf_addf(&t->where, ": row %ju", (uintmax_t)row);
	rest = str_of(context.p + number.n, context.n - number.n);
	if (!str_starts(rest, STR(", column ")))
		return;
	column = column_at(t, str_of(rest.p + 9, rest.n - 9));
	if (column.p)
		buf_addf(&t->where, ", column %.*s", (int)(column.n < 63 ? column.n : 63),
			 column.p);
}

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

/* COPY went wrong at the server: with what it says, or with what libpq has to say of the connection. */
static _Noreturn void
copy_failed(struct target *t)
{
	PGresult *res = drain(t, "pg-copy stopped because of an error");

	say_where(t, res);
	pg_die(t->conn, res, buf_cstr(&t->where));
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
target_begin(struct target *t, const char *uri)
{
	*t = (struct target){ .conn = pg_connect(uri, "PGTIDE_TARGET") };
	t->warn = PQsetNoticeReceiver(t->conn, count_notice, t);
	if (PQsetnonblocking(t->conn, 1) != 0)
		pg_die(t->conn, NULL, "begin");
	PQclear(pg_query(t->conn, "begin", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", 0,
			 NULL));
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
	pg_close(t->conn);
	buf_release(&t->where);
	*t = (struct target){ 0 };
}

void
target_abort(struct target *t, const char *why)
{
	if (!t->conn)
		return;
	PQclear(drain(t, why));
	PQclear(PQexec(t->conn, "ROLLBACK"));
	pg_close(t->conn);
	buf_release(&t->where);
	*t = (struct target){ 0 };
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

static void
run(struct target *t, const struct buf *sql)
{
	PQclear(pg_query(t->conn, t->where.p, sql->p, 0, NULL));
}

static void
truncate_table(struct target *t, const struct pg_relation *rel)
{
	struct buf sql = { 0 };

	buf_add(&sql, STR("TRUNCATE "));
	pg_relation_only(rel, &sql, t->head->schema, t->head->table);
	buf_cstr(&sql);
	run(t, &sql);
	buf_release(&sql);
}

static void
start_copy(struct target *t, const char *format)
{
	struct buf sql = { 0 };

	buf_add(&sql, STR("COPY "));
	pg_quote_name(&sql, t->head->schema, t->head->table);
	for (size_t i = 0; i < t->head->ncols; i++) {
		buf_add(&sql, i ? STR(", ") : STR(" ("));
		pg_quote_ident(&sql, t->head->names[i]);
	}
	buf_addf(&sql, "%s FROM STDIN (FORMAT %s)", t->head->ncols ? ")" : "", format);
	buf_cstr(&sql);
	run(t, &sql);
	buf_release(&sql);
	t->copying = true;
}

void
target_begin_table(struct target *t, const struct rows_head *head, bool empty,
		   const char *format)
{
	struct pg_relation rel;

	t->head = head;
	t->table = head->table;
	t->where.n = 0;
	pg_relation_where(&t->where, head->schema, head->table);
	buf_cstr(&t->where);
	if (!pg_relation_read(&rel, t->conn, head->schema, head->table))
		die(STATUS_BAD, "%s: no such table in the target", t->where.p);
	check_encoding(t);
	check_columns(t, &rel);
	if (empty)
		truncate_table(t, &rel);
	pg_relation_release(&rel);
	start_copy(t, format);
}

/* --- sending -------------------------------------------------------------------------------------- */

/*
 * Something came from the server. During COPY libpq takes warnings out of it and leaves an error where it is, without
 * a way to ask for it: the server reads on and throws away, as the client would send all of its rows. So what is
 * not a warning within NOTICE_MS is taken for the error; if it was none, CopyFail makes it one, and nothing is lost
 * but the attempt.
 */
static void
look_at_server(struct target *t)
{
	struct pollfd p = { .fd = PQsocket(t->conn), .events = POLLIN };
	uint64_t before = t->notices;

	do {
		if (!PQconsumeInput(t->conn) && t->copying)
			copy_failed(t);
		(void)PQisBusy(t->conn); /* takes the warnings */
		if (PQstatus(t->conn) == CONNECTION_BAD)
			pg_die(t->conn, NULL, t->where.p);
		if (t->notices != before || !t->copying)
			return;
	} while (poll(&p, 1, NOTICE_MS) > 0);
	copy_failed(t);
}

/* Until the server takes more; it may have something to say instead. */
static void
wait_writable(struct target *t)
{
	struct pollfd p = { .fd = PQsocket(t->conn), .events = POLLIN | POLLOUT };

	do {
		p.revents = 0;
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			die(STATUS_BAD, "poll: %s", strerror(errno));
		if (p.revents & ~POLLOUT)
			look_at_server(t);
	} while (!(p.revents & POLLOUT));
}

/* libpq keeps the last bytes until there are 8 KiB of them. */
static void
flush(struct target *t)
{
	int left;

	while ((left = PQflush(t->conn)) > 0)
		wait_writable(t);
	if (left < 0 && t->copying)
		copy_failed(t);
}

void
target_put(struct target *t, struct str bytes)
{
	while (bytes.n) {
		size_t n = bytes.n < PUT_MAX ? bytes.n : PUT_MAX;
		int taken;

		wait_writable(t);
		taken = PQputCopyData(t->conn, bytes.p, (int)n);
		if (taken < 0)
			copy_failed(t);
		if (taken > 0)
			bytes = str_of(bytes.p + n, bytes.n - n);
	}
}

bool
target_wait(struct target *t, int fd, int timeout)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = PQsocket(t->conn), .events = POLLIN },
	};
	int n = poll(p, 2, 0);

	/* While nothing comes, the server shall have what there is. */
	if (n == 0) {
		flush(t);
		n = poll(p, 2, timeout);
	}
	if (n < 0 && errno != EINTR)
		die(STATUS_BAD, "poll: %s", strerror(errno));
	if (n <= 0)
		return false;
	if (p[1].revents)
		look_at_server(t);
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

void
target_end_table(struct target *t, uint64_t rows)
{
	PGresult *res;

	if (PQputCopyEnd(t->conn, NULL) != 1)
		copy_failed(t);
	t->copying = false;
	res = PQgetResult(t->conn);
	if (PQresultStatus(res) != PGRES_COMMAND_OK) {
		say_where(t, res);
		pg_die(t->conn, res, buf_cstr(&t->where));
	}
	compare_count(t, res, rows);
	PQclear(res);
	PQclear(drain(t, NULL));
	t->head = NULL;
}
