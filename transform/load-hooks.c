/*
 * pgloader's command files: SQL that runs before and after. psql will run it, to which a backslash begins a command of its
 * own: \i and \ir are replaced by what is in the file, and any other is refused. So is SQL whose quotes do not end, as
 * what follows would be taken for a part of it.
 */
#include "schema/base/utf8.h"
#include "transform/load-parse.h"

enum { HOOK_MAX_BYTES = 64 * 1024 * 1024, HOOK_MAX_DEPTH = 16 };

/* A text of SQL; and the file it is in, or NULL. */
struct sql {
	struct load_job *job;
	struct str text;
	size_t at;
	const char *file; /* NULL: in the command file */
	int depth;        /* of files in files */
	struct buf *out;
	bool open; /* something stands behind the last ';' */
	const char *fault;
	size_t fault_at;
	struct err *e;
};

static int add_file(struct sql *parent, struct str name, struct err *e);

/* --- quotes ------------------------------------------------------------------------------- */

static char
peek(const struct sql *s, size_t at)
{
	return at < s->text.n ? s->text.p[at] : '\0';
}

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || (unsigned char)c >= 0x80;
}

/* Behind a text in quotes; E'…' has backslashes. 0: it does not end. */
static size_t
quoted_end(const struct sql *s, size_t at)
{
	char quote = s->text.p[at];
	bool escapes = quote == '\'' && at > 0 &&
	    (s->text.p[at - 1] == 'e' || s->text.p[at - 1] == 'E') &&
	    (at < 2 || !is_name_byte(s->text.p[at - 2]));

	for (at++; at < s->text.n; at++) {
		if ((escapes && s->text.p[at] == '\\') ||
		    (s->text.p[at] == quote && peek(s, at + 1) == quote))
			at++;
		else if (s->text.p[at] == quote)
			return at + 1;
	}
	return 0;
}

/* Comments of SQL nest. 0: it does not end. */
static size_t
comment_end(const struct sql *s, size_t at)
{
	size_t depth = 0;

	for (; at + 1 < s->text.n; at++) {
		if (s->text.p[at] == '/' && s->text.p[at + 1] == '*') {
			depth++;
			at++;
		} else if (s->text.p[at] == '*' && s->text.p[at + 1] == '/') {
			at++;
			if (--depth == 0)
				return at + 1;
		}
	}
	return 0;
}

/* The length of $tag$, or 0. */
static size_t
dollar_tag(const struct sql *s, size_t at)
{
	size_t end = at + 1;

	if (at > 0 && is_name_byte(s->text.p[at - 1]))
		return 0;
	if (peek(s, end) >= '0' && peek(s, end) <= '9')
		return 0;
	while (is_name_byte(peek(s, end)))
		end++;
	return peek(s, end) == '$' ? end + 1 - at : 0;
}

static size_t
dollar_end(const struct sql *s, size_t at, size_t tag)
{
	for (size_t i = at + tag; i + tag <= s->text.n; i++)
		if (s->text.p[i] == '$' && memcmp(s->text.p + i, s->text.p + at, tag) == 0)
			return i + tag;
	return 0;
}

/* --- one text ----------------------------------------------------------------------------- */

static int
fault(struct sql *s, size_t at, const char *what)
{
	s->fault = what;
	s->fault_at = at;
	return -1;
}

/* What ends by itself, as it is: a text, name, comment. */
static int
copy_to(struct sql *s, size_t end, const char *what)
{
	if (end == 0)
		return fault(s, s->at, what);
	buf_add(s->out, str_of(s->text.p + s->at, end - s->at));
	s->at = end;
	return 0;
}

