/*
 * pgloader's command line, as the command file that would say the same: one clause an option, so that it is read, and
 * refused, by the same rules.
 */
#include "transform/load-parse.h"

struct lines {
	struct buf text;
	const char **names;
	size_t count;
};

/* name: what messages call this line. Line ends in it become blanks, so that a line is a line. */
static void
add_line(struct lines *l, const char *name, struct str text)
{
	l->names[l->count++] = name;
	for (size_t i = 0; i < text.n; i++)
		buf_addc(&l->text, text.p[i] == '\n' ? ' ' : text.p[i]);
	buf_addc(&l->text, '\n');
}

static void
add_quoted_line(struct lines *l, const char *name, struct str text)
{
	struct buf b = { 0 };

	buf_add_quoted(&b, text, '\'');
	add_line(l, name, buf_str(&b));
	buf_release(&b);
}

static bool
ends_with(struct str s, struct str end)
{
	return s.n >= end.n && str_eq_nocase(str_of(s.p + s.n - end.n, end.n), end);
}

/* What stands behind load. */
static struct str
kind_of(const struct load_options *o, bool *file)
{
	static const char *const files[] = { "csv", "fixed", "copy", "dbf", "db3" };
	struct str source = str_cstr(o->source), scheme = STR_NONE, rest;

	*file = true;
	if (o->type)
		scheme = str_cstr(o->type);
	else if (!str_cut(source, ':', &scheme, &rest) || !str_starts(rest, STR("//")))
		scheme = ends_with(source, STR(".csv")) ? STR("csv")
		    : ends_with(source, STR(".dbf"))    ? STR("dbf")
							: STR("");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (str_eq_nocase(scheme, str_cstr(files[i])))
			return str_cstr(files[i]);
	*file = false;
	return STR("database");
}

static void
add_options(struct lines *l, const struct load_options *o, int kind, const char *clause,
	    const char *name)
{
	for (size_t i = 0; i < o->count; i++) {
		if ((int)o->options[i].kind != kind)
			continue;
		add_line(l, name, str_cstr(clause));
		if (kind == OPTION_BEFORE || kind == OPTION_AFTER)
			add_quoted_line(l, name, str_cstr(o->options[i].text));
		else
			add_line(l, name, str_cstr(o->options[i].text));
	}
}

static void
add_fields(struct lines *l, const struct load_options *o)
{
	const char *before = "(";

	for (size_t i = 0; i < o->count; i++) {
		if (o->options[i].kind != OPTION_FIELD)
			continue;
		add_line(l, "--field", str_cstr(before));
		add_line(l, "--field", str_cstr(o->options[i].text));
		before = ",";
	}
	if (*before == ',')
		add_line(l, "--field", STR(")"));
}

static int
check(const struct load_options *o, bool file, struct err *e)
{
	static const char *const types[] = { "csv",    "fixed", "copy",  "dbf",  "db3",
					     "sqlite", "mysql", "mssql", "pgsql" };
	bool known = !o->type;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		known = known || str_eq_nocase(str_cstr(o->type), str_cstr(types[i]));
	if (!known)
		return err_set(e, STATUS_USAGE,
			       "--type: %s is no type of source that is known here",
			       show(str_cstr(o->type)).text);
	for (size_t i = 0; i < o->count && !file; i++)
		if (o->options[i].kind == OPTION_FIELD)
			return err_set(
			    e, STATUS_USAGE,
			    "--field: the source is a database: it says itself what is in it");
	return 0;
}

int
load_options_text(struct load_text *t, const struct load_options *o, struct pool *pool,
		  struct err *e)
{
	struct lines l = { .names = pool_get(pool, (o->count * 2 + 16) * sizeof(char *)) };
	struct buf head = { 0 };
	bool file;
	int result;

	buf_addf(&head, "load %.*s from", (int)kind_of(o, &file).n, kind_of(o, &file).p);
	if (check(o, file, e) < 0) {
		buf_release(&head);
		return -1;
	}
	add_line(&l, "source", buf_str(&head));
	add_quoted_line(&l, "source", str_cstr(o->source));
	buf_release(&head);
	if (o->encoding && file) {
		add_line(&l, "--encoding", STR("with encoding"));
		add_quoted_line(&l, "--encoding", str_cstr(o->encoding));
	}
	add_fields(&l, o);
	add_line(&l, "target", STR("into"));
	add_quoted_line(&l, "target", str_cstr(o->target));
	if (o->encoding && !file) {
		add_line(&l, "--encoding", STR("with encoding"));
		add_quoted_line(&l, "--encoding", str_cstr(o->encoding));
	}
	add_options(&l, o, OPTION_WITH, "with", "--with");
	add_options(&l, o, OPTION_SET, "set", "--set");
	add_options(&l, o, OPTION_CAST, "cast", "--cast");
	add_options(&l, o, OPTION_BEFORE, "before load execute", "--before");
	add_options(&l, o, OPTION_AFTER, "after load execute", "--after");
	add_line(&l, "the command line", STR(""));
	l.names[l.count] = "the command line"; /* behind the last line's end */
	result = load_text_of(t, "", buf_str(&l.text), NULL, pool, e);
	t->names = l.names;
	buf_release(&l.text);
	return result;
}
