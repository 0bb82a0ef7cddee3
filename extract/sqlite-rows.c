/* sqlite-rows: one table of an SQLite database as rows(5). */
#include <stdlib.h>
#include <unistd.h>

#include "extract/sqlite-value.h"
#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/rows.h"
#include "schema/schema.h"
#include "schema/sqlite/sqlite.h"
#include "schema/stats.h"

static const char usage[] =
    "usage: sqlite-rows [-hvV] [-n schema] [-o file] [-s file] [-S file] -t table [source]\n"
    "Writes one table of an SQLite database as rows(5).\n"
    "source is a path or sqlite:///path; by default what PGTIDE_SOURCE says.\n"
    "  -n schema  main, which is all that SQLite has\n"
    "  -o file    write there instead of to standard output\n"
    "  -s file    columns and types from this schema(5) text, before or behind cast-schema\n"
    "  -S file    write statistics there\n"
    "  -t table   the table, as the source calls it\n"
    "  -v         progress, a line every million rows\n"
    "  -h, -V     this help, the version\n";

enum { PROGRESS_ROWS = 1000 * 1000 };

struct options {
	struct str schema, table;
	const char *source, *output, *schema_file, *stats;
	bool verbose;
};

struct job {
	struct options opt;
	struct source source;
	struct schema catalogue; /* the table as it is now */
	struct table_columns now;
	struct schema wanted; /* the schema of -s */
	struct value_column *columns;
	size_t ncols;
	struct rows_head head;
	struct buf where; /* main.TABLE, for messages */
	struct value_writer writer;
	uint64_t rows;
};

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ .schema = SQLITE_MAIN };
	while ((c = getopt(argc, argv, ":hn:o:s:S:t:vV")) != -1) {
		switch (c) {
		case 'n': opt->schema = escape_arg(c, optarg); break;
		case 'o': opt->output = optarg; break;
		case 's': opt->schema_file = optarg; break;
		case 'S': opt->stats = optarg; break;
		case 't': opt->table = escape_arg(c, optarg); break;
		case 'v': opt->verbose = true; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	if (!opt->table.p)
		die(STATUS_USAGE, "option -t: which table?");
	if (!str_eq(opt->schema, SQLITE_MAIN))
		die(STATUS_USAGE, "option -n: no schema %s: SQLite has only 'main'",
		    show(opt->schema).text);
	opt->source = argv[optind];
}

/* --- which columns ------------------------------------------------------------------------------- */

static void
read_catalogue(struct job *job)
{
	const struct options *opt = &job->opt;
	const char *name = job->source.name, *changed = "";
	struct buf hint = { 0 };

	catalogue_columns(&job->source, &job->catalogue, opt->table, &job->now);
	if (job->now.node)
		return;
	if (job->now.instead)
		die(STATUS_BAD, "%s: %s is %s, not a table", name, show(opt->table).text,
		    job->now.instead);
	if (opt->schema_file) {
		buf_addf(&hint, ": the source changed since %s was written", opt->schema_file);
		changed = buf_cstr(&hint);
	}
	die(STATUS_BAD, "%s: no table %s%s", name, show(opt->table).text, changed);
}

/* The table in the schema of -s. */
static struct node *
find_wanted(struct job *job)
{
	const struct options *opt = &job->opt;
	struct err e = { 0 };
	struct node *table;

	if (schema_read(&job->wanted, opt->schema_file, 0, &e) < 0)
		err_die(&e);
	if (job->wanted.target.p)
		table = schema_table_from(&job->wanted, SQLITE_MAIN, opt->table);
	else
		table = schema_table(&job->wanted, SQLITE_MAIN, opt->table);
	if (!table)
		die(STATUS_BAD, "%s: no table %s", opt->schema_file, show(opt->table).text);
	return table;
}

static void
add_column(struct job *job, struct str name, struct str type)
{
	struct value_column *c = &job->columns[job->ncols++];

	c->name = name;
	if (!value_column_init(c, type))
		die(STATUS_BAD, "%s: column %s: no value of SQLite's is read as type %s",
		    job->where.p, show(name).text, show(type).text);
}

/* A column of the schema of -s: behind cast-schema its name and type at the source stand in attributes. */
static void
add_wanted(struct job *job, const struct node *column)
{
	bool cast = job->wanted.target.p;
	struct str name = cast ? node_attr(column, ATTR_FROM) : column->arg[0];
	struct str type = cast ? node_attr(column, ATTR_WAS) : column->arg[1];

	if (!name.p || !type.p)
		die(STATUS_BAD, "%s:%ju: column %s: no from= or was=", job->opt.schema_file,
		    (uintmax_t)column->line, show(column->arg[0]).text);
	if (!node_find(job->now.node, NODE_COLUMN, name))
		die(STATUS_BAD,
		    "%s: table %s has no column %s any more: the source changed since %s was written",
		    job->source.name, job->where.p, show(name).text, job->opt.schema_file);
	add_column(job, name, type);
}

static size_t
count_columns(const struct node *table)
{
	size_t n = 0;

	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c))
		n++;
	return n;
}

