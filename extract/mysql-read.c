/* Tables of a MySQL or MariaDB database, a range of one, or a query, as rows(5). */
#include <stdlib.h>

#include "extract/holder.h"
#include "extract/mysql-query.h"
#include "extract/mysql-read.h"
#include "extract/mysql-select.h"
#include "schema/rows.h"
#include "schema/stats.h"

/* Rows between two looks at whether somebody wants them. */
static const char usage[] =
    "usage: mysql-rows [-hvV] [-e limit -E file] [-i n] [-K file -k line | -q query] [-l n] [-n schema] [-o file] "
    "[-s file] [-S file] -t table… [source]\n"
    "Writes tables of a MySQL or MariaDB database as rows(5).\n"
    "source is mysql://user@host:port/database; by default what PGTIDE_SOURCE says.\n"
    "  -e limit   set aside so many rows that do not fit, or so many percent (0.1%)\n"
    "  -E file    write them there, each with its reason\n"
    "  -i n       only every n-th row, the first one included\n"
    "  -K file    ranges of tables, one a line\n"
    "  -k line    only the range in this line, counted from 1\n"
    "  -l n       only the first n rows of each table, or of its sample\n"
    "  -n schema  the database of the tables behind it; by default the source's\n"
    "  -o file    write there instead of to standard output\n"
    "  -q query   the rows of this SELECT; -t is only what they are called\n"
    "  -s file    columns from this schema(5) text, before or behind cast-schema\n"
    "  -S file    write statistics there\n"
    "  -t table   a table, as the source calls it; may be given several times\n"
    "  -v         progress, a line every million rows\n"
    "  -h, -V     this help, the version\n";

enum { PROGRESS_ROWS = 1000 * 1000, WANTED_ROWS = 1000 };

/* --- which columns --------------------------------------------------------------------- */

static void
read_catalogue(struct mysql_read *job, bool view)
{
	const struct rows_call *opt = &job->opt;

	if (mysql_table_read(&job->source, job->schema, job->table, view, &job->now))
		return;
	if (job->now.instead)
		die(STATUS_BAD, "%s is %s, not a table%s", job->where.p, job->now.instead,
		    strstr(job->now.instead, "view") ? ": -q reads it" : "");
	if (opt->schema_file)
		die(STATUS_BAD, "%s: no such table: the source changed since %s was written",
		    job->where.p, opt->schema_file);
	die(STATUS_BAD, "%s: no such table, or none that the user may read", job->where.p);
}

static void
add_column(struct mysql_read *job, const struct mysql_column *from)
{
	job->chosen[job->ncols] = from;
	if (!mysql_select_column(&job->columns[job->ncols++], from))
		die(STATUS_BAD, "%s: column %s: values of type %s are not read", job->where.p,
		    show(from->name).text, from->type.p);
}

/*
 * A column of the schema of -s: behind cast-schema its name and type at the source stand in
 * attributes.
 */
static void
add_wanted(struct mysql_read *job, const struct node *column)
{
	const struct mysql_column *now;
	struct str name, type;

	if (!node_is_read(&job->wanted, column, &name, &type))
		return;
	if (!name.p || !type.p)
		die(STATUS_BAD, "%s:%ju: column %s: no from= or was=", job->opt.schema_file,
		    (uintmax_t)column->line, show(column->arg[0]).text);
	now = mysql_table_column(&job->now, name);
	if (!now)
		die(STATUS_BAD,
		    "%s has no column %s any more: the source changed since %s was written",
		    job->where.p, show(name).text, job->opt.schema_file);
	if (!str_eq(now->type, type))
		die(STATUS_BAD,
		    "%s: column %s is %s now, not %s: the source changed since %s was written",
		    job->where.p, show(name).text, now->type.p, show(type).text,
		    job->opt.schema_file);
	if (job->ncols == job->now.ncols)
		die(STATUS_BAD, "%s:%ju: more columns than %s has", job->opt.schema_file,
		    (uintmax_t)column->line, job->where.p);
	add_column(job, now);
}

