/* pgloader's command files: sources that are files, their fields, and the columns of their target. */
#include "transform/load-parse.h"

/* --- files -------------------------------------------------------------------------------- */

static bool
is_url(struct str s)
{
	return str_starts_nocase(s, STR("http://")) || str_starts_nocase(s, STR("https://"));
}

/* csv:///path, copy://./path and their like: what stands behind //, or all of it. */
static struct str
without_scheme(struct str s)
{
	static const char *const schemes[] = { "csv", "fixed", "copy", "dbf", "db3", "file" };
	struct str scheme, rest;

	if (!str_cut(s, ':', &scheme, &rest) || !str_starts(rest, STR("//")))
		return s;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (str_eq_nocase(scheme, str_cstr(schemes[i])))
			return str_of(rest.p + 2, rest.n - 2);
	return s;
}

/* [all filenames | [first] filename] matching ~/re/ [in directory 'd'] */
static int
parse_matching(struct load_parser *p, struct load_command *c)
{
	struct load_files *f = &c->files;

	f->kind = load_take(p, "all filenames") || load_take(p, "all filename") ? PLACE_ALL
										: PLACE_FIRST;
	if (f->kind == PLACE_FIRST && !load_take(p, "first filename") &&
	    !load_take(p, "filename"))
		return load_expected(p, "filename or filenames");
	if (load_expect(p, "matching") < 0)
		return -1;
	if (p->token.kind != LOAD_REGEX)
		return load_expected(p, "a regular expression behind matching");
	f->name = p->token.value;
	load_advance(p);
	if (!load_take(p, "in directory"))
		return 0;
	if (load_take_text(p, "the name of a directory in quotes", &f->directory) < 0)
		return -1;
	f->directory = load_path(p->job, p->t, f->directory);
	return 0;
}

static int
parse_where(struct load_parser *p, struct load_command *c)
{
	struct load_files *f = &c->files;
	struct str name;

	if (load_at(p, "all") || load_at(p, "first") || load_at(p, "filename"))
		return parse_matching(p, c);
	f->kind = PLACE_INLINE;
	if (load_take(p, "inline"))
		return 0;
	f->kind = PLACE_STDIN;
	if (load_take(p, "stdin"))
		return 0;
	if (p->token.kind == LOAD_END || p->token.kind == LOAD_BROKEN || load_is_punct(p, '('))
		return load_expected(
		    p, "inline, stdin, filename matching, a file's name or a URL");
	if (p->token.kind == LOAD_STRING || p->token.kind == LOAD_QUOTED) {
		name = p->token.value;
		load_advance(p);
	} else {
		name = load_take_operand(p);
	}
	f->kind = is_url(name) ? PLACE_URL : PLACE_NAME;
	f->name = f->kind == PLACE_URL ? name : load_path(p->job, p->t, without_scheme(name));
	return 0;
}

int
load_parse_files(struct load_parser *p, struct load_command *c)
{
	c->source.at = p->token.at;
	if (parse_where(p, c) < 0)
		return -1;
	if (load_at(p, "with encoding")) {
		load_take(p, "with encoding");
		if (load_parse_with_encoding(p, &c->files.encoding) < 0)
			return -1;
	}
	if (c->kind != LOAD_ARCHIVE && load_take(p, "having fields")) {
		if (!load_is_punct(p, '('))
			return load_expected(p, "'(' behind having fields");
	} else if (!load_is_punct(p, '(')) {
		return 0;
	}
	if (c->kind == LOAD_ARCHIVE || c->kind == LOAD_DBF)
		return load_fail(p, p->token.at, "%s: its fields are in the file itself",
				 load_kind_name(c->kind));
	load_advance(p);
	if (load_parse_field_list(p, c) < 0)
		return -1;
	return load_expect_punct(p, ')', "',' or ')'");
}

/* --- fields ------------------------------------------------------------------------------- */

static int
parse_trim(struct load_parser *p, struct load_field *f)
{
	if (load_take(p, "both"))
		f->trim = TRIM_BOTH;
	else if (load_take(p, "left"))
		f->trim = TRIM_LEFT;
	else if (load_take(p, "right"))
		f->trim = TRIM_RIGHT;
	else
		return load_expected(p, "both, left or right behind trim");
	return load_expect(p, "whitespace");
}

