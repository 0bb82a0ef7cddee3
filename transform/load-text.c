/* pgloader's command files: their text. Templates are filled in first; places are told in the file as it is. */
#include <stdlib.h>

#include "schema/base/utf8.h"
#include "transform/load-file.h"

enum { LOAD_MAX_BYTES = 256 * 1024 * 1024 };

/* --- variables ---------------------------------------------------------------------------- */

static int
read_file(const char *path, struct pool *pool, struct str *out, struct err *e)
{
	struct input in;
	int got;

	if (input_open(&in, path, e) < 0)
		return -1;
	while ((got = input_more(&in, LOAD_MAX_BYTES, e)) > 0)
		;
	if (got == 0)
		*out = pool_str(pool, str_of(in.p + in.beg, in.end - in.beg));
	input_close(&in);
	return got;
}

static struct str
without_quotes(struct str s)
{
	if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
		return str_of(s.p + 1, s.n - 2);
	return s;
}

int
load_context_read(struct load_context **context, const char *path, struct pool *pool,
		  struct err *e)
{
	struct str rest, line;
	bool ours = true;

	if (read_file(path, pool, &rest, e) < 0)
		return -1;
	for (size_t number = 1; rest.n; number++) {
		struct load_context *var;
		struct str name, value;

		str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == ';' || line.p[0] == '#')
			continue;
		if (line.p[0] == '[') {
			ours = str_eq_nocase(line, STR("[pgloader]"));
			continue;
		}
		if (!ours)
			continue;
		if (!str_cut(line, '=', &name, &value))
			return err_set(e, STATUS_USAGE,
				       "%s:%zu:1: expected NAME = VALUE, got %s", path, number,
				       show(line).text);
		var = pool_get(pool, sizeof(*var));
		var->name = str_trim(name);
		var->value = without_quotes(str_trim(value));
		var->next = *context;
		*context = var;
	}
	return 0;
}

static bool
find_variable(const struct load_context *context, struct str name, struct pool *pool,
	      struct str *out)
{
	const char *value;

	for (; context; context = context->next) {
		if (str_eq_nocase(context->name, name)) {
			*out = context->value;
			return true;
		}
	}
	value = name.n ? getenv(pool_str(pool, name).p) : NULL;
	if (value)
		*out = str_cstr(value);
	return value != NULL;
}

/* --- places ------------------------------------------------------------------------------- */

static void
find_lines(struct load_text *t, struct str file)
{
	t->lines = mem_array(str_count(file, '\n') + 1, sizeof(*t->lines));
	t->lines[t->nlines++] = 0;
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] == '\n')
			t->lines[t->nlines++] = i + 1;
}

static void
place_in_file(const struct load_text *t, size_t offset, size_t *line, size_t *column)
{
	size_t low = 0, high = t->nlines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (t->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	*line = low + 1;
	*column = offset - t->lines[low] + 1;
}

void
load_place(const struct load_text *t, size_t offset, struct buf *b)
{
	size_t low = 0, high = t->nsegments, line, column;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (t->segments[middle].at <= offset)
			low = middle;
		else
			high = middle;
	}
	if (high > low) {
		const struct load_segment *s = &t->segments[low];

		offset = s->fixed ? s->from : s->from + (offset - s->at);
	}
	place_in_file(t, offset, &line, &column);
	if (t->names)
		buf_addf(b, "%s:1:%zu", t->names[line - 1], column);
	else
		buf_addf(b, "%s:%zu:%zu", t->file, line, column);
}

/* --- templates ---------------------------------------------------------------------------- */

struct filling {
	struct load_text *t;
	struct str file;
	const struct load_context *context;
	struct pool *pool;
	struct buf out;
	size_t cap;
	struct err *e;
};

static void
add_segment(struct filling *f, size_t from, bool fixed)
{
	struct load_text *t = f->t;

	if (t->nsegments == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 16;
		t->segments = mem_grow(t->segments, f->cap, sizeof(*t->segments));
	}
	t->segments[t->nsegments++] = (struct load_segment){ f->out.n, from, fixed };
}

static int
fail_at(struct filling *f, size_t at, const char *what, struct str name)
{
	size_t line, column;

	place_in_file(f->t, at, &line, &column);
	return err_set(f->e, STATUS_USAGE, "%s:%zu:%zu: %s%s", f->t->file, line, column, what,
		       name.p ? show(name).text : "");
}

