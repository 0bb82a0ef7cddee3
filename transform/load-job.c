/*
 * pgloader's command files: the files of a job. What pgloader does by default is said here with pgtide's options, so that
 * the command line that results does the same whatever pgtide's own defaults are.
 */
#include "schema/escape.h"
#include "transform/load-parse.h"

struct writing {
	struct load_job *job;
	const struct load_command *c;
	struct str dir;
	struct buf command, rules, ignored;
	struct load_output *first, **end;
};

/* --- files -------------------------------------------------------------------------------- */

static void
add_file(struct writing *w, const char *name, struct str contents)
{
	struct load_output *f = pool_get(&w->job->pool, sizeof(*f));

	*f =
	    (struct load_output){ .name = name, .contents = pool_str(&w->job->pool, contents) };
	*w->end = f;
	w->end = &f->next;
}

/* One line. */
static void
add_line(struct writing *w, const char *name, struct str line)
{
	struct buf b = { 0 };

	escape_add(&b, line);
	buf_addc(&b, '\n');
	add_file(w, name, buf_str(&b));
	buf_release(&b);
}

/* In a line: what, and why it is of no effect. */
static void
add_ignored(struct writing *w, size_t at, struct str what, const char *why)
{
	load_place(w->c->text, at, &w->ignored);
	buf_add(&w->ignored, STR(": "));
	/* As it stands there, but in one line. */
	for (size_t i = 0; i < what.n; i++)
		buf_addc(&w->ignored, (unsigned char)what.p[i] < ' ' ? ' ' : what.p[i]);
	buf_addf(&w->ignored, ": %s\n", why);
}

/* --- the command line --------------------------------------------------------------------- */

static void
option(struct writing *w, const char *name, struct str value)
{
	struct buf b = { 0 };

	buf_addf(&b, "--%s", name);
	if (value.p) {
		buf_addc(&b, '=');
		buf_add(&b, value);
	}
	escape_add(&w->command, buf_str(&b));
	buf_addc(&w->command, '\n');
	buf_release(&b);
}

static void
option_pair(struct writing *w, const char *name, struct str left, struct str right)
{
	struct buf b = { 0 };

	buf_add(&b, left);
	buf_addc(&b, '=');
	buf_add(&b, right);
	option(w, name, buf_str(&b));
	buf_release(&b);
}

static void
flag(struct writing *w, bool on, const char *name)
{
	if (on)
		option(w, name, STR_NONE);
}

/* A file of the job, as the value of an option. */
static void
option_file(struct writing *w, const char *name, const char *file)
{
	struct buf b = { 0 };

	buf_add(&b, w->dir);
	buf_addf(&b, "/%s", file);
	option(w, name, buf_str(&b));
	buf_release(&b);
}

static bool
said(const struct writing *w, enum load_flag f, enum load_said what)
{
	return w->c->flags[f] == what;
}

static void
ignore_flag(struct writing *w, enum load_flag f, const char *what, const char *why)
{
	if (said(w, f, SAID_YES))
		add_ignored(w, w->c->flags_at[f], str_cstr(what), why);
}

static const char without_rows[] = "with schema only there are no rows";

/* What becomes of tables that are there, or that have to be. */
static void
add_existing(struct writing *w, bool data_only, bool schema_only)
{
	static const char stay[] = "tables that are there stay as they are";

	ignore_flag(w, FLAG_DROP, "include drop", stay);
	ignore_flag(w, FLAG_DROP_SCHEMA, "drop schema", stay);
	if (data_only) {
		ignore_flag(w, FLAG_TABLES, "create tables",
			    "with data only no tables are made");
		ignore_flag(w, FLAG_SCHEMAS, "create schemas",
			    "with data only no schemas are made");
		ignore_flag(w, FLAG_INDEXES, "create indexes",
			    "with data only no indexes are made");
		ignore_flag(w, FLAG_FOREIGN, "foreign keys", "with data only no keys are made");
	}
	option(w, data_only ? "data-only" : "no-tables", STR_NONE);
	if (schema_only)
		ignore_flag(w, FLAG_TRUNCATE, "truncate", without_rows);
	else
		option(w, said(w, FLAG_TRUNCATE, SAID_YES) ? "truncate" : "append", STR_NONE);
	/* Without data only, pgloader takes the indexes of its target down and puts them back; none are made. */
	flag(w, !data_only || said(w, FLAG_DROP_INDEXES, SAID_YES), "drop-indexes");
}

