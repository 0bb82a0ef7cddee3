/* sqlite-ranges: how big the tables of an SQLite database are, and where they can be cut. */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
enum { LOOK_ROWS = 10000, LOOK_BYTES = 4 << 20, PARTS_MAX = 9999, PART_BYTES = 16 << 20 };

struct options {
	const char *source, *output, *schema_file;
	uint64_t parts, bytes;
};

struct job {
	struct options opt;
	struct source source;
	struct schema wanted;
	uint64_t file; /* bytes of the database */
	struct output out;
};

/* What is known of a table. */
struct size {
	uint64_t bytes, rows;
	bool known; /* both are */
	bool rowid; /* its rows are numbered, from first to last */
	int64_t first, last;
	uint64_t span; /* last - first */
};

static uint64_t
number(int option, const char *argument, uint64_t max)
{
	uint64_t n;

	if (!num_u64(str_cstr(argument), &n) || n == 0 || n > max)
		die(STATUS_USAGE, "option -%c: %s is no number from 1 to %ju", option,
		    show(str_cstr(argument)).text, (uintmax_t)max);
	return n;
}

static void
parse_options(struct options *opt, int argc, char **argv)
{
	int c;

	*opt = (struct options){ .parts = 1, .bytes = PART_BYTES };
	while ((c = getopt(argc, argv, ":b:ho:p:s:V")) != -1) {
		switch (c) {
		case 'b': opt->bytes = number(c, optarg, INT64_MAX); break;
		case 'o': opt->output = optarg; break;
		case 'p': opt->parts = number(c, optarg, PARTS_MAX); break;
		case 's': opt->schema_file = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got %s too",
		    show(str_cstr(argv[optind + 1])).text);
	if (!opt->schema_file)
		die(STATUS_USAGE, "option -s: the tables of which schema?");
	opt->source = argv[optind];
}

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
look_at_rows(struct job *job, struct str table, struct size *size)
{
	sqlite3_stmt *stmt = prepare(job, "SELECT *", table, " NOT INDEXED");

	while (size->rows < LOOK_ROWS && size->bytes < LOOK_BYTES) {
		if (!source_step(&job->source, stmt, "sizes")) {
			size->known = true;
			break;
		}
		size->rows++;
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			size->bytes += (uint64_t)sqlite3_column_bytes(stmt, i) + 1;
	}
	sqlite3_finalize(stmt);
}

/* A name for the rowid that no column hides; NULL when there is none, or no rowid. */
static const char *
rowid_name(struct job *job, struct str table)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };
	struct schema catalogue;
	struct table_columns now;
	const char *name = NULL;

	catalogue_columns(&job->source, &catalogue, table, NULL, &now);
	for (size_t i = 0; now.node && !now.without_rowid && !name && i < 3; i++) {
		const struct node *c = node_first(now.node, NODE_COLUMN);

		while (c && !str_eq_nocase(c->arg[0], str_cstr(names[i])))
			c = node_next(c);
		if (!c)
			name = names[i];
	}
	schema_release(&catalogue);
	return name;
}

static void
look_at_ends(struct job *job, struct str table, const char *rowid, struct size *size)
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
		size->rowid = true;
		size->first = sqlite3_column_int64(stmt, 0);
		size->last = sqlite3_column_int64(stmt, 1);
		size->span = (uint64_t)size->last - (uint64_t)size->first;
	}
	sqlite3_finalize(stmt);
	buf_release(&ends);
}

/* The file cannot hold more rows like those that were looked at. */
static uint64_t
rows_in_file(const struct job *job, const struct size *looked)
{
	return job->file / (looked->bytes / looked->rows + 1) + 1;
}

/* --- where it is cut ----------------------------------------------------------------------- */

static void
put_number(struct job *job, uint64_t n)
{
	char digits[NUM_MAX];

	output_add(&job->out, str_of(digits, num_put_u64(digits, n)));
	output_addc(&job->out, '\t');
}

static void
put_limit(struct job *job, const int64_t *limit)
{
	char digits[NUM_MAX];

	output_addc(&job->out, '\t');
	if (limit)
		output_add(&job->out, str_of(digits, num_put_i64(digits, *limit)));
	else
		output_add(&job->out, STR("\\N"));
}

static void
put_part(struct job *job, struct str table, const struct size *size, uint64_t parts)
{
	if (size->known || size->rowid) {
		put_number(job, size->bytes / parts);
		put_number(job, size->rows / parts);
	} else {
		output_add(&job->out, STR("\\N\t\\N\t"));
	}
	output_add(&job->out, STR("main\t"));
	escape_write(&job->out, table, true);
}