/*
 * Behind cast-schema a rule may have dropped columns; in a source's own schema all of them
 * should be.
 */
static void
warn_left_out(const struct mysql_read *job, const struct node *wanted)
{
	for (size_t i = 0; i < job->now.ncols; i++)
		if (!node_find(wanted, NODE_COLUMN, job->now.columns[i].name))
			warn("%s: column %s is not in %s: left out", job->where.p,
			     show(job->now.columns[i].name).text, job->opt.schema_file);
}

static void
choose_columns(struct mysql_read *job, const struct node *table)
{
	read_catalogue(job, table && node_has(table, ATTR_VIEW));
	job->chosen = mem_array(job->now.ncols + 1, sizeof(*job->chosen));
	job->columns = mem_array(job->now.ncols + 1, sizeof(*job->columns));
	if (!table) {
		for (size_t i = 0; i < job->now.ncols; i++)
			add_column(job, &job->now.columns[i]);
		return;
	}
	if (!job->wanted.target.p)
		warn_left_out(job, table);
	for (const struct node *c = table->child; c; c = c->next)
		add_wanted(job, c);
}

static void
make_head(struct mysql_read *job)
{
	struct rows_head *h = &job->head;

	*h = (struct rows_head){ .schema = job->schema,
				 .table = job->table,
				 .ncols = job->ncols };
	h->names = mem_array(job->ncols + 1, sizeof(*h->names));
	h->types = mem_array(job->ncols + 1, sizeof(*h->types));
	for (size_t i = 0; i < job->ncols; i++) {
		h->names[i] = job->columns[i].name;
		h->types[i] = job->columns[i].type_text;
	}
}

/* --- asking ---------------------------------------------------------------------------- */

static void
texts_as_utf8(struct mysql_read *job)
{
	if (job->as_stored)
		mysql_source_exec(&job->source, job->where.p,
				  STR("SET character_set_results = utf8mb4"));
	job->as_stored = false;
}

static void
start_table(struct mysql_read *job, const struct node *table)
{
	struct buf sql = { 0 };
	struct err e = { 0 };

	texts_as_utf8(job);
	choose_columns(job, table);
	job->as_stored = true;
	mysql_select_rows(&sql, job->schema, job->table, job->chosen, job->ncols);
	if (job->opt.ranges && mysql_select_range(&sql, &job->now, &job->range, &e) < 0)
		die(e.status, "%s:%ju: %s", job->opt.ranges, (uintmax_t)job->opt.range, e.text);
	sample_add_limit(&job->opt.sample, &sql);
	/* Texts as they are stored: the server would make question marks of what is no UTF-8. */
	mysql_source_exec(&job->source, job->where.p, STR("SET character_set_results = NULL"));
	job->result = mysql_source_stream(&job->source, job->where.p, buf_str(&sql));
	buf_release(&sql);
	if (job->ncols && mysql_num_fields(job->result) != job->ncols)
		die(STATUS_BAD, "%s: %u columns, not the %zu that were asked for", job->where.p,
		    mysql_num_fields(job->result), job->ncols);
}

static void
start_query(struct mysql_read *job)
{
	job->queried = true;
	job->result = mysql_source_stream(&job->source, job->where.p, str_cstr(job->opt.query));
	job->ncols = mysql_num_fields(job->result);
	job->columns = mem_array(job->ncols, sizeof(*job->columns));
	mysql_query_columns(&job->source, job->where.p, job->result, job->columns);
}

/* The type of a column now, by which it was described; what has labels is a text there. */
static void
check_type(const struct mysql_read *job, const struct value_column *now, struct str type)
{
	bool labels = now->type.kind == TYPE_ENUM || now->type.kind == TYPE_SET;

	if (!str_eq(now->type_text, type) && !(labels && str_eq(type, STR("text"))))
		die(STATUS_BAD,
		    "%s: column %s is %s now, not %s: the source changed since %s was written",
		    job->where.p, show(now->name).text, show(now->type_text).text,
		    show(type).text, job->opt.schema_file);
}

