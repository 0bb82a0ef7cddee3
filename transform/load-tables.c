/* pgloader's command files: clauses that choose tables, or say what becomes of them. */
#include "transform/load-parse.h"

/* --- what matches ------------------------------------------------------------------------- */

static int
take_match(struct load_parser *p, bool like, struct load_match **out)
{
	struct load_match *m = pool_get(&p->job->pool, sizeof(*m));

	m->text = p->token.value;
	if (p->token.kind == LOAD_REGEX && !like) {
		struct err e = { 0 };
		struct pattern *pattern;

		m->kind = MATCH_REGEX;
		pattern =
		    pattern_regex(&p->job->pool, &p->job->rules.matcher, m->text, false, &e);
		if (!pattern)
			return load_fail(p, p->token.at, "%s", e.text);
		pattern_release(pattern);
	} else if (p->token.kind == LOAD_STRING || p->token.kind == LOAD_QUOTED) {
		m->kind = like ? MATCH_LIKE : MATCH_NAME;
	} else {
		return load_expected(
		    p,
		    like ? "a pattern in single quotes behind like"
			 : "a name in single quotes, or a regular expression such as ~/x/");
	}
	if (m->kind != MATCH_REGEX && m->text.n == 0)
		return load_fail(p, p->token.at, "a table's name is not empty");
	load_advance(p);
	*out = m;
	return 0;
}

static int
take_matches(struct load_parser *p, bool like, struct load_match **out)
{
	do {
		if (take_match(p, like, out) < 0)
			return -1;
		out = &(*out)->next;
	} while (load_take_punct(p, ','));
	return 0;
}

static struct load_filter *
add_filter(struct load_parser *p, struct load_command *c, enum load_filter_kind kind, size_t at)
{
	struct load_filter *f = pool_get(&p->job->pool, sizeof(*f));

	f->kind = kind;
	f->at = at;
	*c->filters_end = f;
	c->filters_end = &f->next;
	return f;
}

static int
take_schema(struct load_parser *p, const struct load_command *c, struct load_filter *f)
{
	size_t at = p->token.at;

	if (!load_take(p, "in schema"))
		return 0;
	if (c->kind == LOAD_SQLITE)
		return load_fail(p, at, "in schema: an SQLite database has no schemas");
	if (p->token.kind == LOAD_WORD)
		return load_take_name(p, "the name of a schema", &f->schema);
	return load_take_text(p, "the name of a schema in single quotes", &f->schema);
}

/* Behind table names: matching … or like …, for what that kind of source takes. */
static int
parse_names(struct load_parser *p, struct load_command *c, struct load_filter *f)
{
	bool like = load_take(p, "like");

	if (!like && !load_take(p, "matching"))
		return load_expected(p, "matching or like");
	if (like && c->kind != LOAD_MSSQL && c->kind != LOAD_SQLITE)
		return load_fail(p, p->before - 4, "like: a source of %s takes matching",
				 load_kind_name(c->kind));
	if (take_matches(p, like, &f->matches) < 0)
		return -1;
	return take_schema(p, c, f);
}

/* --- including, excluding, decoding, alter ------------------------------------------------- */

static int
parse_filter(struct load_parser *p, struct load_command *c, enum load_filter_kind kind,
	     size_t at)
{
	return parse_names(p, c, add_filter(p, c, kind, at));
}

static int
parse_decoding(struct load_parser *p, struct load_command *c, size_t at)
{
	struct load_filter *f = add_filter(p, c, FILTER_DECODE, at);
	struct err e = { 0 };

	if (c->kind != LOAD_MYSQL)
		return load_fail(
		    p, at,
		    "decoding table names: the source is %s, and its texts say what they are",
		    load_kind_name(c->kind));
	if (parse_names(p, c, f) < 0 || load_expect(p, "as") < 0)
		return -1;
	at = p->token.at;
	if (load_parse_with_encoding(p, &f->charset) < 0)
		return -1;
	return rules_check_charset(f->charset, &e) < 0 ? load_fail(p, at, "%s", e.text) : 0;
}

/* A new name, in single or double quotes, or a word. */
static int
take_new_name(struct load_parser *p, const char *what, struct str *out)
{
	if (p->token.kind == LOAD_STRING && p->token.value.n) {
		*out = p->token.value;
		load_advance(p);
		return 0;
	}
	return load_take_name(p, what, out);
}

/* (name = 'value', …), as PostgreSQL takes it. */
static int
take_storage(struct load_parser *p, struct str *out)
{
	struct buf b = { 0 };

	do {
		struct str name, value = STR_NONE;
		bool text;

		if (load_take_name(p, "the name of a storage parameter", &name) < 0 ||
		    load_expect_punct(p, '=', "'=' behind the name of a storage parameter") <
			0) {
			buf_release(&b);
			return -1;
		}
		text = p->token.kind == LOAD_STRING || p->token.kind == LOAD_WORD;
		value = p->token.value;
		if (!text) {
			buf_release(&b);
			return load_expected(p, "a value in single quotes");
		}
		load_advance(p);
		if (b.n)
			buf_add(&b, STR(", "));
		buf_add(&b, name);
		buf_add(&b, STR(" = "));
		buf_add_quoted(&b, value, '\'');
	} while (load_take_punct(p, ','));
	*out = load_keep(p->job, &b);
	return load_expect_punct(p, ')', "',' or ')'");
}