static void
add_created(struct writing *w, bool schema_only)
{
	bool drop = !said(w, FLAG_DROP, SAID_NO),
	     drop_schema = said(w, FLAG_DROP_SCHEMA, SAID_YES);

	ignore_flag(w, FLAG_DROP_INDEXES, "drop indexes",
		    "indexes are made when the rows are there");
	if (drop_schema)
		option(w, "drop-schema", STR_NONE);
	else if (drop)
		option(w, "drop", STR_NONE);
	if (schema_only)
		ignore_flag(w, FLAG_TRUNCATE, "truncate", without_rows);
	else if (drop || drop_schema)
		ignore_flag(w, FLAG_TRUNCATE, "truncate", "a table that is made anew is empty");
	else
		flag(w, said(w, FLAG_TRUNCATE, SAID_YES), "truncate");
}

static void
add_modes(struct writing *w)
{
	bool data_only = said(w, FLAG_DATA_ONLY, SAID_YES),
	     schema_only = said(w, FLAG_SCHEMA_ONLY, SAID_YES);
	bool existing = data_only || said(w, FLAG_TABLES, SAID_NO);

	if (existing)
		add_existing(w, data_only, schema_only);
	else
		add_created(w, schema_only);
	flag(w, schema_only, "schema-only");
	flag(w, !existing && said(w, FLAG_SCHEMAS, SAID_NO), "no-schemas");
	flag(w, !data_only && (existing || said(w, FLAG_INDEXES, SAID_NO)), "no-indexes");
	flag(w, !data_only && (existing || said(w, FLAG_FOREIGN, SAID_NO)), "no-foreign-keys");
	flag(w, said(w, FLAG_SEQUENCES, SAID_NO), "no-sequences");
	if (schema_only)
		ignore_flag(w, FLAG_TRIGGERS, "disable triggers", without_rows);
	else
		flag(w, said(w, FLAG_TRIGGERS, SAID_YES), "disable-triggers");
}

/* Rows of a file go into a table that is there, but that of a dbf file may be made. */
static void
add_file_modes(struct writing *w)
{
	bool existing = !said(w, FLAG_TABLES, SAID_YES);

	flag(w, existing, "no-tables");
	flag(w, said(w, FLAG_TRUNCATE, SAID_YES), "truncate");
	flag(w, !said(w, FLAG_TRUNCATE, SAID_YES), "append");
	flag(w, said(w, FLAG_DROP_INDEXES, SAID_YES), "drop-indexes");
	flag(w, said(w, FLAG_TRIGGERS, SAID_YES), "disable-triggers");
}

static enum load_identifiers
identifiers(const struct writing *w)
{
	if (w->c->identifiers)
		return w->c->identifiers;
	return w->job->version == 4 && w->c->kind == LOAD_MYSQL ? IDENTIFIERS_QUOTE
								: IDENTIFIERS_DOWNCASE;
}

/* What sessions of pgtide set themselves, as it says what their bytes mean or how long they live. */
static bool
is_ours(struct str name, bool source)
{
	static const char *const ours[] = { "client_encoding", "client_min_messages",
					    "datestyle", "intervalstyle",
					    "standard_conforming_strings" };
	static const char *const source_ours[] = { "net_read_timeout",
						   "net_write_timeout",
						   "wait_timeout",
						   "interactive_timeout",
						   "max_execution_time",
						   "sql_mode",
						   "time_zone",
						   "names",
						   "character_set_results",
						   "textsize" };
	const char *const *names = source ? source_ours : ours;
	size_t count = source ? sizeof(source_ours) / sizeof(source_ours[0])
			      : sizeof(ours) / sizeof(ours[0]);

	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(name, str_cstr(names[i])))
			return true;
	return false;
}

static void
add_parameters(struct writing *w)
{
	static const char why[] = "pgtide sets this itself in its sessions";

	for (const struct load_item *i = w->c->parameters.first; i; i = i->next) {
		if (is_ours(i->text, false))
			add_ignored(w, i->at, i->text, why);
		else
			option_pair(w, "set", i->text, i->value);
	}
	for (const struct load_item *i = w->c->source_parameters.first; i; i = i->next) {
		if (is_ours(i->text, true))
			add_ignored(w, i->at, i->text, why);
		else
			option_pair(w, "source-set", i->text, i->value);
	}
}