/* The columns of the schema of -s, from a query that stands there. */
static void
start_described_query(struct mysql_read *job, const struct node *table)
{
	struct buf sql = { 0 };
	struct str name, type;

	texts_as_utf8(job);
	buf_add(&sql, STR("SELECT "));
	for (const struct node *c = table->child; c; c = c->next) {
		if (!node_is_read(&job->wanted, c, &name, &type))
			continue;
		if (!name.p || !type.p)
			die(STATUS_BAD,
			    "%s:%ju: column %s: no from= or was=", job->opt.schema_file,
			    (uintmax_t)c->line, show(c->arg[0]).text);
		if (job->ncols++)
			buf_addc(&sql, ',');
		mysql_quote_name(&sql, name);
	}
	if (!job->ncols)
		buf_add(&sql, STR("NULL"));
	buf_add(&sql, STR(" FROM "));
	mysql_query_from(&sql, node_attr(table, ATTR_QUERY));
	sample_add_limit(&job->opt.sample, &sql);
	job->result = mysql_source_stream(&job->source, job->where.p, buf_str(&sql));
	buf_release(&sql);
	job->columns = mem_array(mysql_num_fields(job->result), sizeof(*job->columns));
	mysql_query_columns(&job->source, job->where.p, job->result, job->columns);
	job->ncols = 0;
	for (const struct node *c = table->child; c; c = c->next) {
		struct value_column *now = &job->columns[job->ncols];

		if (!node_is_read(&job->wanted, c, &name, &type))
			continue;
		check_type(job, now, type);
		if (!str_eq(now->type_text, type))
			mysql_value_init(now, STR("text"), false, false);
		job->ncols++;
	}
}

/* What was asked for comes before what there is: a name that is wrong is no change of the source. */
static void
start(struct mysql_read *job)
{
	const struct node *table = job->opt.schema_file
	    ? rows_call_table(&job->opt, &job->wanted, job->schema, job->table)
	    : NULL;

	if (job->opt.query)
		start_query(job);
	else if (table && node_has(table, ATTR_QUERY))
		start_described_query(job, table);
	else
		start_table(job, table);
}

/* --- one row --------------------------------------------------------------------------- */

struct row {
	MYSQL_ROW values;
	const unsigned long *lengths;
};

static inline struct str
value_of(const struct row *row, size_t i)
{
	return str_of(row->values[i], row->lengths[i]);
}

/* The number of the first value that its column cannot hold, with what comes before it written; else ncols. */
static size_t
put_row(struct mysql_read *job, const struct row *row)
{
	struct output *out = &job->out;
	size_t ncols = job->ncols;

	for (size_t i = 0; i < ncols; i++) {
		const struct value_column *c = &job->columns[i];

		if (i)
			output_addc(out, '\t');
		if (!row->values[i])
			output_add(out, STR("\\N"));
		else if (!c->put(out, c, value_of(row, i)))
			return i;
	}
	output_addc(out, '\n');
	return ncols;
}

/* As put_row(), without writing. */
static size_t
check_row(const struct mysql_read *job, const struct row *row)
{
	struct value_fault fault;

	for (size_t i = 0; i < job->ncols; i++)
		if (row->values[i] &&
		    !mysql_value_check(&job->columns[i], value_of(row, i), &fault))
			return i;
	return job->ncols;
}

/* What the row is called: its primary key, as far as that is read. Nothing when there is none. */
static void
add_key(const struct mysql_read *job, const struct row *row, struct buf *b)
{
	for (size_t i = 0; job->chosen && i < job->ncols; i++) {
		if (!job->chosen[i]->primary || !row->values[i])
			continue;
		buf_add(b, b->n ? STR(", ") : STR(""));
		buf_add(b, job->columns[i].name);
		buf_addc(b, ' ');
		if (job->columns[i].type.kind >= TYPE_I8 &&
		    job->columns[i].type.kind <= TYPE_DECIMAL)
			buf_add(b, value_of(row, i));
		else
			mysql_value_show(b, &job->columns[i], value_of(row, i));
	}
}