static size_t
find(struct str s, size_t from, struct str what)
{
	for (; from + what.n <= s.n; from++) {
		const char *p = memchr(s.p + from, what.p[0], s.n - from - (what.n - 1));

		if (!p)
			return s.n;
		from = (size_t)(p - s.p);
		if (memcmp(p, what.p, what.n) == 0)
			return from;
	}
	return s.n;
}

static bool
is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '_' && c != '-' && c != '.')
			return false;
	}
	return s.n > 0;
}

/* The tag whose {{ is at *at, and that moves behind its end. */
static int
fill_tag(struct filling *f, size_t *at)
{
	size_t begin = *at, end;
	bool three = begin + 2 < f->file.n && f->file.p[begin + 2] == '{';
	struct str close = three ? STR("}}}") : STR("}}"), name, value;

	begin += close.n;
	end = find(f->file, begin, close);
	if (end == f->file.n)
		return fail_at(f, *at,
			       three ? "expected }}} behind this {{{"
				     : "expected }} behind this {{",
			       STR_NONE);
	name = str_trim(str_of(f->file.p + begin, end - begin));
	if (!three && name.n && name.p[0] == '&')
		name = str_trim(str_of(name.p + 1, name.n - 1));
	if (!three && name.n && name.p[0] == '!') {
		*at = end + close.n;
		return 0;
	}
	if (!is_name(name))
		return fail_at(
		    f, *at,
		    "expected the name of a variable between {{ and }} (sections and partials are not "
		    "known here), got ",
		    name);
	if (!find_variable(f->context, name, f->pool, &value))
		return fail_at(
		    f, *at, "neither the environment nor a file of --context has the variable ",
		    name);
	add_segment(f, *at, true);
	buf_add(&f->out, value);
	*at = end + close.n;
	return 0;
}

static int
fill(struct filling *f)
{
	size_t at = 0;

	while (at < f->file.n) {
		size_t tag = find(f->file, at, STR("{{"));

		add_segment(f, at, false);
		buf_add(&f->out, str_of(f->file.p + at, tag - at));
		at = tag;
		if (at < f->file.n && fill_tag(f, &at) < 0)
			return -1;
	}
	/* What is expected at the end is expected at the end of the file. */
	add_segment(f, at, false);
	return 0;
}

static int
check_bytes(struct filling *f)
{
	size_t bad = utf8_valid(f->file);
	const char *zero = f->file.n ? memchr(f->file.p, '\0', bad) : NULL;

	if (zero)
		return fail_at(f, (size_t)(zero - f->file.p), "a zero byte", STR_NONE);
	if (bad < f->file.n)
		return fail_at(f, bad, "this is not valid UTF-8", STR_NONE);
	return 0;
}

int
load_text_of(struct load_text *t, const char *file, struct str text,
	     const struct load_context *context, struct pool *pool, struct err *e)
{
	struct filling f = { .t = t, .file = text, .context = context, .pool = pool, .e = e };
	const char *slash = strrchr(file, '/');
	int result;

	*t = (struct load_text){ .file = pool_str(pool, str_cstr(file)).p };
	t->dir = pool_str(pool, str_of(file, slash ? (size_t)(slash - file) + 1 : 0));
	find_lines(t, text);
	result = check_bytes(&f);
	if (result == 0)
		result = fill(&f);
	if (result == 0 && utf8_valid(buf_str(&f.out)) < f.out.n)
		result = fail_at(&f, 0, "a variable in it is not valid UTF-8", STR_NONE);
	if (result == 0)
		t->text = pool_str(pool, buf_str(&f.out));
	buf_release(&f.out);
	return result;
}

int
load_text_read(struct load_text *t, const char *path, const struct load_context *context,
	       struct pool *pool, struct err *e)
{
	struct str text;

	*t = (struct load_text){ .file = path };
	return read_file(path, pool, &text, e) < 0
	    ? -1
	    : load_text_of(t, path, text, context, pool, e);
}

void
load_text_release(struct load_text *t)
{
	free(t->lines);
	free(t->segments);
	*t = (struct load_text){ 0 };
}