static void
add_options(struct writing *w)
{
	static const char *const names[] = { "", "downcase", "quote", "snake_case" };
	bool file = LOAD_IS_FILE & 1 << w->c->kind;
	bool resume = file || w->job->version == 4;

	option(w, "pgloader", w->job->version == 4 ? STR("4") : STR("3"));
	option(w, "identifiers", str_cstr(names[identifiers(w)]));
	if (!file)
		option(w, "index-names",
		       said(w, FLAG_UNIQUIFY, SAID_NO) ? STR("keep") : STR("uniquify"));
	if (file)
		add_file_modes(w);
	else
		add_modes(w);
	if (said(w, FLAG_ON_ERROR_STOP, SAID_NO) ||
	    (resume && !said(w, FLAG_ON_ERROR_STOP, SAID_YES)))
		option(w, "rejects", STR("100%"));
	if (w->c->workers.p)
		option(w, "jobs", w->c->workers);
	add_parameters(w);
}

/* --- SQL ---------------------------------------------------------------------------------- */

static struct str
as_identifier(struct writing *w, struct str name)
{
	struct buf b = { 0 };

	if (identifiers(w) == IDENTIFIERS_QUOTE)
		return name;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		buf_addc(&b, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
	}
	return load_keep(w->job, &b);
}

/* Into which schema tables of this one go. */
static struct str
target_schema(struct writing *w, struct str schema)
{
	if (!schema.p)
		schema = w->c->kind == LOAD_MYSQL && w->c->source.database.p
		    ? w->c->source.database
		    : w->c->kind == LOAD_SQLITE ? load_search_path(w->c)
		    : w->c->kind == LOAD_MSSQL  ? STR("dbo")
						: STR("public");
	for (const struct load_item *i = w->c->schemas.first; i; i = i->next)
		if (str_eq(i->text, schema))
			return i->value;
	return as_identifier(w, schema);
}

/* create_distributed_table('"schema"."table"', 'column') */
static void
add_distribute(struct writing *w, struct buf *sql, const struct load_distribute *d)
{
	struct buf name = { 0 };

	buf_add_quoted(&name, target_schema(w, d->schema), '"');
	buf_addc(&name, '.');
	buf_add_quoted(&name, as_identifier(w, d->table), '"');
	buf_add(sql,
		d->column.p ? STR("select create_distributed_table(")
			    : STR("select create_reference_table("));
	buf_add_quoted(sql, buf_str(&name), '\'');
	if (d->column.p) {
		buf_add(sql, STR(", "));
		buf_add_quoted(sql, as_identifier(w, d->column), '\'');
	}
	buf_add(sql, STR(");\n"));
	buf_release(&name);
}

static void
add_hooks(struct writing *w)
{
	static const char *const files[] = { "before.sql", "after-schema.sql", "after.sql" };
	static const char *const options[] = { "before", "after-schema", "after" };

	for (size_t i = 0; i < LOAD_HOOKS; i++) {
		struct buf sql = { 0 };

		for (const struct load_distribute *d = w->c->distribute; d && i == HOOK_SCHEMA;
		     d = d->next)
			add_distribute(w, &sql, d);
		buf_add(&sql, buf_str(&w->c->hooks[i]));
		if (sql.n) {
			option_file(w, options[i], files[i]);
			add_file(w, files[i], buf_str(&sql));
		}
		buf_release(&sql);
	}
}

static void
add_views(struct writing *w)
{
	size_t n = 0;

	flag(w, w->c->all_views, "all-views");
	for (const struct load_item *i = w->c->views.first; i; i = i->next) {
		struct buf file = { 0 }, path = { 0 };

		if (!i->value.p) {
			option(w, "view", i->text);
			continue;
		}
		buf_addf(&file, "query-%zu.sql", ++n);
		buf_add(&path, w->dir);
		buf_addf(&path, "/%.*s", (int)file.n, file.p);
		option_pair(w, "query", i->text, buf_str(&path));
		buf_release(&path);
		buf_add(&path, i->value);
		buf_addc(&path, '\n');
		add_file(w, load_keep(w->job, &file).p, buf_str(&path));
		buf_release(&path);
	}
}

/* --- sources that are files --------------------------------------------------------------- */

static void
attribute(struct buf *b, const char *name, struct str value)
{
	if (!value.p)
		return;
	buf_addf(b, "\t%s=", name);
	escape_add(b, value);
}

static void
add_fields(struct writing *w, const char *name, const struct load_field *first)
{
	static const char *const trims[] = { NULL, "left", "right", "both" };
	struct buf b = { 0 };

	for (const struct load_field *f = first; f; f = f->next) {
		escape_add(&b, f->name);
		attribute(&b, "from", f->from);
		attribute(&b, "length", f->length);
		attribute(&b, "terminated", f->terminated);
		attribute(&b, "date-format", f->date_format);
		attribute(&b, "null-if", f->null_if);
		if (f->null_if_blanks)
			attribute(&b, "null-if-blanks", STR("yes"));
		if (f->trim)
			attribute(&b, "trim", str_cstr(trims[f->trim]));
		attribute(&b, "type", f->type);
		attribute(&b, "using", f->using);
		buf_addc(&b, '\n');
	}
	if (b.n)
		add_file(w, name, buf_str(&b));
	buf_release(&b);
}

