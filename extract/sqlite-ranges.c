/* sqlite-ranges: how big the tables of an SQLite database are, and where they can be cut. */
#include <stdlib.h>
#include <sys/stat.h>

#include "extract/ranges-call.h"
#include "schema/base/io.h"
#include "schema/base/num.h"
#include "schema/base/prog.h"
#include "schema/escape.h"
#include "schema/schema.h"
#include "schema/sqlite/sqlite.h"

static const char usage[] =
    "usage: sqlite-ranges [-hV] [-b bytes] [-o file] [-p parts] -s file [source]\n"
    "Writes the parts that tables can be read in, one a line: bytes, rows, and a line for sqlite-rows -K.\n"
    "source is a path or sqlite:///path; by default what PGTIDE_SOURCE says.\n"
    "  -b bytes  a part has at least so many (default 16777216)\n"
    "  -o file   write there instead of to standard output\n"
    "  -p parts  into at most so many parts a table (default 1)\n"
    "  -s file   the tables in this schema(5) text, before or behind cast-schema\n"
    "  -h, -V    this help, the version\n";

/* A table is looked at up to so many rows or bytes: a small one is known exactly then. */
enum { LOOK_ROWS = 10000, LOOK_BYTES = 4 << 20 };

struct job {
	struct ranges_call call;
	struct source source;
	struct schema wanted;
	uint64_t file; /* bytes of the database */
	struct output out;
};

/* What was found out of a table. */
struct look {
	struct table_size size;
	bool known; /* it is not an estimate */
	bool rowid; /* its rows are numbered, from first to last */
	int64_t first, last;
	uint64_t span; /* last - first */
};

/* --- how big ----------------------------------------------------------------------------- */

static sqlite3_stmt *
prepare(struct job *job, const char *before, struct str table, const char *behind)
{
	struct buf sql = { 0 };
	sqlite3_stmt *stmt;

	buf_add(&sql, str_cstr(before));
	buf_add(&sql, STR(" FROM main."));
	sql_name(&sql, table);
	buf_add(&sql, str_cstr(behind));
	stmt = source_prepare(&job->source, buf_cstr(&sql));
	buf_release(&sql);
	return stmt;
}

/* The first rows: all of them when there are no more than LOOK_ROWS. */
static void
look_at_rows(struct job *job, struct str table, struct look *look)
{
	sqlite3_stmt *stmt = prepare(job, "SELECT *", table, " NOT INDEXED");

	while (look->size.rows < LOOK_ROWS && look->size.bytes < LOOK_BYTES) {
		if (!source_step(&job->source, stmt, "sizes")) {
			look->known = true;
			break;
		}
		look->size.rows++;
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			look->size.bytes += (uint64_t)sqlite3_column_bytes(stmt, i) + 1;
	}
	sqlite3_finalize(stmt);
}

static const char *
rowid_name(struct job *job, struct str table)
{
	struct schema catalogue;
	struct table_columns now;
	const char *name;

	catalogue_columns(&job->source, &catalogue, table, NULL, &now);
	name = now.node ? table_rowid(&now) : NULL;
	schema_release(&catalogue);
	return name;
}

static void
look_at_ends(struct job *job, struct str table, const char *rowid, struct look *look)
{
	struct buf ends = { 0 };
	sqlite3_stmt *stmt;

	buf_addf(&ends, "SELECT (SELECT min(%s)", rowid);
	buf_add(&ends, STR(" FROM main."));
	sql_name(&ends, table);
	buf_addf(&ends, "), max(%s)", rowid);
	stmt = prepare(job, buf_cstr(&ends), table, "");
	if (source_step(&job->source, stmt, "sizes") &&
	    sqlite3_column_type(stmt, 0) == SQLITE_INTEGER) {
		look->rowid = true;
		look->first = sqlite3_column_int64(stmt, 0);
		look->last = sqlite3_column_int64(stmt, 1);
		look->span = (uint64_t)look->last - (uint64_t)look->first;
	}
	sqlite3_finalize(stmt);
	buf_release(&ends);
}

/* The file cannot hold more rows like those that were looked at. */
static uint64_t
rows_in_file(const struct job *job, const struct look *look)
{
	return job->file / (look->size.bytes / look->size.rows + 1) + 1;
}

/* --- where it is cut ----------------------------------------------------------------------- */

static struct str
limit(char *digits, const int64_t *rowid)
{
	return rowid ? str_of(digits, num_put_i64(digits, *rowid)) : STR_NONE;
}

static void
put_range(struct job *job, const struct look *look, uint64_t parts, const int64_t *from,
	  const int64_t *to)
{
	char digits[2][NUM_MAX];

	ranges_put_part(&job->out, &look->size, parts, STR("rowid"), limit(digits[0], from),
			limit(digits[1], to));
}

