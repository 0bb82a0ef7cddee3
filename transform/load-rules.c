/* pgloader's command files: the job's rules, in the language of cast-schema(1). */
#include "transform/load-parse.h"

static void
add_name(struct buf *b, struct str name)
{
	buf_add_quoted(b, name, '"');
}

/* What LIKE means: any case; % and _; and in SQL Server [a-z] and [^a]. */
static void
add_like(struct buf *b, struct str pattern, bool sets)
{
	bool in_set = false;

	buf_add(b, STR("~/(?is)^"));
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i];

		if (in_set || (sets && c == '[' && memchr(pattern.p + i, ']', pattern.n - i))) {
			in_set = c != ']';
			if (strchr("/\\", c) ||
			    (c == '[' && i && pattern.p[i - 1] != ']' && b->p[b->n - 1] == '['))
				buf_addc(b, '\\');
			buf_addc(b, c);
		} else if (c == '%') {
			buf_add(b, STR(".*"));
		} else if (c == '_') {
			buf_addc(b, '.');
		} else {
			if (strchr("\\/^$.|?*+()[]{}", c))
				buf_addc(b, '\\');
			buf_addc(b, c);
		}
	}
	buf_add(b, STR("\\z/"));
}

static void
add_regex(struct buf *b, struct str regex)
{
	buf_add(b, STR("~/"));
	for (size_t i = 0; i < regex.n; i++) {
		if (regex.p[i] == '\\' && i + 1 < regex.n)
			buf_addc(b, regex.p[i++]);
		else if (regex.p[i] == '/')
			buf_addc(b, '\\');
		buf_addc(b, regex.p[i]);
	}
	buf_addc(b, '/');
}

static void
add_match(struct buf *b, const struct load_command *c, const struct load_filter *f,
	  const struct load_match *m)
{
	if (f->schema.p) {
		add_name(b, f->schema);
		buf_addc(b, '.');
	}
	switch (m->kind) {
	case MATCH_NAME: add_name(b, m->text); break;
	case MATCH_LIKE: add_like(b, m->text, c->kind == LOAD_MSSQL); break;
	case MATCH_REGEX: add_regex(b, m->text); break;
	}
}

static void
add_alteration(struct buf *b, const struct load_filter *f)
{
	if (f->rename.p) {
		buf_add(b, STR(" rename to "));
		add_name(b, f->rename);
	} else if (f->set_schema.p) {
		buf_add(b, STR(" set schema "));
		add_name(b, f->set_schema);
	} else if (f->tablespace.p) {
		buf_add(b, STR(" set tablespace "));
		add_name(b, f->tablespace);
	} else {
		buf_addf(b, " set (%.*s)", (int)f->storage.n, f->storage.p);
	}
}

/* search_path's first schema that is a name; public when there is none. */
struct str
load_search_path(const struct load_command *c)
{
	struct str first = STR("public");

	for (const struct load_item *i = c->parameters.first; i; i = i->next) {
		struct str rest = i->value, one;

		if (!str_eq_nocase(i->text, STR("search_path")))
			continue;
		first = STR("public");
		while (rest.n) {
			str_cut(rest, ',', &one, &rest);
			one = str_trim(one);
			if (one.n > 1 && one.p[0] == '"' && one.p[one.n - 1] == '"')
				one = str_of(one.p + 1, one.n - 2);
			if (one.n && !str_eq(one, STR("$user"))) {
				first = one;
				break;
			}
		}
	}
	return first;
}

static void
add_schema_rule(struct buf *b, struct str from, struct str to)
{
	buf_add(b, STR("alter schema "));
	add_name(b, from);
	buf_add(b, STR(" rename to "));
	add_name(b, to);
	buf_addc(b, '\n');
}

/* The table of a source's tablename=, which may have its schema before a dot. */
static void
add_only_table(struct buf *b, struct str name)
{
	struct str schema, table;

	load_split_name(name, &schema, &table);
	buf_add(b, STR("include table "));
	if (schema.p) {
		add_name(b, schema);
		buf_addc(b, '.');
	}
	add_name(b, table);
	buf_addc(b, '\n');
}

void
load_rules(const struct load_command *c, struct buf *b)
{
	buf_add(b, buf_str(&c->casts));
	if (c->source.tablename.p)
		add_only_table(b, c->source.tablename);
	for (const struct load_filter *f = c->filters; f; f = f->next) {
		/* pgloader lets pass what matches no table. */
		for (const struct load_match *m = f->matches; m; m = m->next) {
			buf_add(b,
				f->kind == FILTER_INCLUDE       ? STR("include table if any ")
				    : f->kind == FILTER_EXCLUDE ? STR("exclude table if any ")
								: STR("table "));
			add_match(b, c, f, m);
			if (f->kind == FILTER_ALTER)
				add_alteration(b, f);
			if (f->kind == FILTER_DECODE) {
				buf_add(b, STR(" decode as "));
				buf_add_quoted(b, f->charset, '\'');
			}
			buf_addc(b, '\n');
		}
	}
	for (const struct load_item *i = c->schemas.first; i; i = i->next)
		add_schema_rule(b, i->text, i->value);
	/* To pgloader an SQLite database has no schema, and so its tables go where the search_path leads. */
	if (c->kind == LOAD_SQLITE)
		add_schema_rule(b, STR("main"), load_search_path(c));
}