static void
put_range(struct job *job, struct str table, const struct size *size, uint64_t parts,
	  const int64_t *from, const int64_t *to)
{
	put_part(job, table, size, parts);
	output_add(&job->out, STR("\t1\trowid"));
	put_limit(job, from);
	put_limit(job, to);
	output_addc(&job->out, '\n');
}

/* Where the numbers are dense, even distances do. */
static void
cut_evenly(struct job *job, struct str table, const struct size *size, uint64_t parts)
{
	int64_t from = 0, to = 0;

	for (uint64_t i = 0; i < parts; i++) {
		from = to;
		to = (int64_t)((uint64_t)size->first + size->span / parts * (i + 1));
		put_range(job, table, size, parts, i ? &from : NULL,
			  i + 1 < parts ? &to : NULL);
	}
}

/* Else rows are counted, which reads the pages of the table once. */
static void
cut_by_count(struct job *job, struct str table, const char *rowid, struct size *size,
	     uint64_t parts)
{
	sqlite3_stmt *stmt = prepare(job, "SELECT count(*)", table, " NOT INDEXED");
	int64_t from = 0, to = 0;
	bool open = true, more;

	if (source_step(&job->source, stmt, "sizes"))
		size->rows = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	for (uint64_t i = 0; i < parts; i++) {
		struct buf select = { 0 }, limit = { 0 };

		buf_addf(&select, "SELECT %s", rowid);
		if (open)
			buf_addf(&limit, " NOT INDEXED ORDER BY %s LIMIT 1 OFFSET %ju", rowid,
				 (uintmax_t)(size->rows / parts));
		else
			buf_addf(&limit,
				 " NOT INDEXED WHERE %s >= %jd ORDER BY %s LIMIT 1 OFFSET %ju",
				 rowid, (intmax_t)to, rowid, (uintmax_t)(size->rows / parts));
		stmt = prepare(job, buf_cstr(&select), table, buf_cstr(&limit));
		from = to;
		more = i + 1 < parts && source_step(&job->source, stmt, "sizes");
		if (more)
			to = sqlite3_column_int64(stmt, 0);
		sqlite3_finalize(stmt);
		put_range(job, table, size, parts, open ? NULL : &from, more ? &to : NULL);
		open = false;
		buf_release(&select);
		buf_release(&limit);
		if (!more)
			break;
	}
}

static void
write_table(struct job *job, struct str table, bool view)
{
	struct size size = { 0 };
	const char *rowid = NULL;
	uint64_t in_file, parts = 1;

	/* How many rows a view or a query has, nobody knows but who reads them. */
	if (!view)
		look_at_rows(job, table, &size);
	if (!view && !size.known && (rowid = rowid_name(job, table)) != NULL)
		look_at_ends(job, table, rowid, &size);
	if (size.rowid) {
		in_file = rows_in_file(job, &size);
		size.bytes = size.bytes / size.rows + 1;
		size.rows = size.span < in_file ? size.span + 1 : in_file;
		size.bytes *= size.rows;
		parts = size.bytes / job->opt.bytes;
		parts = parts > job->opt.parts ? job->opt.parts : parts ? parts : 1;
	}
	if (parts == 1) {
		put_part(job, table, &size, 1);
		output_add(&job->out, STR("\t0\n"));
	} else if (size.span / 2 < size.rows) {
		cut_evenly(job, table, &size, parts);
	} else {
		cut_by_count(job, table, rowid, &size, parts);
	}
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct err e = { 0 };
	struct stat st;

	prog_init(argv[0]);
	parse_options(&job.opt, argc, argv);
	source_open(&job.source, job.opt.source);
	schema_init(&job.wanted);
	if (schema_read(&job.wanted, job.opt.schema_file, 0, &e) < 0)
		err_die(&e);
	if (stat(sqlite3_db_filename(job.source.db, "main"), &st) == 0)
		job.file = (uint64_t)st.st_size;
	output_open_path(&job.out, job.opt.output);
	for (const struct node *t = node_first(&job.wanted.root, NODE_TABLE); t;
	     t = node_next(t))
		write_table(&job, job.wanted.target.p ? node_attr(t, ATTR_FROM) : t->arg[1],
			    node_has(t, ATTR_VIEW) || node_has(t, ATTR_QUERY));
	output_close(&job.out);
	schema_release(&job.wanted);
	source_close(&job.source);
	return STATUS_OK;
}
