/* mysql-rights: what the account of a MySQL or MariaDB source may not read of the tables of a plan. */
#include <unistd.h>

#include "extract/ranges-call.h"
#include "schema/mysql/mysql.h"

static const char usage[] =
    "usage: mysql-rights [-hrV] [-o file] -s file [source]\n"
    "Writes what cannot be read of tables of MySQL or MariaDB, and what to do, as lines of the verdict.\n"
    "source is mysql://user@host:port/database; by default what PGTIDE_SOURCE says.\n"
    "  -o file  write there instead of to standard output\n"
    "  -r       readers take turns: say which right ends that\n"
    "  -s file  the tables in this schema(5) text, before or behind cast-schema\n"
    "  -h, -V   this help, the version\n";

/* ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR, ER_NO_SUCH_TABLE */
enum { TABLE_DENIED = 1142, COLUMN_DENIED = 1143, NO_SUCH_TABLE = 1146 };

static const char all_columns[] = "*", any_column[] = "1";

struct job {
	const char *source_name, *schema_file, *output;
	bool in_turns;
	struct mysql_source source;
	struct schema wanted;
	struct buf account; /* as GRANT writes it */
	struct output out;
};

static void
parse_options(struct job *job, int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, ":ho:rs:V")) != -1) {
		switch (c) {
		case 'o': job->output = optarg; break;
		case 'r': job->in_turns = true; break;
		case 's': job->schema_file = optarg; break;
		case 'h': prog_help(usage);
		case 'V': prog_version();
		default: prog_bad_option(c, optopt, usage);
		}
	}
	if (argc - optind > 1)
		die(STATUS_USAGE, "one source at most, got another operand too");
	if (!job->schema_file)
		die(STATUS_USAGE, "option -s: the tables of which schema?");
	job->source_name = argv[optind];
}

/* --- SQL for people --------------------------------------------------------------------------------- */

/* As servers read it by default: with backslashes doubled too. */
static void
add_text(struct buf *b, struct str s)
{
	struct buf doubled = { 0 };

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			buf_addc(&doubled, '\\');
		buf_addc(&doubled, s.p[i]);
	}
	buf_add_quoted(b, buf_str(&doubled), '\'');
	buf_release(&doubled);
}

/* The host, which stands behind the last @, has none. */
static void
read_account(struct job *job)
{
	MYSQL_RES *result =
	    mysql_source_query(&job->source, NULL, STR("SELECT CURRENT_USER()"));
	MYSQL_ROW row = mysql_fetch_row(result);
	struct str all = row ? mysql_source_value(result, row, 0) : STR_NONE;
	size_t at = all.n;

	while (at > 0 && all.p[at - 1] != '@')
		at--;
	if (at > 0) {
		add_text(&job->account, str_of(all.p, at - 1));
		buf_addc(&job->account, '@');
		add_text(&job->account, str_of(all.p + at, all.n - at));
	}
	mysql_free_result(result);
}

static void
add_table(struct buf *b, struct str schema, struct str table)
{
	mysql_quote_name(b, schema);
	buf_addc(b, '.');
	mysql_quote_name(b, table);
}

/* GRANT right ON DATABASE.* TO ACCOUNT: a database is a pattern there. */
static void
add_grant_all(struct job *job, struct buf *b, const char *right, struct str schema)
{
	struct buf pattern = { 0 };

	for (size_t i = 0; i < schema.n; i++) {
		if (schema.p[i] == '_' || schema.p[i] == '%' || schema.p[i] == '\\')
			buf_addc(&pattern, '\\');
		buf_addc(&pattern, schema.p[i]);
	}
	buf_addf(b, "GRANT %s ON ", right);
	mysql_quote_name(b, buf_str(&pattern));
	buf_add(b, STR(".* TO "));
	buf_add(b, buf_str(&job->account));
	buf_release(&pattern);
}

/* --- what is found ---------------------------------------------------------------------------------- */

/* Backslashes stay, for people copy it; a line stays one. */
static void
put_text(struct job *job, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		output_addc(&job->out, (unsigned char)s.p[i] < ' ' ? ' ' : s.p[i]);
}

static void
put(struct job *job, const char *kind, struct str schema, struct str table, const char *ok,
    const struct buf *what)
{
	output_add(&job->out, STR("source\t"));
	output_add(&job->out, str_cstr(kind));
	output_addc(&job->out, ' ');
	put_text(job, schema);
	if (table.p) {
		output_addc(&job->out, '.');
		put_text(job, table);
	}
	output_addc(&job->out, '\t');
	output_add(&job->out, str_cstr(ok));
	output_addc(&job->out, '\t');
	put_text(job, buf_str(what));
	output_addc(&job->out, '\n');
}

