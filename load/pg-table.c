/* What becomes of a table in the target before the first row, and after the last one. */
#include "load/pg-table.h"
#include "schema/pg/plain-indexes.sql.h"
#include "schema/pg/quote.h"
#include "schema/pg/user-triggers.sql.h"

void
pg_table_empty(struct target *t, const struct pg_relation *rel, struct str schema,
	       struct str table)
{
	struct buf sql = { 0 };

	buf_add(&sql, STR("TRUNCATE "));
	pg_relation_only(rel, &sql, schema, table);
	target_run(t, buf_cstr(&sql));
	buf_release(&sql);
}

/* Locked against other writers first: or two of us would both find it empty. */
static void
refuse_rows(struct target *t, const struct pg_relation *rel)
{
	struct buf name = { 0 }, sql = { 0 };
	PGresult *res;

	pg_relation_only(rel, &name, t->head->schema, t->head->table);
	if (rel->kind == 'r' || rel->kind == 'p') {
		buf_addf(&sql, "LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", buf_cstr(&name));
		target_run(t, buf_cstr(&sql));
		sql.n = 0;
	}
	buf_addf(&sql, "SELECT FROM %s LIMIT 1", buf_cstr(&name));
	res = pg_query(t->conn, t->where.p, buf_cstr(&sql), 0, NULL);
	if (PQntuples(res))
		die(STATUS_BAD, "%s: the table is not empty, and option -F was given",
		    t->where.p);
	PQclear(res);
	buf_release(&name);
	buf_release(&sql);
}

/* ALTER TABLE schema.table WHAT TRIGGER name; */
static void
alter_trigger(struct buf *sql, struct target *t, const char *what, struct str name)
{
	buf_add(sql, STR("ALTER TABLE "));
	pg_quote_name(sql, t->head->schema, t->head->table);
	buf_addf(sql, " %s TRIGGER ", what);
	pg_quote_ident(sql, name);
	buf_add(sql, STR(";\n"));
}

/* One by one, since some may be disabled already and shall stay so. Those behind foreign keys are not touched. */
static void
disable_triggers(struct target *t, const struct pg_relation *rel, struct buf *restore)
{
	PGresult *res = pg_query(t->conn, t->where.p, user_triggers_sql, 1, &rel->oid);
	struct buf sql = { 0 };

	for (int i = 0; i < PQntuples(res); i++) {
		struct str name = pg_value(res, i, 0);
		bool always = str_eq(pg_value(res, i, 1), STR("t"));

		alter_trigger(&sql, t, "DISABLE", name);
		alter_trigger(restore, t, always ? "ENABLE ALWAYS" : "ENABLE", name);
	}
	if (sql.n)
		target_run(t, buf_cstr(&sql));
	PQclear(res);
	buf_release(&sql);
}

/* pg_get_indexdef() does not tell the tablespace. */
static void
add_index(struct buf *restore, const PGresult *res, int row)
{
	struct str definition = pg_value(res, row, 2), space = pg_value(res, row, 3),
		   comment = pg_value(res, row, 4);

	buf_add(restore, STR("SET LOCAL default_tablespace = "));
	pg_quote_literal(restore, space);
	buf_add(restore, STR(";\n"));
	buf_add(restore, definition);
	buf_add(restore, STR(";\n"));
	if (!comment.p)
		return;
	buf_add(restore, STR("COMMENT ON INDEX "));
	pg_quote_name(restore, pg_value(res, row, 0), pg_value(res, row, 1));
	buf_add(restore, STR(" IS "));
	pg_quote_literal(restore, comment);
	buf_add(restore, STR(";\n"));
}

static void
drop_indexes(struct target *t, const struct pg_relation *rel, struct buf *restore)
{
	PGresult *res = pg_query(t->conn, t->where.p, plain_indexes_sql, 1, &rel->oid);
	struct buf sql = { 0 };

	for (int i = 0; i < PQntuples(res); i++) {
		buf_add(&sql, STR("DROP INDEX "));
		pg_quote_name(&sql, pg_value(res, i, 0), pg_value(res, i, 1));
		buf_add(&sql, STR(";\n"));
		add_index(restore, res, i);
	}
	if (sql.n)
		target_run(t, buf_cstr(&sql));
	PQclear(res);
	buf_release(&sql);
}

void
pg_table_prepare(struct target *t, const struct pg_relation *rel,
		 const struct pg_table_options *opt, struct buf *restore)
{
	if (opt->empty)
		pg_table_empty(t, rel, t->head->schema, t->head->table);
	if (opt->refuse)
		refuse_rows(t, rel);
	if (opt->triggers && rel->kind != 'v')
		disable_triggers(t, rel, restore);
	if (opt->indexes)
		drop_indexes(t, rel, restore);
}
