/*
 * pgloader's command files: commands and their clauses. Clauses may stand in any order behind FROM and INTO, and those
 * that add to one another several times.
 */
#include "transform/load-parse.h"

static const char *const kind_names[LOAD_KINDS] = {
	[LOAD_MYSQL] = "mysql",      [LOAD_MSSQL] = "mssql", [LOAD_SQLITE] = "sqlite",
	[LOAD_PGSQL] = "postgresql", [LOAD_CSV] = "csv",     [LOAD_FIXED] = "fixed",
	[LOAD_COPY] = "copy",        [LOAD_DBF] = "dbf",     [LOAD_ARCHIVE] = "archive",
};

const char *
load_kind_name(enum load_kind kind)
{
	return kind_names[kind];
}

const char *
load_clause(struct load_parser *p)
{
	static const char *const clauses[] = {
		"with",  "set",         "cast",       "including", "excluding", "decoding",
		"alter", "materialize", "distribute", "before",    "after",     "finally",
		"load",  "and load",    "into",       "from",
	};

	if (p->token.kind != LOAD_WORD)
		return NULL;
	for (size_t i = 0; i < sizeof(clauses) / sizeof(clauses[0]); i++)
		if (load_at(p, clauses[i]))
			return clauses[i];
	return NULL;
}

static struct load_command *
add_command(struct load_job *job, const struct load_text *t, enum load_kind kind, size_t at)
{
	struct load_command *c = pool_get(&job->pool, sizeof(*c));

	c->kind = kind;
	c->text = t;
	c->at = at;
	c->filters_end = &c->filters;
	c->distribute_end = &c->distribute;
	c->fields_end = &c->fields;
	c->columns_end = &c->columns;
	*job->end = c;
	job->end = &c->next;
	job->count++;
	return c;
}

/* --- heads -------------------------------------------------------------------------------- */

/* target table NAME, and target columns (…), or the columns alone. */
static int
parse_target_table(struct load_parser *p, struct load_command *c)
{
	if (load_take(p, "target table")) {
		if (load_take_qualified(p, "the name of a table", &c->schema, &c->table) < 0)
			return -1;
	} else if (load_at(p, "target") && !load_at(p, "target columns")) {
		load_advance(p);
		return load_expected(p, "table or columns behind target");
	}
	if (load_take(p, "target columns")) {
		if (!load_is_punct(p, '('))
			return load_expected(p, "'(' behind target columns");
	} else if (!load_is_punct(p, '(')) {
		return 0;
	}
	if (c->kind == LOAD_DBF)
		return load_fail(p, p->token.at, "dbf: its columns are those of the file");
	load_advance(p);
	return load_parse_column_list(p, c);
}

static int
parse_head(struct load_parser *p, struct load_command *c, bool database)
{
	if (load_expect(p, "from") < 0)
		return -1;
	if ((database ? load_parse_source_uri(p, c) : load_parse_files(p, c)) < 0)
		return -1;
	if (c->kind == LOAD_ARCHIVE && !load_at(p, "into"))
		return 0;
	if (load_expect(p, "into") < 0 || load_parse_target_uri(p, c) < 0)
		return -1;
	if (c->target.tablename.p && (LOAD_IS_FILE & 1 << c->kind))
		load_split_name(c->target.tablename, &c->schema, &c->table);
	else if (c->target.tablename.p && database)
		return load_fail(p, c->target.at,
				 "tablename: a database goes into several tables");
	return LOAD_IS_FILE & 1 << c->kind ? parse_target_table(p, c) : 0;
}

/* --- clauses ------------------------------------------------------------------------------ */

/* Whether what a clause says has a meaning for this kind of source. */
static bool
takes_cast(enum load_kind kind)
{
	return LOAD_IS_DATABASE & 1 << kind || kind == LOAD_DBF;
}

/* 1: there was one; 0: none; or -1. */
static int
parse_clause(struct load_parser *p, struct load_command *c)
{
	const char *clause = load_clause(p);
	size_t at = p->token.at;
	int result;

	if (!clause || c->kind == LOAD_ARCHIVE)
		return load_parse_hook_clause(p, c);
	if (load_take(p, "with"))
		result = load_parse_with(p, c);
	else if (load_take(p, "set"))
		result = load_parse_set(p, c);
	else if (load_at(p, "cast") && !takes_cast(c->kind))
		result =
		    load_fail(p, at, "cast: not for a source of %s", load_kind_name(c->kind));
	else if (load_take(p, "cast"))
		result = load_parse_casts(p, c);
	else if (LOAD_IS_DATABASE & 1 << c->kind &&
		 (result = load_parse_table_clause(p, c)) != 0)
		return result;
	else
		return load_parse_hook_clause(p, c);
	return result < 0 ? -1 : 1;
}

static int
parse_clauses(struct load_parser *p, struct load_command *c)
{
	int result;

	while ((result = parse_clause(p, c)) > 0)
		;
	return result;
}

