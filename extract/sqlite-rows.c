/* sqlite-rows: tables of an SQLite database as rows(5). */
#include <stdlib.h>
#include <unistd.h>

#include "extract/rows-call.h"
#include "extract/sqlite-row.h"
#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/ranges.h"
#include "schema/rejects.h"
#include "schema/rows.h"
#include "schema/sample.h"
#include "schema/schema.h"
#include "schema/sqlite/sqlite.h"
#include "schema/stats.h"
#include "schema/table-args.h"

static const char usage[] =
    "usage: sqlite-rows [-hvV] [-e limit -E file] [-i n] [-K file -k line] [-l n] [-n schema] [-o file] [-s file] [-S file] "
    "-t table… [source]\n"
    "Writes tables of an SQLite database as rows(5).\n"
    "source is a path or sqlite:///path; by default what PGTIDE_SOURCE says.\n"
    "  -e limit   set aside so many rows that do not fit, or so many percent (0.1%)\n"
    "  -E file    write them there, each with its reason\n"
    "  -i n       only every n-th row, the first one included\n"
    "  -K file    ranges of tables, one a line\n"
    "  -k line    only the range in this line, counted from 1\n"
    "  -l n       only the first n rows of each table, or of its sample\n"
    "  -n schema  main, which is all that SQLite has\n"
    "  -o file    write there instead of to standard output\n"
    "  -s file    columns and types from this schema(5) text, before or behind cast-schema\n"
    "  -S file    write statistics there\n"
    "  -t table   a table, as the source calls it; may be given several times\n"
    "  -v         progress, a line every million rows\n"
    "  -h, -V     this help, the version\n";

enum { PROGRESS_ROWS = 1000 * 1000 };

struct job {
	struct rows_call opt;
	struct str table; /* the one that is read */
	struct source source;
	struct schema catalogue; /* the table as it is now */
	struct table_columns now;
	struct str query;     /* instead of a table; p NULL: none */
	struct schema wanted; /* the schema of -s */
	struct range range;   /* of -K; all of it without */
	struct row row;
	struct rows_head head;
	struct buf where; /* main.TABLE, for messages */
	struct value_writer writer;
	struct rejects rejects;
	struct value_writer aside; /* into memory, when rejects are allowed */
	uint64_t rows;             /* written, of this table */
	uint64_t all;              /* of those before it */
};

static void
read_call(struct job *job, int argc, char **argv)
{
	struct rows_call *call = &job->opt;

	rows_call_read(call, &job->rejects, argc, argv, usage, ROWS_OF_TABLES);
	if (call->more)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(call->more)).text);
	for (size_t i = 0; i < call->tables.n; i++)
		if (call->tables.p[i].schema.p &&
		    !str_eq(call->tables.p[i].schema, SQLITE_MAIN))
			die(STATUS_USAGE, "option -n: no schema %s: SQLite has only 'main'",
			    show(call->tables.p[i].schema).text);
}

/* --- which columns --------------------------------------------------------------------- */

static void
read_catalogue(struct job *job, const struct node *wanted)
{
	const struct rows_call *opt = &job->opt;
	const char *name = job->source.name, *changed = "";
	struct buf hint = { 0 };

	catalogue_columns(&job->source, &job->catalogue, job->table, wanted, &job->now);
	if (job->now.node)
		return;
	if (job->now.instead)
		die(STATUS_BAD, "%s: %s is %s, not a table", name, show(job->table).text,
		    job->now.instead);
	if (opt->schema_file) {
		buf_addf(&hint, ": the source changed since %s was written", opt->schema_file);
		changed = buf_cstr(&hint);
	}
	die(STATUS_BAD, "%s: no table %s%s", name, show(job->table).text, changed);
}

static void
add_column(struct job *job, struct str name, struct str type)
{
	struct value_column *c = &job->row.columns[job->row.ncols++];

	c->name = name;
	if (!value_column_init(c, type))
		die(STATUS_BAD, "%s: column %s: no value of SQLite's is read as type %s",
		    job->where.p, show(name).text, show(type).text);
}

/*
 * A column of the schema of -s: behind cast-schema its name and type at the source stand in
 * attributes.
 */
static void
add_wanted(struct job *job, const struct node *column)
{
	struct str name, type;

	if (!node_is_read(&job->wanted, column, &name, &type))
		return;
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

	for (const struct node *c = table->child; c; c = c->next)
		n += c->kind == NODE_COLUMN || c->kind == NODE_FIELD;
	return n;
}