static void
add_pair(struct buf *b, const char *name, struct str value)
{
	if (!value.p)
		return;
	buf_addf(b, "%s\t", name);
	escape_add(b, value);
	buf_addc(b, '\n');
}

static void
add_file_source(struct writing *w)
{
	static const char *const kinds[] = {
		[PLACE_NAME] = "file",
		[PLACE_URL] = "url",
		[PLACE_INLINE] = "inline",
		[PLACE_STDIN] = "stdin",
		[PLACE_FIRST] = "first-matching",
		[PLACE_ALL] = "all-matching",
	};
	const struct load_files *f = &w->c->files;
	bool empty = f->kind == PLACE_INLINE || f->kind == PLACE_STDIN;
	struct buf b = { 0 };

	add_pair(&b, kinds[f->kind], empty ? STR("") : f->name);
	add_pair(&b, "directory", f->directory);
	add_pair(&b, "encoding", f->encoding);
	add_file(w, "files", buf_str(&b));
	b.n = 0;
	for (const struct load_item *i = w->c->format.first; i; i = i->next)
		add_pair(&b, pool_str(&w->job->pool, i->text).p, i->value);
	if (b.n)
		add_file(w, "format", buf_str(&b));
	if (w->c->table.p) {
		b.n = 0;
		if (w->c->schema.p) {
			escape_add(&b, w->c->schema);
			buf_addc(&b, '\t');
		}
		escape_add(&b, w->c->table);
		buf_addc(&b, '\n');
		add_file(w, "table", buf_str(&b));
	}
	buf_release(&b);
	add_fields(w, "fields", w->c->fields);
	add_fields(w, "columns", w->c->columns);
	if (f->kind == PLACE_INLINE)
		add_file(w, "data", f->data);
}

/* --- all of it ---------------------------------------------------------------------------- */

static void
add_head(struct writing *w)
{
	struct buf b = { 0 };

	load_place(w->c->text, w->c->at, &b);
	add_line(w, "place", buf_str(&b));
	buf_release(&b);
	add_line(w, "kind", str_cstr(load_kind_name(w->c->kind)));
	if (w->c->source.shown.p)
		add_line(w, "source", w->c->source.shown);
	if (w->c->target.shown.p)
		add_line(w, "target", w->c->target.shown);
}

static int
check(struct writing *w, struct err *e)
{
	const struct load_command *c = w->c;
	const char *what = NULL;
	struct buf b = { 0 };

	if (said(w, FLAG_SCHEMA_ONLY, SAID_YES) && said(w, FLAG_DATA_ONLY, SAID_YES))
		what = "schema only and data only: nothing is left";
	else if (LOAD_IS_FILE & 1 << c->kind && !c->table.p && c->kind != LOAD_DBF)
		what = "which table? (target table, or ?tablename= in the URI behind into)";
	if (!what)
		return 0;
	load_place(c->text, c->at, &b);
	err_set(e, STATUS_USAGE, "%.*s: %s", (int)b.n, b.p, what);
	buf_release(&b);
	return -1;
}

const struct load_output *
load_job_files(struct load_job *job, const struct load_command *c, struct str dir,
	       struct err *e)
{
	struct writing w = { .job = job, .c = c, .dir = dir };
	int result;

	w.end = &w.first;
	add_head(&w);
	result = check(&w, e);
	if (c->kind != LOAD_ARCHIVE)
		add_options(&w);
	load_rules(c, &w.rules);
	add_hooks(&w);
	add_views(&w);
	if (w.rules.n) {
		option_file(&w, "rules", "rules");
		add_file(&w, "rules", buf_str(&w.rules));
	}
	if (!(LOAD_IS_DATABASE & 1 << c->kind))
		add_file_source(&w);
	add_file(&w, "command", buf_str(&w.command));
	for (const struct load_item *i = c->without_effect.first; i; i = i->next)
		add_ignored(&w, i->at, i->text, i->value.p);
	if (w.ignored.n)
		add_file(&w, "without-effect", buf_str(&w.ignored));
	buf_release(&w.command);
	buf_release(&w.rules);
	buf_release(&w.ignored);
	return result < 0 ? NULL : w.first;
}
