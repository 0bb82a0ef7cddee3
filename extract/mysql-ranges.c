/* mysql-ranges: how big the tables of a MySQL or MariaDB database are, and where they can be cut. */
#include <stdlib.h>

#include "extract/mysql-select.h"
#include "extract/ranges-call.h"
#include "schema/base/num.h"
#include "schema/escape.h"
#include "schema/schema.h"

static const char usage[] =
    "usage: mysql-ranges [-hV] [-b bytes] [-o file] [-p parts] -s file [source]\n"
    "Writes the parts that tables can be read in, one a line: bytes, rows, and a line for mysql-rows -K.\n"
    "source is mysql://user@host:port/database; by default what PGTIDE_SOURCE says.\n"
    "  -b bytes  a part has at least so many (default 16777216)\n"
    "  -o file   write there instead of to standard output\n"
    "  -p parts  into at most so many parts a table (default 1)\n"
    "  -s file   the tables in this schema(5) text, before or behind cast-schema\n"
    "  -h, -V    this help, the version\n";

/* An interval of keys is halved while it may hold more than a share of a part, and while questions are left. */
enum { SHARES = 8, QUESTIONS = 300 };

/* Keys from first to last, both included, and the rows that the server thinks they have. */
struct interval {
	int64_t first, last;
	uint64_t rows;
};

struct job {
	struct ranges_call call;
	struct mysql_source source;
	struct schema wanted;
	struct table_size *sizes; /* what the server estimates; sorted by the bytes of names */
	size_t nsizes;
	struct buf where; /* SCHEMA.TABLE, for messages */
	struct output out;
};

/* --- how big ------------------------------------------------------------------------------ */

static int
compare_sizes(const void *a, const void *b)
{
	const struct table_size *x = a, *y = b;
	int order = str_cmp(x->schema, y->schema);

	return order ? order : str_cmp(x->table, y->table);
}

/* Numbers are NULL for what is no table, or cannot be opened. */
static uint64_t
count_of(MYSQL_RES *result, MYSQL_ROW row, unsigned column)
{
	struct str text = mysql_source_value(result, row, column);
	uint64_t n = 0;

	return text.p && num_u64(text, &n) ? n : 0;
}

static void
read_sizes(struct job *job, struct str schema)
{
	struct buf sql = { 0 };
	MYSQL_RES *result;
	MYSQL_ROW row;

	buf_add(&sql,
		STR("SELECT table_name, table_rows, data_length FROM information_schema.tables"
		    " WHERE table_schema = "));
	mysql_quote_text(&sql, schema);
	result = mysql_source_query(&job->source, "catalogue", buf_str(&sql));
	job->sizes = mem_grow(job->sizes, job->nsizes + (size_t)mysql_num_rows(result) + 1,
			      sizeof(*job->sizes));
	while ((row = mysql_fetch_row(result)) != NULL)
		job->sizes[job->nsizes++] = (struct table_size){
			.schema = schema,
			.table =
			    pool_str(&job->source.pool, mysql_source_value(result, row, 0)),
			.rows = count_of(result, row, 1),
			.bytes = count_of(result, row, 2),
		};
	mysql_free_result(result);
	buf_release(&sql);
}

static void
read_all_sizes(struct job *job)
{
	const struct node *t = node_first(&job->wanted.root, NODE_TABLE);
	struct str schema = STR_NONE;

	for (; t; t = node_next(t)) {
		bool known = schema.p && str_eq(schema, ranges_schema_of(&job->wanted, t));

		for (size_t i = 0; !known && i < job->nsizes; i++)
			known = str_eq(job->sizes[i].schema, ranges_schema_of(&job->wanted, t));
		schema = ranges_schema_of(&job->wanted, t);
		if (!known)
			read_sizes(job, schema);
	}
	qsort(job->sizes, job->nsizes, sizeof(*job->sizes), compare_sizes);
}

/* --- writing ------------------------------------------------------------------------------ */