/* The server's number for a query of no rows; 0 when it has nothing against it. */
static unsigned
try(struct job *job, const char *columns, struct str schema, struct str table)
{
	struct buf sql = { 0 };
	MYSQL *db = job->source.db;
	unsigned number;

	buf_addf(&sql, "SELECT %s FROM ", columns);
	add_table(&sql, schema, table);
	buf_add(&sql, STR(" LIMIT 0"));
	if (mysql_real_query(db, sql.p, (unsigned long)sql.n) == 0)
		mysql_free_result(mysql_store_result(db));
	number = mysql_errno(db);
	if (number && mysql_source_status(number) != STATUS_BAD)
		mysql_source_die(&job->source, NULL);
	buf_release(&sql);
	return number;
}

/*
 * Whether the account may read whatever table is in the database, those that it cannot see with them: the server says
 * that a table is not there only to who might read it.
 */
static bool
reads_all(struct job *job, struct str schema)
{
	struct buf what = { 0 };
	bool all = try(job, all_columns, schema, STR("pgtide: no such table")) == NO_SUCH_TABLE;

	if (!all) {
		buf_add(&what, buf_str(&job->account));
		buf_add(
		    &what,
		    STR(" has no right to all of it: a table that it may not see is missing in the target, without a word: "));
		add_grant_all(job, &what, "SELECT", schema);
		put(job, "database", schema, STR_NONE, "ok", &what);
	}
	buf_release(&what);
	return all;
}

static void
look_at(struct job *job, struct str schema, struct str table, const char *kind)
{
	struct buf what = { 0 };
	unsigned number = try(job, all_columns, schema, table);

	if (number == TABLE_DENIED || number == COLUMN_DENIED) {
		bool some = try(job, any_column, schema, table) == 0;

		buf_add(&what, buf_str(&job->account));
		buf_addf(&what, " may not read %s: GRANT SELECT ON ",
			 some ? "all of its columns" : "it");
		add_table(&what, schema, table);
		buf_add(&what, STR(" TO "));
		buf_add(&what, buf_str(&job->account));
		buf_addf(&what, ", or leave it out with --exclude%s",
			 some ? " and move what may be read with --query" : "");
	} else if (number) {
		buf_addf(&what,
			 "cannot be read: %s (%u): mend it, or leave it out with --exclude",
			 mysql_error(job->source.db), number);
	}
	if (number)
		put(job, kind, schema, table, "not ok", &what);
	buf_release(&what);
}

/* One question a database; of tables only where that says that some may not be read, and of views, which stand on others. */
static void
look_at_all(struct job *job)
{
	struct str schema = STR_NONE;
	bool all = false;

	for (const struct node *t = node_first(&job->wanted.root, NODE_TABLE); t;
	     t = node_next(t)) {
		struct str from = ranges_schema_of(&job->wanted, t);
		bool view = node_has(t, ATTR_VIEW);

		if (node_has(t, ATTR_QUERY))
			continue;
		if (!schema.p || !str_eq(schema, from))
			all = reads_all(job, from);
		schema = from;
		if (view || !all)
			look_at(job, from, ranges_table_of(&job->wanted, t),
				view ? "view" : "table");
	}
}

/* Views that are listed only: their text is for who may see it. */
static void
look_at_texts(struct job *job)
{
	struct buf what = { 0 };
	const struct node *n = node_first(&job->wanted.root, NODE_SKIPPED);

	while (n && (!str_eq(n->arg[0], STR("view")) || node_attr(n, ATTR_TEXT).p))
		n = node_next(n);
	if (n) {
		buf_add(&what, STR("views are listed without their text: "));
		add_grant_all(job, &what, "SELECT, SHOW VIEW", job->source.database);
		put(job, "database", job->source.database, STR_NONE, "ok", &what);
	}
	buf_release(&what);
}

/* What takes the lock, on both servers. */
static void
tell_turns(struct job *job)
{
	struct buf what = { 0 };

	buf_add(
	    &what,
	    STR("one session holds the instant, so readers take turns: GRANT RELOAD ON *.* TO "));
	buf_add(&what, buf_str(&job->account));
	put(job, "database", job->source.database, STR_NONE, "ok", &what);
	buf_release(&what);
}

int
main(int argc, char **argv)
{
	struct job job = { 0 };
	struct err e = { 0 };

	prog_init(argv[0]);
	parse_options(&job, argc, argv);
	schema_init(&job.wanted);
	if (schema_read(&job.wanted, job.schema_file, 0, &e) < 0)
		err_die(&e);
	mysql_source_open(&job.source, job.source_name, NULL);
	output_open_path(&job.out, job.output);
	read_account(&job);
	look_at_all(&job);
	look_at_texts(&job);
	if (job.in_turns)
		tell_turns(&job);
	output_close(&job.out);
	schema_release(&job.wanted);
	mysql_source_close(&job.source);
	buf_release(&job.account);
	return STATUS_OK;
}