/* \i file or \ir file, to the end of the line. */
static int
include(struct sql *s)
{
	size_t from = s->at, end = from;
	struct str line, word, name;

	while (end < s->text.n && s->text.p[end] != '\n')
		end++;
	line = str_trim(str_of(s->text.p + from, end - from));
	if (!str_cut(line, ' ', &word, &name) && !str_cut(line, '\t', &word, &name))
		word = line, name = STR_NONE;
	if (!str_eq(word, STR("\\i")) && !str_eq(word, STR("\\ir")))
		return fault(s, from, "a command of psql: only \\i and \\ir are known here");
	name = str_trim(name);
	if (name.n && name.p[name.n - 1] == ';')
		name = str_trim(str_of(name.p, name.n - 1));
	if (name.n > 1 && name.p[0] == '\'' && name.p[name.n - 1] == '\'')
		name = str_of(name.p + 1, name.n - 2);
	if (name.n == 0)
		return fault(s, from, "expected the name of a file behind \\i");
	s->at = end;
	return add_file(s, name, s->e);
}

static int
scan(struct sql *s)
{
	size_t tag;

	while (s->at < s->text.n) {
		char c = s->text.p[s->at];
		int result = 0;

		if (c == '-' && peek(s, s->at + 1) == '-') {
			const char *end = memchr(s->text.p + s->at, '\n', s->text.n - s->at);

			result = copy_to(s, end ? (size_t)(end - s->text.p) : s->text.n, "");
			continue;
		}
		if (c == '/' && peek(s, s->at + 1) == '*') {
			if (copy_to(s, comment_end(s, s->at),
				    "a comment without its end: expected */") < 0)
				return -1;
			continue;
		}
		if (c == '\'' || c == '"') {
			s->open = true;
			result = copy_to(s, quoted_end(s, s->at), "a quote without its end");
		} else if (c == '$' && (tag = dollar_tag(s, s->at))) {
			s->open = true;
			result = copy_to(s, dollar_end(s, s->at, tag),
					 "a text in $$ without its end");
		} else if (c == '\\') {
			result = include(s);
		} else {
			if (c == ';')
				s->open = false;
			else if (!strchr(" \t\n\r\f\v", c))
				s->open = true;
			buf_addc(s->out, c);
			s->at++;
		}
		if (result < 0)
			return -1;
	}
	if (s->out->n && s->out->p[s->out->n - 1] != '\n')
		buf_addc(s->out, '\n');
	if (s->open)
		buf_add(s->out, STR(";\n"));
	s->open = false;
	return 0;
}

/* --- files -------------------------------------------------------------------------------- */

static int
read_file(const char *path, struct buf *out, struct err *e)
{
	struct input in;
	int got;

	if (input_open(&in, path, e) < 0)
		return -1;
	while ((got = input_more(&in, HOOK_MAX_BYTES, e)) > 0)
		;
	if (got == 0)
		buf_add(out, str_of(in.p + in.beg, in.end - in.beg));
	input_close(&in);
	return got;
}

static int
fault_in_file(const struct sql *s, struct err *e)
{
	size_t line = 1, column = 1;

	for (size_t i = 0; i < s->fault_at; i++) {
		column++;
		if (s->text.p[i] == '\n') {
			line++;
			column = 1;
		}
	}
	return err_set(e, STATUS_USAGE, "%s:%zu:%zu: %s", s->file, line, column, s->fault);
}

static int
scan_file(struct load_job *job, const char *path, int depth, struct buf *out, struct err *e)
{
	struct sql s = { .job = job, .file = path, .depth = depth, .out = out, .e = e };
	struct buf text = { 0 };
	int result = read_file(path, &text, e);

	s.text = buf_str(&text);
	if (result == 0 && utf8_valid(s.text) < s.text.n)
		result = fault(&s, utf8_valid(s.text), "this is not valid UTF-8");
	if (result == 0 && s.text.n && memchr(s.text.p, '\0', s.text.n))
		result = fault(&s, 0, "a zero byte in this file");
	if (result == 0)
		result = scan(&s);
	if (result < 0 && s.fault)
		fault_in_file(&s, e);
	buf_release(&text);
	return result;
}