/* Where the numbers are dense, even distances do. */
static void
cut_evenly(struct job *job, const struct look *look, uint64_t parts)
{
	int64_t from = 0, to = 0;

	for (uint64_t i = 0; i < parts; i++) {
		from = to;
		to = (int64_t)((uint64_t)look->first + look->span / parts * (i + 1));
		put_range(job, look, parts, i ? &from : NULL, i + 1 < parts ? &to : NULL);
	}
}

/* The row behind so many, from the rowid given on or from the beginning. False when there is none. */
static bool
row_behind(struct job *job, const struct look *look, const char *rowid, const int64_t *from,
	   uint64_t rows, int64_t *found)
{
	struct buf select = { 0 }, behind = { 0 };
	sqlite3_stmt *stmt;
	bool there;

	buf_addf(&select, "SELECT %s", rowid);
	buf_add(&behind, STR(" NOT INDEXED"));
	if (from)
		buf_addf(&behind, " WHERE %s >= %jd", rowid, (intmax_t)*from);
	buf_addf(&behind, " ORDER BY %s LIMIT 1 OFFSET %ju", rowid, (uintmax_t)rows);
	stmt = prepare(job, buf_cstr(&select), look->size.table, buf_cstr(&behind));
	there = source_step(&job->source, stmt, "sizes");
	if (there)
		*found = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	buf_release(&select);
	buf_release(&behind);
	return there;
}

/* Else rows are counted, which reads the pages of the table once. */
static void
cut_by_count(struct job *job, struct look *look, const char *rowid, uint64_t parts)
{
	sqlite3_stmt *stmt = prepare(job, "SELECT count(*)", look->size.table, " NOT INDEXED");
	int64_t from = 0, to = 0;
	bool more = true;

	if (source_step(&job->source, stmt, "sizes"))
		look->size.rows = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	for (uint64_t i = 0; more && i < parts; i++) {
		const int64_t *begin = i ? &from : NULL;

		from = to;
		more = i + 1 < parts &&
		    row_behind(job, look, rowid, begin, look->size.rows / parts, &to);
		put_range(job, look, parts, begin, more ? &to : NULL);
	}
}

/* Of more rows than were looked at: as many as the rowids leave room for, and the file. */
static void
estimate(const struct job *job, struct look *look)
{
	uint64_t in_file = rows_in_file(job, look);
	uint64_t row = look->size.bytes / look->size.rows + 1;

	look->size.rows = look->span < in_file ? look->span + 1 : in_file;
	look->size.bytes = row * look->size.rows;
}

static void
write_table(struct job *job, struct str table)
{
	struct look look = { .size = { .schema = SQLITE_MAIN, .table = table } };
	const char *rowid = NULL;
	uint64_t parts = 1;

	look_at_rows(job, table, &look);
	if (!look.known && (rowid = rowid_name(job, table)) != NULL)
		look_at_ends(job, table, rowid, &look);
	if (look.rowid) {
		estimate(job, &look);
		parts = ranges_call_parts(&job->call, look.size.bytes);
	}
	if (parts == 1)
		ranges_put_whole(&job->out, look.known || look.rowid ? &look.size : NULL,
				 SQLITE_MAIN, table);
	else if (look.span / 2 < look.size.rows)
		cut_evenly(job, &look, parts);
	else
		cut_by_count(job, &look, rowid, parts);
}

static void
write_all(struct job *job)
{
	const struct node *t = node_first(&job->wanted.root, NODE_TABLE);

	for (; t; t = node_next(t)) {
		struct str table = ranges_table_of(&job->wanted, t);

		/* How many rows a view or a query has, nobody knows but who reads them. */
		if (node_has(t, ATTR_VIEW) || node_has(t, ATTR_QUERY))
			ranges_put_whole(&job->out, NULL, SQLITE_MAIN, table);
		else
			write_table(job, table);
	}
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct err e = { 0 };
	struct stat st;

	prog_init(argv[0]);
	ranges_call_read(&job.call, argc, argv, usage);
	if (job.call.more)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(job.call.more)).text);
	source_open(&job.source, job.call.source);
	schema_init(&job.wanted);
	if (schema_read(&job.wanted, job.call.schema_file, 0, &e) < 0)
		err_die(&e);
	if (stat(sqlite3_db_filename(job.source.db, "main"), &st) == 0)
		job.file = (uint64_t)st.st_size;
	output_open_path(&job.out, job.call.output);
	write_all(&job);
	output_close(&job.out);
	schema_release(&job.wanted);
	source_close(&job.source);
	return STATUS_OK;
}
