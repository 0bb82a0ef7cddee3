/*
 * The present, in defaults (https://sqlite.org/lang_datefunc.html). SQLite's is in UTC and becomes a text; what is
 * written here is computed when a row is inserted.
 */
#include "schema/base/prog.h"
#include "schema/pg/quote.h"
#include "transform/expr-value.h"

#define UTC "CURRENT_TIMESTAMP AT TIME ZONE 'UTC'"

static const char epoch[] = "floor(extract(epoch FROM CURRENT_TIMESTAMP))::bigint";

/* What a text of the present is, when it is one that a column of the calendar can be. */
enum moment { MOMENT_NONE, MOMENT_TIMESTAMP, MOMENT_MILLISECONDS, MOMENT_DATE, MOMENT_TIME };

/* The letters of strftime() in those of to_char(); the others are not translated. */
static const struct {
	char letter;
	const char *form;
} letters[] = {
	{ 'Y', "YYYY" }, { 'm', "MM" }, { 'd', "DD" },    { 'H', "HH24" },
	{ 'M', "MI" },   { 'S', "SS" }, { 'f', "SS.MS" }, { 'j', "DDD" },
};

static const struct {
	const char *format;
	enum moment moment;
} moments[] = {
	{ "%Y-%m-%d %H:%M:%S", MOMENT_TIMESTAMP },
	{ "%Y-%m-%dT%H:%M:%S", MOMENT_TIMESTAMP },
	{ "%Y-%m-%d %H:%M:%f", MOMENT_MILLISECONDS },
	{ "%Y-%m-%dT%H:%M:%f", MOMENT_MILLISECONDS },
	{ "%Y-%m-%d", MOMENT_DATE },
	{ "%H:%M:%S", MOMENT_TIME },
};

static bool
add_letter(struct buf *b, char letter)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].letter == letter) {
			buf_add(b, str_cstr(letters[i].form));
			return true;
		}
	}
	return false;
}

/* The template of to_char(); false for what it does not have. */
static bool
add_template(struct buf *b, struct str format)
{
	for (size_t i = 0; i < format.n; i++) {
		char c = format.p[i];

		if (c == '%') {
			if (++i == format.n || !add_letter(b, format.p[i]))
				return false;
		} else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
			buf_addc(b, '"');
			buf_addc(b, c);
			buf_addc(b, '"');
		} else if (c && strchr(" -:/.,", c)) {
			buf_addc(b, c);
		} else {
			return false;
		}
	}
	return format.n > 0;
}

static bool
is_text(const struct tree *n, const char *text)
{
	return n && n->kind == TREE_TEXT && str_eq_nocase(n->word, str_cstr(text));
}

/*
 * The format of strftime() that the expression stands for, or p NULL with a reason, or p NULL without one when it does
 * not ask for the present.
 */
static struct str
format_of(struct translation *t, const struct tree *n)
{
	static const struct {
		const char *function, *keyword, *format;
	} known[] = {
		{ "datetime", "CURRENT_TIMESTAMP", "%Y-%m-%d %H:%M:%S" },
		{ "date", "CURRENT_DATE", "%Y-%m-%d" },
		{ "time", "CURRENT_TIME", "%H:%M:%S" },
		{ "unixepoch", "", "%s" },
	};
	const struct tree *when = n->list;
	struct str format = STR_NONE;

	if (n->kind != TREE_CALL && n->kind != TREE_NOW)
		return STR_NONE;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq_nocase(
			n->word,
			str_cstr(n->kind == TREE_NOW ? known[i].keyword : known[i].function)))
			format = str_cstr(known[i].format);
	if (str_eq_nocase(n->word, STR("strftime"))) {
		if (!when || when->kind != TREE_TEXT) {
			value_fail(t, "strftime() without a literal format");
			return STR_NONE;
		}
		format = when->word;
		when = when->next;
	} else if (str_eq_nocase(n->word, STR("julianday"))) {
		value_fail(t, "function julianday()");
	}
	if (!format.p || t->failed)
		return STR_NONE;
	if (!t->present || (when && !is_text(when, "now")))
		value_fail(t, "function $() of a value", n->word);
	else if (when && when->next)
		value_fail(t, "function $() with a modifier", n->word);
	return t->failed ? STR_NONE : format;
}

static struct value
to_char(struct translation *t, struct str format)
{
	struct buf b = { 0 }, quoted = { 0 };
	struct value v;

	if (add_template(&b, format)) {
		pg_quote_literal(&quoted, buf_str(&b));
		v = value_of(EXPR_TEXT, LEVEL_ATOM,
			     value_text(t, "to_char(" UTC ", $)", buf_str(&quoted)));
	} else {
		v = value_fail(t, "the format $ of strftime()", str_cstr(show(format).text));
	}
	buf_release(&b);
	buf_release(&quoted);
	return v;
}

/* As an expression: a text, or an integer for the seconds of unixepoch(). */
struct value
translate_now(struct translation *t, const struct tree *n)
{
	struct str format = format_of(t, n);
	struct value v;

	if (!format.p)
		return (struct value){ .class = EXPR_FAILED };
	if (!str_eq(format, STR("%s")))
		return to_char(t, format);
	v = value_of(EXPR_TEXT, LEVEL_ATOM, str_cstr(epoch));
	v.epoch = true;
	return str_eq_nocase(n->word, STR("strftime")) ? v : value_integer(t, v);
}

/* The format is written as a time in a calendar type is when it is read from the source. */
struct str
now_default(struct translation *t, const struct tree *n, const struct expr_column *c)
{
	struct str format = format_of(t, n);
	enum moment moment = MOMENT_NONE;

	for (size_t i = 0; format.p && i < sizeof(moments) / sizeof(moments[0]); i++)
		if (str_eq(format, str_cstr(moments[i].format)))
			moment = moments[i].moment;
	if (c->type.array)
		moment = MOMENT_NONE;
	switch (c->type.kind) {
	case TYPE_TIMESTAMP:
		if (moment == MOMENT_TIMESTAMP)
			return STR("date_trunc('second', " UTC ")");
		if (moment == MOMENT_MILLISECONDS)
			return STR("date_trunc('milliseconds', " UTC ")");
		break;
	case TYPE_TIMESTAMPTZ:
		if (moment == MOMENT_TIMESTAMP)
			return STR("date_trunc('second', CURRENT_TIMESTAMP)");
		if (moment == MOMENT_MILLISECONDS)
			return STR("date_trunc('milliseconds', CURRENT_TIMESTAMP)");
		break;
	case TYPE_DATE:
		if (moment == MOMENT_DATE)
			return STR("(" UTC ")::date");
		break;
	case TYPE_TIME:
		if (moment == MOMENT_TIME)
			return STR("date_trunc('second', " UTC ")::time without time zone");
		break;
	case TYPE_TEXT:
		/* Whatever the affinity, this is no number. */
		if (moment != MOMENT_NONE)
			return to_char(t, format).text;
		break;
	default: break;
	}
	return STR_NONE;
}