/* --- inline data -------------------------------------------------------------------------- */

static bool
is_inline(const struct load_command *c)
{
	return LOAD_IS_FILE & 1 << c->kind && c->files.kind == PLACE_INLINE;
}

/* What is behind the line of the ';', but for empty lines at its beginning: to the end of the file. */
static void
take_data(struct load_parser *p, struct load_command *c)
{
	size_t at = p->before;
	struct str line, rest;

	rest = str_of(p->text.p + at, p->text.n - at);
	if (str_cut(rest, '\n', &line, &rest) && str_trim(line).n)
		rest = str_of(line.p, p->text.n - at);
	while (rest.n &&
	       (rest.p[0] == '\n' || (rest.p[0] == '\r' && rest.n > 1 && rest.p[1] == '\n')))
		rest = str_of(rest.p + 1, rest.n - 1);
	c->files.data = rest;
	load_go(p, p->text.n);
}

/* --- commands ----------------------------------------------------------------------------- */

static int parse_archive(struct load_parser *p, struct load_command *c);

/* Behind load: what, and from where. */
static int
parse_load(struct load_parser *p, size_t at, struct load_command *archive)
{
	static const struct {
		const char *word;
		enum load_kind kind;
	} kinds[] = {
		{ "database", LOAD_MYSQL },  { "csv", LOAD_CSV }, { "fixed", LOAD_FIXED },
		{ "copy", LOAD_COPY },       { "dbf", LOAD_DBF }, { "db3", LOAD_DBF },
		{ "archive", LOAD_ARCHIVE },
	};
	struct load_command *c;
	size_t i = 0;

	while (i < sizeof(kinds) / sizeof(kinds[0]) && !load_take(p, kinds[i].word))
		i++;
	if (i == sizeof(kinds) / sizeof(kinds[0])) {
		if (load_is(p, "ixf") || load_is(p, "messages") || load_is(p, "syslog"))
			return load_fail(p, p->token.at,
					 "load %.*s: no source that is read here",
					 (int)p->token.raw.n, p->token.raw.p);
		return load_expected(p,
				     "database, csv, fixed, copy, dbf or archive behind load");
	}
	if (archive && kinds[i].kind == LOAD_ARCHIVE)
		return load_fail(p, at, "an archive in an archive");
	c = add_command(p->job, p->t, kinds[i].kind, at);
	c->parent = archive;
	if (parse_head(p, c, i == 0) < 0)
		return -1;
	if (archive && is_inline(c))
		return load_fail(
		    p, c->source.at,
		    "inline: the data of a command in an archive is in the archive");
	if (c->kind == LOAD_ARCHIVE)
		return parse_archive(p, c);
	return parse_clauses(p, c);
}

static int
parse_archive(struct load_parser *p, struct load_command *c)
{
	if (c->files.kind != PLACE_NAME && c->files.kind != PLACE_URL)
		return load_fail(p, c->source.at, "expected the name or URL of an archive");
	if (parse_clauses(p, c) < 0)
		return -1;
	do {
		size_t at = p->token.at;

		if (load_expect(p, "load") < 0 || parse_load(p, at, c) < 0)
			return -1;
	} while (load_take(p, "and"));
	if (load_take(p, "finally"))
		return load_parse_hook(p, c, HOOK_AFTER);
	return 0;
}

static int
parse_command(struct load_parser *p)
{
	size_t at = p->token.at, commands = p->job->count;
	struct load_command **from = p->job->end, *c;

	if (load_expect(p, "load") < 0 || parse_load(p, at, NULL) < 0)
		return -1;
	if (!load_is_punct(p, ';')) {
		if (p->token.kind == LOAD_END && !is_inline(*from))
			return 0;
		return load_expected(p, "a clause, or ';'");
	}
	c = *from;
	load_advance(p);
	if (p->job->count == commands + 1 && is_inline(c))
		take_data(p, c);
	return 0;
}

int
load_parse(struct load_job *job, const struct load_text *text, struct err *e)
{
	size_t before = job->count;
	struct load_parser p;

	load_begin(&p, job, text, e);
	do {
		while (load_take_punct(&p, ';'))
			;
		if (job->count > before && p.token.kind == LOAD_END)
			break;
		if (parse_command(&p) < 0)
			return -1;
	} while (p.token.kind != LOAD_END);
	return 0;
}

void
load_job_init(struct load_job *job)
{
	*job = (struct load_job){ .version = 3 };
	job->end = &job->first;
	rules_init(&job->rules);
}

void
load_job_release(struct load_job *job)
{
	for (struct load_command *c = job->first; c; c = c->next) {
		buf_release(&c->casts);
		for (size_t i = 0; i < LOAD_HOOKS; i++)
			buf_release(&c->hooks[i]);
	}
	rules_release(&job->rules);
	pool_release(&job->pool);
}