static int
parse_alter_table(struct load_parser *p, struct load_command *c, size_t at)
{
	struct load_filter *f = add_filter(p, c, FILTER_ALTER, at);

	if (!load_take(p, "names matching"))
		return load_expected(p, "names matching behind alter table");
	if (take_matches(p, false, &f->matches) < 0 || take_schema(p, c, f) < 0)
		return -1;
	if (load_take(p, "rename to"))
		return take_new_name(p, "the new name of the table", &f->rename);
	if (!load_take(p, "set"))
		return load_expected(p, "rename to, set schema, set tablespace or set (…)");
	if (load_take(p, "schema"))
		return take_new_name(p, "the name of a schema", &f->set_schema);
	if (load_take(p, "tablespace"))
		return take_new_name(p, "the name of a tablespace", &f->tablespace);
	if (load_take_punct(p, '('))
		return take_storage(p, &f->storage);
	return load_expected(p, "schema, tablespace or '(' behind set");
}

static int
parse_alter_schema(struct load_parser *p, struct load_command *c, size_t at)
{
	struct str from, to;

	if (take_new_name(p, "the name of a schema", &from) < 0 ||
	    load_expect(p, "rename to") < 0 ||
	    take_new_name(p, "the new name of the schema", &to) < 0)
		return -1;
	load_add(p->job, &c->schemas, from, to, at);
	return 0;
}

/* --- materialize views -------------------------------------------------------------------- */

static int
parse_view(struct load_parser *p, struct load_command *c)
{
	struct str schema, name, query = STR_NONE;
	size_t at = p->token.at;
	struct buf b = { 0 };

	if (load_take_qualified(p, "the name of a view", &schema, &name) < 0)
		return -1;
	if (load_take(p, "as")) {
		query = p->token.value;
		if (p->token.kind != LOAD_DOLLAR)
			return load_expected(p, "a query in $$ … $$ behind as");
		load_advance(p);
		while (query.n &&
		       (query.p[query.n - 1] == ';' || str_trim(query).n < query.n)) {
			query = str_trim(query);
			query.n -= query.n && query.p[query.n - 1] == ';';
		}
		if (query.n == 0)
			return load_fail(p, at, "the query of this view is empty");
	}
	if (schema.p) {
		buf_add(&b, schema);
		buf_addc(&b, '.');
	}
	buf_add(&b, name);
	load_add(p->job, &c->views, load_keep(p->job, &b), query, at);
	return 0;
}

static int
parse_views(struct load_parser *p, struct load_command *c)
{
	if (load_take(p, "all views")) {
		c->all_views = true;
		return 0;
	}
	if (!load_take(p, "views"))
		return load_expected(p, "views or all views behind materialize");
	do
		if (parse_view(p, c) < 0)
			return -1;
	while (load_take_punct(p, ','));
	return 0;
}

/* --- distribute --------------------------------------------------------------------------- */

static int
parse_distribute(struct load_parser *p, struct load_command *c, size_t at)
{
	struct load_distribute *d = pool_get(&p->job->pool, sizeof(*d));
	size_t from;

	if (load_take_qualified(p, "the name of a table", &d->schema, &d->table) < 0)
		return -1;
	if (load_take(p, "as")) {
		if (load_expect(p, "reference table") < 0)
			return -1;
	} else if (!load_take(p, "using")) {
		return load_expected(p, "using or as reference table");
	} else if (load_take_name(p, "the name of a column", &d->column) < 0) {
		return -1;
	}
	from = p->token.at;
	if (d->column.p && load_take(p, "from"))
		return load_fail(
		    p, from,
		    "distribute … from: a table's key is not filled in from other tables here: a view "
		    "(materialize views … as) of the source can bring it along");
	*c->distribute_end = d;
	c->distribute_end = &d->next;
	if (d->column.p)
		load_without_effect(
		    p->job, c, at, d->table,
		    "only this table is distributed: those that refer to it, and lack the column, are "
		    "not looked for");
	return 0;
}

/* --- all of them -------------------------------------------------------------------------- */

int
load_parse_table_clause(struct load_parser *p, struct load_command *c)
{
	size_t at = p->token.at;
	int result;

	if (load_take(p, "including only table names"))
		result = parse_filter(p, c, FILTER_INCLUDE, at);
	else if (load_take(p, "including"))
		result = load_expected(p, "only table names behind including");
	else if (load_take(p, "excluding table names"))
		result = parse_filter(p, c, FILTER_EXCLUDE, at);
	else if (load_take(p, "excluding"))
		result = load_expected(p, "table names behind excluding");
	else if (load_take(p, "decoding table names"))
		result = parse_decoding(p, c, at);
	else if (load_take(p, "decoding"))
		result = load_expected(p, "table names behind decoding");
	else if (load_take(p, "alter table"))
		result = parse_alter_table(p, c, at);
	else if (load_take(p, "alter schema"))
		result = parse_alter_schema(p, c, at);
	else if (load_take(p, "alter"))
		result = load_expected(p, "table or schema behind alter");
	else if (load_take(p, "materialize"))
		result = parse_views(p, c);
	else if (load_take(p, "distribute"))
		result = parse_distribute(p, c, at);
	else
		return 0;
	return result < 0 ? -1 : 1;
}