/* Cuts at each of the fields, which are in order. */
static void
put_ranges(struct job *job, const struct table_size *size, struct str key,
	   const struct str *cut, size_t ncuts)
{
	for (size_t i = 0; i <= ncuts; i++)
		ranges_put_part(&job->out, size, ncuts + 1, key, i ? cut[i - 1] : STR_NONE,
				i < ncuts ? cut[i] : STR_NONE);
}

/* --- where whole numbers are cut ------------------------------------------------------------ */

static void
add_table(struct buf *sql, const struct table_size *size)
{
	buf_add(sql, STR(" FROM "));
	mysql_quote_name(sql, size->schema);
	buf_addc(sql, '.');
	mysql_quote_name(sql, size->table);
}

/* The least and the greatest key, which the server looks up. False when there are no rows, or a key is beyond int64_t. */
static bool
read_ends(struct job *job, const struct table_size *size, struct str key, struct interval *all)
{
	struct buf sql = { 0 };
	MYSQL_RES *result;
	MYSQL_ROW row;
	bool good;

	buf_add(&sql, STR("SELECT min("));
	mysql_quote_name(&sql, key);
	buf_add(&sql, STR("), max("));
	mysql_quote_name(&sql, key);
	buf_addc(&sql, ')');
	add_table(&sql, size);
	result = mysql_source_query(&job->source, job->where.p, buf_str(&sql));
	row = mysql_fetch_row(result);
	good = row && row[0] && row[1] &&
	    num_i64(mysql_source_value(result, row, 0), &all->first) &&
	    num_i64(mysql_source_value(result, row, 1), &all->last);
	mysql_free_result(result);
	buf_release(&sql);
	return good;
}

/* What the optimizer thinks: a few looks into the index. Of a large share of a table it says at most half of it. */
static uint64_t
estimate(struct job *job, const struct table_size *size, struct str key, int64_t first,
	 int64_t last)
{
	struct buf sql = { 0 };
	MYSQL_RES *result;
	MYSQL_ROW row;
	uint64_t rows = 0;

	buf_add(&sql, STR("EXPLAIN SELECT 1"));
	add_table(&sql, size);
	buf_add(&sql, STR(" FORCE INDEX (PRIMARY) WHERE "));
	mysql_quote_name(&sql, key);
	buf_addf(&sql, " BETWEEN %jd AND %jd", (intmax_t)first, (intmax_t)last);
	result = mysql_source_query(&job->source, job->where.p, buf_str(&sql));
	row = mysql_fetch_row(result);
	for (unsigned i = 0; row && i < mysql_num_fields(result); i++)
		if (str_eq_nocase(str_cstr(mysql_fetch_field_direct(result, i)->name),
				  STR("rows")))
			rows = count_of(result, row, i);
	mysql_free_result(result);
	buf_release(&sql);
	return rows;
}

/*
 * Halves the greatest interval until all are small: where keys lie densely there are more intervals then. Returns their
 * number; they are in order.
 */
static size_t
divide(struct job *job, const struct table_size *size, struct str key, struct interval *in,
       uint64_t parts)
{
	size_t n = 1;

	in[0].rows = UINT64_MAX;
	for (unsigned questions = 0; questions < QUESTIONS; questions += 2) {
		uint64_t sum = 0;
		size_t big = 0;
		int64_t middle;

		for (size_t i = 0; i < n; i++) {
			sum += n > 1 ? in[i].rows : 0;
			if (in[i].first < in[i].last &&
			    (in[big].first >= in[big].last || in[i].rows > in[big].rows))
				big = i;
		}
		if (in[big].first >= in[big].last ||
		    (n > 1 && in[big].rows <= sum / (parts * SHARES)))
			break;
		middle = (int64_t)((uint64_t)in[big].first +
				   ((uint64_t)in[big].last - (uint64_t)in[big].first) / 2);
		memmove(&in[big + 2], &in[big + 1], (n - big - 1) * sizeof(*in));
		in[big + 1] = (struct interval){ .first = middle + 1, .last = in[big].last };
		in[big].last = middle;
		in[big].rows = estimate(job, size, key, in[big].first, in[big].last);
		in[big + 1].rows =
		    estimate(job, size, key, in[big + 1].first, in[big + 1].last);
		n++;
	}
	return n;
}