/*
 * Behind cast-schema a rule may have dropped columns; in a source's own schema all of them
 * should be.
 */
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

	/*
	 * What was asked for comes before what there is: a name that is wrong is no change of
	 * the source.
	 */
	if (job->opt.schema_file)
		table = rows_call_table(&job->opt, &job->wanted, SQLITE_MAIN, job->table);
	read_catalogue(job, table);
	job->query = table ? node_attr(table, ATTR_QUERY) : STR_NONE;
	if (!job->opt.schema_file)
		table = job->now.node;
	else if (!job->wanted.target.p)
		warn_left_out(job, table);
	job->row.columns = mem_array(count_columns(table), sizeof(*job->row.columns));
	for (const struct node *c = table->child; c; c = c->next) {
		if (job->opt.schema_file)
			add_wanted(job, c);
		else if (c->kind == NODE_COLUMN)
			add_column(job, c->arg[0], c->arg[1]);
	}
	job->head.ncols = job->row.ncols;
	job->head.names = mem_array(job->row.ncols, sizeof(*job->head.names));
	job->head.types = mem_array(job->row.ncols, sizeof(*job->head.types));
	for (size_t i = 0; i < job->row.ncols; i++) {
		job->head.names[i] = job->row.columns[i].name;
		job->head.types[i] = job->row.columns[i].type_text;
	}
}

/* --- reading --------------------------------------------------------------------------- */

/*
 * NOT INDEXED keeps SQLite from reading the rows out of an index that happens to hold all the
 * columns, so that they always come in the order of the rowid or of the primary key.
 */
static void
add_from(const struct job *job, struct buf *sql)
{
	buf_add(sql, STR(" FROM "));
	if (job->query.p) {
		sql_query(sql, job->query);
		return;
	}
	buf_add(sql, STR("main."));
	sql_name(sql, job->table);
	if (!job->now.view)
		buf_add(sql, STR(" NOT INDEXED"));
}

/* What a row is called: its rowid or its primary key. False when it has neither. */
static bool
select_key(const struct job *job, struct buf *sql)
{
	const char *rowid = table_rowid(&job->now);

	if (rowid)
		buf_add(sql, str_cstr(rowid));
	for (size_t i = 0; !rowid && i < job->now.nprimary; i++) {
		buf_add(sql, i ? STR(", ") : STR(""));
		sql_name(sql, job->now.primary[i]);
	}
	return rowid || job->now.nprimary;
}

/* --- a range --------------------------------------------------------------------------- */

static int64_t
limit_of(const struct job *job, struct str value)
{
	int64_t limit = 0;

	if (!num_i64(value, &limit))
		die(STATUS_BAD, "%s:%ju: %s is no rowid", job->opt.ranges,
		    (uintmax_t)job->opt.range, show(value).text);
	return limit;
}

/* Ranges of SQLite are ranges of rowid. */
static void
read_range(struct job *job)
{
	const struct range *r = &job->range;

	rows_call_range(&job->opt, &job->range, SQLITE_MAIN, job->table);
	if (r->nkeys && (r->nkeys != 1 || !str_eq(r->key[0], STR("rowid"))))
		rows_call_wrong_range(&job->opt, "tables of SQLite are cut by rowid only");
	if (r->nkeys && !table_rowid(&job->now))
		rows_call_wrong_range(&job->opt, "the table has no rowid, or columns hide it");
}

static void
add_range(const struct job *job, struct buf *sql)
{
	const struct range *r = &job->range;
	const char *before = " WHERE";

	if (r->nkeys && r->from) {
		buf_addf(sql, "%s %s >= %jd", before, table_rowid(&job->now),
			 (intmax_t)limit_of(job, r->from[0]));
		before = " AND";
	}
	if (r->nkeys && r->to)
		buf_addf(sql, "%s %s < %jd", before, table_rowid(&job->now),
			 (intmax_t)limit_of(job, r->to[0]));
}

/* --- reading --------------------------------------------------------------------------- */

static sqlite3_stmt *
prepare_rows(struct job *job)
{
	struct buf sql = { 0 }, key = { 0 };
	sqlite3_stmt *stmt;

	buf_add(&sql, STR("SELECT "));
	if (job->row.ncols == 0)
		buf_add(&sql, STR("NULL"));
	for (size_t i = 0; i < job->row.ncols; i++) {
		if (i)
			buf_add(&sql, STR(", "));
		sql_name(&sql, job->row.columns[i].name);
	}
	/* Behind the columns, for rejects to be named without a search. */
	if (job->rejects.allowed && job->row.ncols && select_key(job, &key)) {
		buf_add(&sql, STR(", "));
		buf_add(&sql, buf_str(&key));
	}
	add_from(job, &sql);
	add_range(job, &sql);
	sample_add_limit(&job->opt.sample, &sql);
	stmt = source_prepare(&job->source, buf_cstr(&sql));
	buf_release(&sql);
	buf_release(&key);
	return stmt;
}