/* Behind cast-schema a rule may have dropped columns; in a source's own schema all of them should be. */
static void
warn_left_out(const struct job *job, const struct node *wanted)
{
	for (const struct node *c = node_first(job->now.node, NODE_COLUMN); c; c = node_next(c))
		if (!node_find(wanted, NODE_COLUMN, c->arg[0]))
			warn("%s: column %s is not in %s: left out", job->where.p,
			     show(c->arg[0]).text, job->opt.schema_file);
}

static void
choose_columns(struct job *job)
{
	const struct node *table = NULL;

	/* What was asked for comes before what there is: a name that is wrong is no change of the source. */
	if (job->opt.schema_file)
		table = find_wanted(job);
	read_catalogue(job);
	if (!job->opt.schema_file)
		table = job->now.node;
	else if (!job->wanted.target.p)
		warn_left_out(job, table);
	job->columns = mem_array(count_columns(table), sizeof(*job->columns));
	for (const struct node *c = node_first(table, NODE_COLUMN); c; c = node_next(c)) {
		if (job->opt.schema_file)
			add_wanted(job, c);
		else
			add_column(job, c->arg[0], c->arg[1]);
	}
	job->head.ncols = job->ncols;
	job->head.names = mem_array(job->ncols, sizeof(*job->head.names));
	job->head.types = mem_array(job->ncols, sizeof(*job->head.types));
	for (size_t i = 0; i < job->ncols; i++) {
		job->head.names[i] = job->columns[i].name;
		job->head.types[i] = job->columns[i].type_text;
	}
}

/* --- reading ------------------------------------------------------------------------------------- */

/*
 * NOT INDEXED keeps SQLite from reading the rows out of an index that happens to hold all the columns, so
 * that they always come in the order of the rowid or of the primary key.
 */
static void
add_from(const struct job *job, struct buf *sql)
{
	buf_add(sql, STR(" FROM main."));
	sql_name(sql, job->opt.table);
	buf_add(sql, STR(" NOT INDEXED"));
}

static sqlite3_stmt *
prepare_rows(struct job *job)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt;

	buf_add(&sql, STR("SELECT "));
	if (job->ncols == 0)
		buf_add(&sql, STR("NULL"));
	for (size_t i = 0; i < job->ncols; i++) {
		if (i)
			buf_add(&sql, STR(", "));
		sql_name(&sql, job->columns[i].name);
	}
	add_from(job, &sql);
	stmt = source_prepare(&job->source, buf_cstr(&sql));
	buf_release(&sql);
	return stmt;
}

/* A name for the rowid that no column hides; NULL when there is none, or no rowid. */
static const char *
rowid_name(const struct job *job)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !job->now.without_rowid;
	     i++) {
		const struct node *c = node_first(job->now.node, NODE_COLUMN);

		while (c && !str_eq_nocase(c->arg[0], str_cstr(names[i])))
			c = node_next(c);
		if (!c)
			return names[i];
	}
	return NULL;
}

static void
add_key(struct buf *b, sqlite3_stmt *stmt, struct str name, int col)
{
	sqlite3_value *v = sqlite3_column_value(stmt, col);

	if (col)
		buf_add(b, STR(", "));
	buf_add(b, name);
	buf_addc(b, ' ');
	if (sqlite3_value_type(v) == SQLITE_TEXT)
		buf_add(b,
			str_cstr(show(str_of((const char *)sqlite3_value_text(v),
					     (size_t)sqlite3_value_bytes(v)))
				     .text));
	else if (sqlite3_value_type(v) == SQLITE_INTEGER)
		b->n += num_put_i64(buf_reserve(b, NUM_MAX), sqlite3_value_int64(v));
	else
		value_show(b, v, false);
}

/* How to find row number n (from 0) again: its rowid or its primary key. Read only now that it is needed. */
static void
name_row(struct job *job, uint64_t n, struct buf *b)
{
	const char *rowid = rowid_name(job);
	struct buf sql = { 0 };
	sqlite3_stmt *stmt;

	buf_add(&sql, STR("SELECT "));
	if (rowid)
		buf_add(&sql, str_cstr(rowid));
	for (size_t i = 0; !rowid && i < job->now.nprimary; i++) {
		buf_add(&sql, i ? STR(", ") : STR(""));
		sql_name(&sql, job->now.primary[i]);
	}
	if (!rowid && job->now.nprimary == 0) {
		buf_addf(b, "row %ju", (uintmax_t)n + 1);
		buf_release(&sql);
		return;
	}
	add_from(job, &sql);
	buf_addf(&sql, " LIMIT 1 OFFSET %ju", (uintmax_t)n);
	stmt = source_prepare(&job->source, buf_cstr(&sql));
	if (source_step(&job->source, stmt, job->where.p))
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			add_key(b, stmt, rowid ? STR("rowid") : job->now.primary[i], i);
	sqlite3_finalize(stmt);
	buf_release(&sql);
}