static void
cut_numbers(struct job *job, const struct table_size *size, struct str key, uint64_t parts)
{
	struct interval *in = mem_array(QUESTIONS, sizeof(*in));
	char(*digits)[NUM_MAX] = mem_array(parts, sizeof(*digits));
	struct str *cut = mem_array(parts, sizeof(*cut));
	uint64_t sum = 0, before = 0;
	size_t n = 0, ncuts = 0;

	if (read_ends(job, size, key, in))
		n = divide(job, size, key, in, parts);
	for (size_t i = 0; i < n; i++)
		sum += in[i].rows;
	for (size_t i = 0; i + 1 < n && ncuts + 1 < parts; i++) {
		before += in[i].rows;
		if (before < sum / parts * (ncuts + 1))
			continue;
		cut[ncuts] = str_of(digits[ncuts], num_put_i64(digits[ncuts], in[i + 1].first));
		ncuts++;
	}
	if (ncuts)
		put_ranges(job, size, key, cut, ncuts);
	else
		ranges_put_whole(&job->out, size, size->schema, size->table);
	free(in);
	free(digits);
	free(cut);
}

/* --- where other keys are cut ------------------------------------------------------------------ */

/* The key of the row behind so many, as a field; p NULL when there is none or its type is not cut. */
static struct str
key_behind(struct job *job, const struct table_size *size, const struct mysql_column *key,
	   uint64_t rows)
{
	struct value_column column;
	struct buf sql = { 0 };
	struct output field;
	struct str found = STR_NONE;
	MYSQL_RES *result;
	MYSQL_ROW row;

	if (!mysql_select_column(&column, key))
		return found;
	mysql_select_rows(&sql, size->schema, size->table, &key, 1);
	buf_add(&sql, STR(" ORDER BY "));
	mysql_quote_name(&sql, key->name);
	buf_addf(&sql, " LIMIT 1 OFFSET %ju", (uintmax_t)rows);
	result = mysql_source_query(&job->source, job->where.p, buf_str(&sql));
	row = mysql_fetch_row(result);
	output_open_memory(&field);
	if (row && row[0] && column.put(&field, &column, mysql_source_value(result, row, 0)))
		found = pool_str(&job->source.pool, str_of(field.p, field.n));
	output_close(&field);
	mysql_free_result(result);
	buf_release(&sql);
	return found;
}

/* Whether mysql-rows takes limits of such a key. */
static bool
can_limit(struct job *job, const struct table_size *size, const struct mysql_table *table,
	  struct str key, struct str field)
{
	struct range r;
	struct buf line = { 0 }, sql = { 0 };
	struct err e = { 0 };
	bool can;

	escape_add(&line, size->schema);
	buf_addc(&line, '\t');
	escape_add(&line, size->table);
	buf_add(&line, STR("\t1\t"));
	escape_add(&line, key);
	buf_addc(&line, '\t');
	buf_add(&line, field);
	buf_add(&line, STR("\t\\N"));
	can = range_parse(&r, buf_str(&line), job->where.p, 1, &e) == 0;
	if (can) {
		can = mysql_select_range(&sql, table, &r, &e) == 0;
		range_release(&r);
	}
	buf_release(&line);
	buf_release(&sql);
	return can;
}

/* Rows are counted off along the primary key, which reads it once. */
static void
cut_others(struct job *job, const struct table_size *size, const struct mysql_table *table,
	   const struct mysql_column *key, uint64_t parts)
{
	struct str *cut = mem_array(parts, sizeof(*cut));
	size_t ncuts = 0;

	mysql_source_exec(&job->source, job->where.p, STR("SET character_set_results = NULL"));
	for (uint64_t i = 1; i < parts; i++) {
		struct str field = key_behind(job, size, key, size->rows / parts * i);

		if (!field.p || (ncuts && str_eq(field, cut[ncuts - 1])))
			continue;
		if (!can_limit(job, size, table, key->name, field))
			break;
		cut[ncuts++] = field;
	}
	mysql_source_exec(&job->source, job->where.p,
			  STR("SET character_set_results = utf8mb4"));
	if (ncuts)
		put_ranges(job, size, key->name, cut, ncuts);
	else
		ranges_put_whole(&job->out, size, size->schema, size->table);
	free(cut);
}