static void
add_key(struct buf *b, sqlite3_stmt *stmt, struct str name, int col)
{
	sqlite3_value *v = sqlite3_column_value(stmt, col);

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

/* The key that select_key() chose, in the columns of stmt from the one given on. */
static void
add_keys(const struct job *job, struct buf *b, sqlite3_stmt *stmt, int from)
{
	bool rowid = table_rowid(&job->now);

	for (int i = from; i < sqlite3_column_count(stmt); i++) {
		buf_add(b, i > from ? STR(", ") : STR(""));
		add_key(b, stmt, rowid ? STR("rowid") : job->now.primary[i - from], i);
	}
}

/* How to find row number n (from 0) again. Read only now that it is needed. */
static void
name_row(struct job *job, uint64_t n, struct buf *b)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt;

	buf_add(&sql, STR("SELECT "));
	if (!select_key(job, &sql)) {
		buf_addf(b, "row %ju", (uintmax_t)n + 1);
		buf_release(&sql);
		return;
	}
	add_from(job, &sql);
	add_range(job, &sql);
	buf_addf(&sql, " LIMIT 1 OFFSET %ju", (uintmax_t)n);
	stmt = source_prepare(&job->source, buf_cstr(&sql));
	if (source_step(&job->source, stmt, job->where.p))
		add_keys(job, b, stmt, 0);
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
add_rules(const struct job *job, const struct value_writer *w, const struct value_column *c,
	  struct buf *b)
{
	struct buf column = { 0 };

	if (!w->rule_to)
		return;
	rule_name(&column, job->table);
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

/* `text 'toto' in an integer column; the rule … reads it as text` */
static void
add_reason(const struct job *job, const struct value_writer *w, const struct value_column *c,
	   sqlite3_value *v, struct buf *b)
{
	value_show(b, v, w->raw);
	buf_addf(b, " in %s column%s%s", value_column_words(c), w->fault[0] ? ": " : "",
		 w->fault);
	add_rules(job, w, c, b);
}

static _Noreturn void
die_of_value(struct job *job, const struct value_column *c, sqlite3_value *v)
{
	struct buf where = { 0 }, reason = { 0 };

	stats_table(&job->head, job->rows, job->writer.out.total, 0);
	name_row(job, job->rows * (job->opt.sample.every ? job->opt.sample.every : 1), &where);
	add_reason(job, &job->writer, c, v, &reason);
	die(STATUS_BAD, "%s: %s: column %s: %s", job->where.p, buf_cstr(&where),
	    show(c->name).text, buf_cstr(&reason));
}

/* --- rows set aside -------------------------------------------------------------------- */

static void
hand_on(struct job *job)
{
	struct output *aside = &job->aside.out;

	output_add(&job->writer.out, str_of(aside->p, aside->n));
	output_take_back(aside, aside->n);
}

/* As row_put(), but all of the row or nothing is written: it is made in memory. */
static size_t
put_whole_row(struct job *job, sqlite3_stmt *stmt)
{
	struct output *aside = &job->aside.out;
	size_t before = aside->n, bad = row_put(&job->row, &job->aside, stmt);

	if (bad < job->row.ncols)
		output_take_back(aside, aside->n - before);
	else if (aside->n >= IO_BLOCK / 2)
		hand_on(job);
	return bad;
}

static void
set_aside(struct job *job, sqlite3_stmt *stmt, size_t bad)
{
	const struct value_column *c = &job->row.columns[bad];
	sqlite3_value *v = sqlite3_column_value(stmt, (int)bad);
	struct value_writer *w = &job->aside;
	size_t before = w->out.n;
	struct buf message = { 0 }, key = { 0 };
	struct reject why = {
		.column = c->name,
		.row = job->rows + job->rejects.table_count + 1,
	};

	w->raw = false;
	c->put(w, c, v, sqlite3_value_type(v));
	output_take_back(&w->out, w->out.n - before);
	why.code = str_cstr(w->code);
	add_reason(job, w, c, v, &message);
	add_keys(job, &key, stmt, (int)job->row.ncols);
	if (!row_put_as_it_is(&job->row, w, stmt))
		buf_add(&message, STR("; here it stands in hexadecimal"));
	why.message = buf_str(&message);
	why.key = buf_str(&key);
	rejects_add(&job->rejects, &why, str_of(w->out.p + before, w->out.n - before));
	output_take_back(&w->out, w->out.n - before);
	buf_release(&message);
	buf_release(&key);
}

/* False when the row was set aside. */
static bool
write_row(struct job *job, sqlite3_stmt *stmt)
{
	size_t bad;

	if (job->rejects.allowed) {
		bad = put_whole_row(job, stmt);
		if (bad < job->row.ncols)
			set_aside(job, stmt, bad);
		return bad == job->row.ncols;
	}
	bad = row_put(&job->row, &job->writer, stmt);
	if (bad < job->row.ncols)
		die_of_value(job, &job->row.columns[bad], sqlite3_column_value(stmt, (int)bad));
	return true;
}

/* --- the table ------------------------------------------------------------------------- */

static void
write_rows(struct job *job)
{
	sqlite3_stmt *stmt = prepare_rows(job);
	uint64_t next_progress = job->opt.verbose ? PROGRESS_ROWS : UINT64_MAX;
	int code;

	sample_begin(&job->opt.sample);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (!sample_takes(&job->opt.sample))
			continue;
		if (!write_row(job, stmt) || ++job->rows < next_progress)
			continue;
		warn("%s: %ju rows", job->where.p, (uintmax_t)job->rows);
		next_progress += PROGRESS_ROWS;
	}
	if (code != SQLITE_DONE) {
		stats_table(&job->head, job->rows, job->writer.out.total,
			    job->rejects.table_count);
		source_die(&job->source, job->where.p);
	}
	sqlite3_finalize(stmt);
}

static void
open_rejects(struct job *job)
{
	rejects_open(&job->rejects, job->opt.rejects);
	if (!job->rejects.allowed)
		return;
	job->aside.utf16 = job->source.utf16;
	output_open_memory(&job->aside.out);
}

static void
finish_rejects(struct job *job)
{
	rejects_finish(&job->rejects, job->all + job->rejects.count);
	if (job->rejects.allowed)
		output_close(&job->aside.out);
}

static void
write_table(struct job *job, const struct table_arg *arg)
{
	struct output *out = &job->writer.out;
	uint64_t before = out->total;

	job->table = arg->table;
	job->where.n = 0;
	buf_addf(&job->where, "main.%.*s", (int)job->table.n, job->table.p);
	buf_cstr(&job->where);
	job->row.ncols = 0;
	choose_columns(job);
	if (job->opt.ranges)
		read_range(job);
	job->head.schema = SQLITE_MAIN;
	job->head.table = job->table;
	rejects_begin_table(&job->rejects, &job->head);
	if (!out->p)
		output_open_path(out, job->opt.output);
	rows_write_head(out, &job->head);
	job->rows = 0;
	write_rows(job);
	if (job->rejects.allowed)
		hand_on(job);
	rejects_end_table(&job->rejects);
	job->all += job->rows;
	/* Without the #end, whoever reads the rows forgets them: so the limit is asked first. */
	if (arg == &job->opt.tables.p[job->opt.tables.n - 1])
		finish_rejects(job);
	rows_write_end(out, job->rows, job->rejects.table_count);
	stats_table(&job->head, job->rows, out->total - before, job->rejects.table_count);
	if (job->opt.verbose)
		warn("%s: %ju rows, all", job->where.p, (uintmax_t)job->rows);
	schema_release(&job->catalogue);
	free(job->row.columns);
	free(job->head.names);
	free(job->head.types);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };

	prog_init(argv[0]);
	read_call(&job, argc, argv);
	stats_open(job.opt.stats);
	source_open(&job.source, job.opt.source);
	if (job.source.empty)
		warn("%s: the file is empty: a database without tables", job.source.name);
	job.writer.utf16 = job.source.utf16;
	schema_init(&job.wanted);
	open_rejects(&job);
	for (size_t i = 0; i < job.opt.tables.n; i++)
		write_table(&job, &job.opt.tables.p[i]);
	output_close(&job.writer.out);
	if (job.opt.ranges)
		range_release(&job.range);
	schema_release(&job.wanted);
	source_close(&job.source);
	table_args_release(&job.opt.tables);
	buf_release(&job.where);
	stats_finish();
	return STATUS_OK;
}
