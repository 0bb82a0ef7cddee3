/* PostgreSQL: queries and errors. schema/pg/connect.c connects. */
#include "schema/pg/pg.h"

/* How much of each part of an error a message shows. */
enum { MESSAGE_BYTES = 400, DETAIL_BYTES = 250, HINT_BYTES = 150 };

PGresult *
pg_query(PGconn *conn, const char *where, const char *sql, int nparams,
	 const char *const *params)
{
	PGresult *res = PQexecParams(conn, sql, nparams, NULL, params, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(res);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK &&
	    status != PGRES_COPY_IN && status != PGRES_COPY_OUT)
		pg_die(conn, res, where);
	return res;
}

struct str
pg_value(const PGresult *res, int row, int col)
{
	if (PQgetisnull(res, row, col))
		return STR_NONE;
	return str_of(PQgetvalue(res, row, col), (size_t)PQgetlength(res, row, col));
}

static struct str
error_field(const PGresult *res, int code)
{
	const char *text = res ? PQresultErrorField(res, code) : NULL;

	return text ? str_cstr(text) : STR_NONE;
}

enum status
pg_status(const PGconn *conn, const PGresult *res)
{
	static const char *const again[] = { "08", "40", "53", "55P03", "57P" };
	struct str code = error_field(res, PG_DIAG_SQLSTATE);

	if (PQstatus(conn) == CONNECTION_BAD)
		return STATUS_AGAIN;
	for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++)
		if (str_starts(code, str_cstr(again[i])))
			return STATUS_AGAIN;
	return STATUS_BAD;
}

/* At most max bytes of text on one line, without a full stop; a cut is made at a character. */
static void
add_line(struct buf *out, struct str text, size_t max)
{
	bool whole = text.n <= max;

	text = str_trim(text);
	if (text.n && text.p[text.n - 1] == '.')
		text.n--;
	if (!whole && text.n > max) {
		text.n = max;
		while (text.n > max - 4 && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
			text.n--;
	}
	for (size_t i = 0; i < text.n; i++)
		buf_addc(out, text.p[i] == '\n' || text.p[i] == '\t' ? ' ' : text.p[i]);
	if (!whole)
		buf_add(out, STR("…"));
}

/* What the server's own hint does not say. */
static struct str
our_hint(struct str code, struct str message)
{
	if (str_eq(code, STR("22021")) && message.n > 4 &&
	    str_eq(str_of(message.p + message.n - 4, 4), STR("0x00")))
		return STR("texts of PostgreSQL cannot hold a zero byte (\\000 in rows)");
	return STR_NONE;
}

/* Errors of libpq itself have no fields, but a text of which the first line says it. */
static void
add_error(struct buf *out, const PGconn *conn, const PGresult *res)
{
	struct str code = error_field(res, PG_DIAG_SQLSTATE);
	struct str message = error_field(res, PG_DIAG_MESSAGE_PRIMARY);
	struct str detail = error_field(res, PG_DIAG_MESSAGE_DETAIL);
	struct str hint = error_field(res, PG_DIAG_MESSAGE_HINT);
	const char *before = ": ";
	struct str line, rest;

	if (!message.p) {
		str_cut(str_cstr(PQerrorMessage(conn)), '\n', &line, &rest);
		add_line(out, line, MESSAGE_BYTES);
		return;
	}
	add_line(out, message, MESSAGE_BYTES);
	buf_addf(out, " (%s)", code.p ? code.p : "no SQLSTATE");
	if (detail.p) {
		buf_add(out, STR(": "));
		add_line(out, detail, DETAIL_BYTES);
		before = "; ";
	}
	if (!hint.p)
		hint = our_hint(code, message);
	if (hint.p) {
		buf_add(out, str_cstr(before));
		add_line(out, hint, HINT_BYTES);
	}
}

void
pg_die(const PGconn *conn, const PGresult *res, const char *where)
{
	struct buf text = { 0 };

	add_error(&text, conn, res);
	die(pg_status(conn, res), "%s: %s", where, buf_cstr(&text));
}