/* 1: one option; 0: none; or -1. */
static int
parse_field_option(struct load_parser *p, struct load_field *f)
{
	int got = 0;

	if (load_take(p, "terminated by")) {
		got = load_take_char(p, "a character in single quotes behind terminated by",
				     &f->terminated);
	} else if (load_take(p, "date format")) {
		got =
		    load_take_text(p, "a format in quotes behind date format", &f->date_format);
	} else if (load_take(p, "null if")) {
		if (load_take(p, "blanks"))
			f->null_if_blanks = true;
		else
			got = load_take_text(p, "blanks, or a text in quotes, behind null if",
					     &f->null_if);
	} else if (load_take(p, "trim")) {
		got = parse_trim(p, f);
	} else {
		return 0;
	}
	return got < 0 ? -1 : 1;
}

static int
parse_field_options(struct load_parser *p, struct load_field *f)
{
	int got;

	if (!load_take_punct(p, '[')) {
		while ((got = parse_field_option(p, f)) > 0)
			;
		return got;
	}
	do {
		got = parse_field_option(p, f);
		if (got == 0)
			got = load_expected(p, "terminated by, date format, null if or trim");
		if (got < 0)
			return -1;
	} while (load_take_punct(p, ','));
	return load_expect_punct(p, ']', "',' or ']'");
}

/* A number of digits, or 0x and hexadecimal ones. */
static int
take_position(struct load_parser *p, const char *what, struct str *out)
{
	struct str s = p->token.value;
	bool hex = p->token.kind == LOAD_WORD && s.n > 2 && s.p[0] == '0' &&
	    (s.p[1] == 'x' || s.p[1] == 'X');

	for (size_t i = 2; hex && i < s.n; i++)
		if (!strchr("0123456789abcdefABCDEF", s.p[i]))
			return load_expected(p, what);
	if (!hex)
		return load_take_number(p, what, out);
	*out = s;
	load_advance(p);
	return 0;
}

/* name from 0 for 10 */
static int
parse_extent(struct load_parser *p, struct load_field *f)
{
	if (load_expect(p, "from") < 0 ||
	    take_position(p, "where the field begins: a number behind from", &f->from) < 0 ||
	    load_expect(p, "for") < 0)
		return -1;
	return take_position(p, "how long the field is: a number behind for", &f->length);
}

int
load_parse_field_list(struct load_parser *p, struct load_command *c)
{
	do {
		struct load_field *f = pool_get(&p->job->pool, sizeof(*f));

		if (load_take_name(p, "the name of a field", &f->name) < 0)
			return -1;
		if (c->kind == LOAD_FIXED && parse_extent(p, f) < 0)
			return -1;
		if (parse_field_options(p, f) < 0)
			return -1;
		*c->fields_end = f;
		c->fields_end = &f->next;
	} while (load_take_punct(p, ','));
	return 0;
}

/* --- columns ------------------------------------------------------------------------------ */

/* The words of a type, with its parentheses, to using, ',' or ')'. */
static int
parse_type(struct load_parser *p, struct load_field *f)
{
	size_t from = p->token.at, to = from;
	int depth = 0;

	if (p->token.kind == LOAD_QUOTED || p->token.kind == LOAD_STRING)
		return load_take_text(p, "a type", &f->type);
	while (depth ||
	       (!load_is(p, "using") && !load_is_punct(p, ',') && !load_is_punct(p, ')'))) {
		if (p->token.kind != LOAD_WORD && p->token.kind != LOAD_PUNCT &&
		    p->token.kind != LOAD_QUOTED)
			return load_expected(
			    p, depth ? "')'" : "using, ',' or ')' behind the type of a column");
		depth += load_is_punct(p, '(');
		depth -= load_is_punct(p, ')');
		load_advance(p);
		to = p->before;
	}
	if (to > from)
		f->type = str_of(p->text.p + from, to - from);
	return 0;
}

int
load_parse_column_list(struct load_parser *p, struct load_command *c)
{
	do {
		struct load_field *f = pool_get(&p->job->pool, sizeof(*f));

		if (load_take_name(p, "the name of a column", &f->name) < 0 ||
		    parse_type(p, f) < 0)
			return -1;
		if (load_take(p, "using") && load_take_form(p, &f->using) < 0)
			return -1;
		*c->columns_end = f;
		c->columns_end = &f->next;
	} while (load_take_punct(p, ','));
	return load_expect_punct(p, ')', "',' or ')'");
}
