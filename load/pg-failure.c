/* What an error of the server says about a row of COPY. */
#include "load/pg-failure.h"
#include "schema/base/num.h"

static struct str
field(const PGresult *res, int code)
{
	const char *text = res ? PQresultErrorField(res, code) : NULL;

	return text ? str_cstr(text) : STR_NONE;
}

/* The line of a context that COPY itself wrote; others are of triggers. What follows `COPY users, `. */
static struct str
copy_context(const PGresult *res, struct str table)
{
	struct str rest = field(res, PG_DIAG_CONTEXT), line;
	bool more = rest.p != NULL;

	while (more) {
		more = str_cut(rest, '\n', &line, &rest);
		if (!str_starts(line, STR("COPY ")))
			continue;
		line = str_of(line.p + 5, line.n - 5);
		if (str_starts(line, table) &&
		    str_starts(str_of(line.p + table.n, line.n - table.n), STR(", ")))
			return str_of(line.p + table.n + 2, line.n - table.n - 2);
	}
	return STR_NONE;
}

/* The words before a number or a name are in the server's language: s behind one of them and its blank. */
static struct str
behind_word(struct str s)
{
	struct str word, rest;

	return str_cut(s, ' ', &word, &rest) ? rest : STR_NONE;
}

/* Which of our columns s begins with the name of, and a ':' or nothing behind it; p NULL for none. */
static struct str
column_at(const struct rows_head *head, struct str s)
{
	for (size_t i = 0; s.n && i < head->ncols; i++) {
		struct str name = head->names[i];

		if (str_starts(s, name) && (s.n == name.n || s.p[name.n] == ':'))
			return name;
	}
	return STR_NONE;
}

/* `line 12, column email: "x"`; a row of rows(5) is one line of COPY. */
static void
read_context(struct pg_failure *f, struct str context, const struct rows_head *head)
{
	struct str number = behind_word(context), rest;
	size_t n = 0;

	while (n < number.n && number.p[n] >= '0' && number.p[n] <= '9')
		n++;
	if (!num_u64(str_of(number.p, n), &f->line)) {
		f->line = 0;
		return;
	}
	rest = str_of(number.p + n, number.n - n);
	if (!f->column.p && str_starts(rest, STR(", ")))
		f->column = column_at(head, behind_word(str_of(rest.p + 2, rest.n - 2)));
}

void
pg_failure_read(struct pg_failure *f, PGresult *res, struct str table,
		const struct rows_head *head)
{
	*f = (struct pg_failure){
		.res = res,
		.code = field(res, PG_DIAG_SQLSTATE),
		.message = field(res, PG_DIAG_MESSAGE_PRIMARY),
		.column = field(res, PG_DIAG_COLUMN_NAME),
		.constraint = field(res, PG_DIAG_CONSTRAINT_NAME),
	};
	read_context(f, copy_context(res, table), head);
	/* A server that goes away does so at some row, but not because of it. */
	if (str_starts(f->code, STR("57")))
		f->line = 0;
}

void
pg_failure_release(struct pg_failure *f)
{
	PQclear(f->res);
	*f = (struct pg_failure){ 0 };
}

bool
pg_failure_of_row(const struct pg_failure *f)
{
	/* Of 42 (no such function …) only what the text of a value can cause: a regclass that is not there. */
	static const char *const others[] = { "08", "25", "28", "40", "42501", "53",
					      "55", "57", "58", "F0", "XX" };
	bool about_value = str_starts(f->code, STR("22")) || str_starts(f->code, STR("23"));

	if (!f->code.p || !f->line)
		return f->code.p && about_value;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (str_starts(f->code, str_cstr(others[i])))
			return false;
	return true;
}