/* `x'41ff': invalid UTF-8 at byte 1` */
static void
add_reason(struct buf *b, const struct value_column *c, struct str v,
	   const struct value_fault *fault)
{
	mysql_value_show(b, c, v);
	buf_addf(b, ": %s", fault->text);
}

static _Noreturn void
die_of_value(struct mysql_read *job, const struct row *row, size_t bad)
{
	const struct value_column *c = &job->columns[bad];
	struct buf name = { 0 }, reason = { 0 };
	struct value_fault fault = { 0 };

	stats_table(&job->head, job->rows, job->out.total, 0);
	mysql_value_check(c, value_of(row, bad), &fault);
	add_key(job, row, &name);
	if (!name.n)
		buf_addf(&name, "row %ju", (uintmax_t)job->rows + 1);
	add_reason(&reason, c, value_of(row, bad), &fault);
	die(STATUS_BAD, "%s: %s: column %s: %s", job->where.p, buf_cstr(&name),
	    show(c->name).text, buf_cstr(&reason));
}

/* --- rows set aside -------------------------------------------------------------------- */

/* The line of a row that does not fit: such values in hexadecimal. */
static void
put_as_it_is(struct mysql_read *job, const struct row *row)
{
	struct value_fault fault;

	for (size_t i = 0; i < job->ncols; i++) {
		const struct value_column *c = &job->columns[i];

		if (i)
			output_addc(&job->aside, '\t');
		if (!row->values[i])
			output_add(&job->aside, STR("\\N"));
		else if (mysql_value_check(c, value_of(row, i), &fault))
			c->put(&job->aside, c, value_of(row, i));
		else
			mysql_value_hex(&job->aside, c, value_of(row, i));
	}
}

static void
set_aside(struct mysql_read *job, const struct row *row, size_t bad)
{
	const struct value_column *c = &job->columns[bad];
	struct buf message = { 0 }, key = { 0 };
	struct value_fault fault = { 0 };
	struct reject why = {
		.column = c->name,
		.row = job->rows + job->rejects.table_count + 1,
	};

	mysql_value_check(c, value_of(row, bad), &fault);
	add_reason(&message, c, value_of(row, bad), &fault);
	buf_add(&message, STR("; here it stands in hexadecimal"));
	add_key(job, row, &key);
	why.code = str_cstr(fault.code);
	why.message = buf_str(&message);
	why.key = buf_str(&key);
	put_as_it_is(job, row);
	rejects_add(&job->rejects, &why, str_of(job->aside.p, job->aside.n));
	output_take_back(&job->aside, job->aside.n);
	buf_release(&message);
	buf_release(&key);
}

/* False when the row was set aside. */
static bool
write_row(struct mysql_read *job, const struct row *row)
{
	size_t bad;

	if (job->rejects.allowed && (bad = check_row(job, row)) < job->ncols) {
		set_aside(job, row, bad);
		return false;
	}
	bad = put_row(job, row);
	if (bad < job->ncols)
		die_of_value(job, row, bad);
	return true;
}

/* --- the table ------------------------------------------------------------------------- */

/* A pipe tells when its reader is gone, but not when the program is that was to end with our status. */
static void
need_wanted(const struct mysql_read *job)
{
	if (job->asker >= 0 && holder_asker_is_gone(job->asker))
		prog_exit(STATUS_PIPE);
}

static void
write_rows(struct mysql_read *job)
{
	uint64_t next_look = job->asker < 0 ? UINT64_MAX : 0;
	uint64_t next_progress = job->opt.verbose ? PROGRESS_ROWS : UINT64_MAX;
	struct row row;

	sample_begin(&job->opt.sample);
	while ((row.values = mysql_fetch_row(job->result)) != NULL) {
		if (!sample_takes(&job->opt.sample))
			continue;
		row.lengths = mysql_fetch_lengths(job->result);
		if (job->rows >= next_look) {
			need_wanted(job);
			next_look = job->rows + WANTED_ROWS;
		}
		if (!write_row(job, &row) || ++job->rows < next_progress)
			continue;
		warn("%s: %ju rows", job->where.p, (uintmax_t)job->rows);
		next_progress += PROGRESS_ROWS;
	}
	if (mysql_errno(job->source.db)) {
		stats_table(&job->head, job->rows, job->out.total, job->rejects.table_count);
		buf_addf(&job->where, ": behind row %ju",
			 (uintmax_t)(job->rows + job->rejects.table_count));
		mysql_source_die(&job->source, buf_cstr(&job->where));
	}
	mysql_source_end(&job->source, job->where.p, job->result);
	job->result = NULL;
}