/* A file that another one includes, from the same folder. */
static int
add_file(struct sql *parent, struct str name, struct err *e)
{
	const char *slash = parent->file ? strrchr(parent->file, '/') : NULL;
	struct buf path = { 0 };
	struct str kept;

	if (!parent->file)
		return fault(parent, parent->at,
			     "\\i in a command file: execute 'FILE' reads one");
	if (parent->depth == HOOK_MAX_DEPTH)
		return err_set(e, STATUS_USAGE,
			       "%s: files in files in files, %d deep: one includes itself",
			       parent->file, HOOK_MAX_DEPTH);
	if (name.p[0] != '/' && slash)
		buf_add(&path, str_of(parent->file, (size_t)(slash - parent->file) + 1));
	buf_add(&path, name);
	kept = load_keep(parent->job, &path);
	return scan_file(parent->job, kept.p, parent->depth + 1, parent->out, e);
}

int
load_hook_file(struct load_job *job, const char *path, struct buf *out, struct err *e)
{
	return scan_file(job, path, 0, out, e);
}

/* --- clauses ------------------------------------------------------------------------------ */

static int
parse_do(struct load_parser *p, struct buf *out)
{
	do {
		struct sql s = { .job = p->job, .text = p->token.value, .out = out, .e = p->e };
		size_t at = p->token.at;

		if (p->token.kind != LOAD_DOLLAR)
			return load_expected(p, "SQL in $$ … $$");
		if (scan(&s) < 0)
			return p->e->status
			    ? -1
			    : load_fail(p,
					at + (size_t)(s.text.p - p->token.raw.p) + s.fault_at,
					"%s", s.fault);
		load_advance(p);
	} while (load_take_punct(p, ',') && !load_at(p, "do") && !load_at(p, "execute"));
	return 0;
}

static int
parse_execute(struct load_parser *p, struct buf *out)
{
	do {
		struct str name;

		if (p->token.kind == LOAD_STRING || p->token.kind == LOAD_QUOTED) {
			name = p->token.value;
			load_advance(p);
		} else if (p->token.kind == LOAD_END || load_is_punct(p, ';')) {
			return load_expected(p, "the name of a file behind execute");
		} else {
			name = load_take_operand(p);
			if (name.n && name.p[name.n - 1] == ',') {
				load_go(p, (size_t)(name.p - p->text.p) + name.n - 1);
				name.n--;
			}
		}
		if (name.n == 0)
			return load_expected(p, "the name of a file behind execute");
		name = pool_str(&p->job->pool, load_path(p->job, p->t, name));
		if (load_hook_file(p->job, name.p, out, p->e) < 0)
			return -1;
	} while (load_take_punct(p, ',') && !load_at(p, "do") && !load_at(p, "execute"));
	return 0;
}

int
load_parse_hook(struct load_parser *p, struct load_command *c, enum load_hook hook)
{
	bool any = false;

	for (;;) {
		int result;

		if (load_take(p, "do"))
			result = parse_do(p, &c->hooks[hook]);
		else if (load_take(p, "execute"))
			result = parse_execute(p, &c->hooks[hook]);
		else
			return any ? 0 : load_expected(p, "do or execute");
		if (result < 0)
			return -1;
		any = true;
	}
}

int
load_parse_hook_clause(struct load_parser *p, struct load_command *c)
{
	int result;

	if (load_take(p, "before load"))
		result = load_parse_hook(p, c, HOOK_BEFORE);
	else if (load_take(p, "after create schema"))
		result = load_parse_hook(p, c, HOOK_SCHEMA);
	else if (load_take(p, "after load"))
		result = load_parse_hook(p, c, HOOK_AFTER);
	else if (load_take(p, "before"))
		result = load_expected(p, "load behind before");
	else if (load_take(p, "after"))
		result = load_expected(p, "load or create schema behind after");
	else
		return 0;
	return result < 0 ? -1 : 1;
}