/* A name as a rule writes it. */
static void
rule_name(struct buf *b, struct str name)
{
	bool plain = name.n && !(name.p[0] >= '0' && name.p[0] <= '9');

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		plain = plain &&
		    ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		     (c >= '0' && c <= '9') || c == '_');
	}
	if (plain)
		buf_add(b, name);
	else
		sql_name(b, name);
}

/* `; the rule 'column T.C to TYPE' reads it as TYPE` */
static void
add_rules(const struct job *job, const struct value_column *c, struct buf *b)
{
	const struct value_writer *w = &job->writer;
	struct buf column = { 0 };

	if (!w->rule_to)
		return;
	rule_name(&column, job->opt.table);
	buf_addc(&column, '.');
	rule_name(&column, c->name);
	buf_cstr(&column);
	buf_addf(b, "; the rule 'column %s to %s' reads it as %s", column.p, w->rule_to,
		 w->rule_to);
	if (w->counts)
		buf_addf(b, ", 'column %s to timestamp using %s' as a time", column.p,
			 w->counts);
	buf_release(&column);
}

static _Noreturn void
die_of_value(struct job *job, const struct value_column *c, sqlite3_value *v)
{
	const struct value_writer *w = &job->writer;
	struct buf where = { 0 }, value = { 0 }, rule = { 0 };

	stats_table(&job->head, job->rows, w->out.total, 0);
	name_row(job, job->rows, &where);
	value_show(&value, v, w->raw);
	add_rules(job, c, &rule);
	die(STATUS_BAD, "%s: %s: column %s: %s in %s column%s%s%s", job->where.p,
	    buf_cstr(&where), show(c->name).text, buf_cstr(&value), value_column_words(c),
	    w->fault[0] ? ": " : "", w->fault, buf_cstr(&rule));
}

static void
write_row(struct job *job, sqlite3_stmt *stmt)
{
	struct value_writer *w = &job->writer;

	for (size_t i = 0; i < job->ncols; i++) {
		const struct value_column *c = &job->columns[i];
		sqlite3_value *v = sqlite3_column_value(stmt, (int)i);
		int class = sqlite3_value_type(v);

		if (i)
			output_addc(&w->out, '\t');
		if (class == SQLITE_NULL)
			output_add(&w->out, STR("\\N"));
		else if (!c->put(w, c, v, class))
			die_of_value(job, c, v);
	}
	output_addc(&w->out, '\n');
}

static void
write_rows(struct job *job)
{
	sqlite3_stmt *stmt = prepare_rows(job);
	uint64_t next_progress = job->opt.verbose ? PROGRESS_ROWS : UINT64_MAX;
	int code;

	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		write_row(job, stmt);
		if (++job->rows < next_progress)
			continue;
		warn("%s: %ju rows", job->where.p, (uintmax_t)job->rows);
		next_progress += PROGRESS_ROWS;
	}
	if (code != SQLITE_DONE) {
		stats_table(&job->head, job->rows, job->writer.out.total, 0);
		source_die(&job->source, job->where.p);
	}
	sqlite3_finalize(stmt);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct output *out = &job.writer.out;

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	stats_open(job.opt.stats);
	source_open(&job.source, job.opt.source);
	if (job.source.empty)
		warn("%s: the file is empty: a database without tables", job.source.name);
	job.head = (struct rows_head){ .schema = job.opt.schema, .table = job.opt.table };
	buf_addf(&job.where, "main.%.*s", (int)job.opt.table.n, job.opt.table.p);
	buf_cstr(&job.where);
	job.writer.utf16 = job.source.utf16;
	schema_init(&job.wanted);
	choose_columns(&job);
	output_open_path(out, job.opt.output);
	rows_write_head(out, &job.head);
	write_rows(&job);
	rows_write_end(out, job.rows, 0);
	stats_table(&job.head, job.rows, out->total, 0);
	output_close(out);
	if (job.opt.verbose)
		warn("%s: %ju rows, all", job.where.p, (uintmax_t)job.rows);
	schema_release(&job.wanted);
	schema_release(&job.catalogue);
	source_close(&job.source);
	buf_release(&job.where);
	free(job.columns);
	free(job.head.names);
	free(job.head.types);
	stats_finish();
	return STATUS_OK;
}