static void
open_rejects(struct mysql_read *job)
{
	rejects_open(&job->rejects, job->opt.rejects);
	if (job->rejects.allowed)
		output_open_memory(&job->aside);
}

static void
finish_rejects(struct mysql_read *job)
{
	rejects_finish(&job->rejects, job->all + job->rejects.count);
	if (job->rejects.allowed)
		output_close(&job->aside);
}

static void
set_name(struct mysql_read *job, const struct table_arg *arg)
{
	job->schema = arg->schema.p ? arg->schema : job->source.database;
	job->table = arg->table;
	if (!job->schema.n)
		die(STATUS_USAGE, "%s: which database? name it in the source, or with -n",
		    job->source.name);
	job->where.n = 0;
	buf_addf(&job->where, "%.*s.%.*s", (int)job->schema.n, job->schema.p, (int)job->table.n,
		 job->table.p);
	buf_cstr(&job->where);
}

static void
release_table(struct mysql_read *job)
{
	free(job->chosen);
	free(job->columns);
	free(job->head.names);
	free(job->head.types);
	job->chosen = NULL;
	job->columns = NULL;
	job->head = (struct rows_head){ 0 };
	job->ncols = 0;
}

static void
read_table(struct mysql_read *job, const struct table_arg *arg)
{
	uint64_t before = job->out.total;

	set_name(job, arg);
	if (job->opt.ranges)
		rows_call_range(&job->opt, &job->range, job->schema, job->table);
	start(job);
	make_head(job);
	rejects_begin_table(&job->rejects, &job->head);
	if (!job->out.p)
		output_open_path(&job->out, job->opt.output);
	rows_write_head(&job->out, &job->head);
	job->rows = 0;
	write_rows(job);
	rejects_end_table(&job->rejects);
	job->all += job->rows;
	/* Without the #end, whoever reads the rows forgets them: so the limit is asked first. */
	if (arg == &job->opt.tables.p[job->opt.tables.n - 1])
		finish_rejects(job);
	rows_write_end(&job->out, job->rows, job->rejects.table_count);
	stats_table(&job->head, job->rows, job->out.total - before, job->rejects.table_count);
	if (job->opt.verbose)
		warn("%s: %ju rows, all", job->where.p, (uintmax_t)job->rows);
	release_table(job);
}

void
mysql_read_call(struct mysql_read *job, int argc, char **argv)
{
	*job = (struct mysql_read){ .asker = -1 };
	schema_init(&job->wanted);
	rows_call_read(&job->opt, &job->rejects, argc, argv, usage, ROWS_OF_QUERIES_TOO);
	/* It is not shown: it may be a source, and have a password. */
	if (job->opt.more)
		die(STATUS_USAGE, "one source at most, got another operand too");
}

void
mysql_read_files(struct mysql_read *job)
{
	/* Files that are called so may be those of another one now, that was started in its place. */
	need_wanted(job);
	stats_open(job->opt.stats);
	open_rejects(job);
}

void
mysql_read_rows(struct mysql_read *job)
{
	for (size_t i = 0; i < job->opt.tables.n; i++)
		read_table(job, &job->opt.tables.p[i]);
	output_close(&job->out);
}

void
mysql_read_release(struct mysql_read *job)
{
	if (job->result)
		mysql_free_result(job->result);
	output_abandon(&job->out);
	output_abandon(&job->aside);
	rejects_abandon(&job->rejects);
	range_release(&job->range);
	schema_release(&job->wanted);
	buf_release(&job->where);
	table_args_release(&job->opt.tables);
	release_table(job);
}