/* The first column of the primary key; p NULL without one, or when the account may not read it. */
static struct str
first_key(struct job *job, const struct table_size *size)
{
	struct buf sql = { 0 };
	MYSQL_RES *result;
	MYSQL_ROW row;
	struct str name = STR_NONE;

	buf_add(
	    &sql,
	    STR("SELECT column_name FROM information_schema.statistics"
		" JOIN information_schema.columns USING (table_schema, table_name, column_name)"
		" WHERE index_name = 'PRIMARY' AND seq_in_index = 1"
		" AND find_in_set('select', privileges) AND table_schema = "));
	mysql_quote_text(&sql, size->schema);
	buf_add(&sql, STR(" AND table_name = "));
	mysql_quote_text(&sql, size->table);
	result = mysql_source_query(&job->source, "catalogue", buf_str(&sql));
	if ((row = mysql_fetch_row(result)) != NULL)
		name = pool_str(&job->source.pool, mysql_source_value(result, row, 0));
	mysql_free_result(result);
	buf_release(&sql);
	return name;
}

static void
write_table(struct job *job, const struct table_size *size)
{
	uint64_t parts = ranges_call_parts(&job->call, size->bytes);
	struct mysql_table table;
	const struct mysql_column *key = NULL;
	struct str name = STR_NONE;

	job->where.n = 0;
	buf_addf(&job->where, "%.*s.%.*s", (int)size->schema.n, size->schema.p,
		 (int)size->table.n, size->table.p);
	buf_cstr(&job->where);
	if (parts > 1)
		name = first_key(job, size);
	if (name.p && mysql_table_read(&job->source, size->schema, size->table, false, &table))
		key = mysql_table_column(&table, name);
	if (!key)
		ranges_put_whole(&job->out, size, size->schema, size->table);
	else if (key->type.n > 1 && (key->type.p[0] == 'i' || key->type.p[0] == 'u') &&
		 key->type.p[1] >= '1' && key->type.p[1] <= '9')
		cut_numbers(job, size, name, parts);
	else
		cut_others(job, size, &table, key, parts);
}

static void
write_all(struct job *job)
{
	const struct node *t = node_first(&job->wanted.root, NODE_TABLE);

	for (; t; t = node_next(t)) {
		struct table_size wanted = { .schema = ranges_schema_of(&job->wanted, t),
					     .table = ranges_table_of(&job->wanted, t) };
		struct table_size *found = bsearch(&wanted, job->sizes, job->nsizes,
						   sizeof(*job->sizes), compare_sizes);

		/* How many rows a view or a query has, nobody knows but who reads them. */
		if (!found || node_has(t, ATTR_VIEW) || node_has(t, ATTR_QUERY))
			ranges_put_whole(&job->out, NULL, wanted.schema, wanted.table);
		else
			write_table(job, found);
	}
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct err e = { 0 };

	prog_init(argv[0]);
	ranges_call_read(&job.call, argc, argv, usage);
	/* It is not shown: it may be a source, and have a password. */
	if (job.call.more)
		die(STATUS_USAGE, "one source at most, got another operand too");
	schema_init(&job.wanted);
	if (schema_read(&job.wanted, job.call.schema_file, 0, &e) < 0)
		err_die(&e);
	mysql_source_open(&job.source, job.call.source, NULL);
	output_open_path(&job.out, job.call.output);
	read_all_sizes(&job);
	write_all(&job);
	output_close(&job.out);
	schema_release(&job.wanted);
	mysql_source_close(&job.source);
	buf_release(&job.where);
	free(job.sizes);
	return STATUS_OK;
}
